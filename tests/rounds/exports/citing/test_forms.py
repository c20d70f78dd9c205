"""References to every round and every source, read by what others wrote."""

import json
from datetime import UTC, date, datetime

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from django.test import override_settings
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from rounds.exports.citing import bibtex, csl, ris
from rounds.exports.citing.items import Item, Reading, iso, key_of
from rounds.exports.citing.wikipedia import template
from rounds.models import Edition, Release, Round
from rounds.sources.models import Source
from tests.factories import make_source

pytestmark = pytest.mark.django_db

NASTY = r"Türkiye & Сирия: 5 % of $3 _x_ #1 ~ \ “q” \"q\" Қазақстан ایران | [z] <b>"


def reading(**options) -> Reading:
    return Reading(
        "https://example.org", "en", date(2026, 11, 26), Edition.objects.get(), **options
    )


@pytest.fixture
def items() -> list[Item]:
    """All rounds and sources, and one that has all that could be misread."""
    make_source(
        slug="nasty",
        title=NASTY,
        publisher=NASTY,
        url="https://example.org/?a=1&b=2_3%20#{x}",
        archive_url="https://archive.example.org/a_b",
        published=date(2018, 5, 1),
        published_precision="month",
    )
    found = list(reading().all(Round.objects.all(), Source.objects.order_by("slug")))
    assert len({item["id"] for item in found}) == len(found)
    return found


def test_pybtex_reads_every_entry(items):
    read = parse_string("".join(bibtex.written(items)), "bibtex").entries
    assert list(read) == [item["id"] for item in items]
    for item in items:
        entry = read[item["id"]]
        fields = {name: plain(value) for name, value in entry.fields.items()}
        assert entry.type == "online"
        assert fields["title"] == item["title"]
        assert fields["organization"] == item["container-title"]
        assert fields.get("date", "") == iso(item, "issued")
        assert fields["urldate"] == "2026-11-26"
        assert not set(entry.fields["url"]) & set('{}\\ "')
    assert read["nasty"].fields["date"] == "2018-05"
    assert read["nasty"].fields["note"] == r"Archived copy: \url{https://archive.example.org/a_b}"
    assert read["nasty"].fields["url"] == "https://example.org/?a=1&b=2_3%20#%7Bx%7D"
    of_round = read["astana-rounds-22"]
    assert plain(str(of_round.persons["author"][0])) == "Astana process tracker"
    assert of_round.fields["url"] == "https://example.org/rounds/22/"
    assert of_round.fields["version"] == f"Edition {Edition.objects.get().number}"


def plain(text: str) -> str:
    """What LaTeX would print."""
    if "\\" in text:
        return LatexNodes2Text().latex_to_text(text)
    return text.removeprefix("{").removesuffix("}")


def test_braces_of_a_title_end_no_field():
    written = "".join(bibtex.written([reading().page("a } b ^ {c", "/")]))
    (entry,) = parse_string(written, "bibtex").entries.values()
    title = r"{a \textbraceright{} b \textasciicircum{} \textbraceleft{}c}"
    assert entry.fields["title"] == title


def test_bibtexparser_reads_every_entry(items):
    library = bibtexparser.parse_string(
        "".join(bibtex.written(items)), append_middleware=[LatexDecodingMiddleware()]
    )
    assert library.failed_blocks == []
    titles = {entry.key: entry["title"] for entry in library.entries}
    assert titles.keys() == {item["id"] for item in items}
    for item in items:
        assert titles[item["id"]].removeprefix("{").removesuffix("}") == item["title"]


def test_rispy_reads_every_entry(items):
    read = rispy.loads("".join(ris.written(items)))
    assert [one["id"] for one in read] == [item["id"] for item in items]
    for one, item in zip(read, items, strict=True):
        assert one["type_of_reference"] == "ELEC"
        assert one["title"] == item["title"]
        assert one["secondary_title"] == item["container-title"]
        assert one["urls"] == [item["URL"]]
        assert one["language"] == item["language"]
        assert one.get("date", "").strip("/").replace("/", "-") == iso(item, "issued")
        assert one["access_date"] == "2026/11/26/"
        assert one.get("year", "") == iso(item, "issued")[:4]
    nasty = next(one for one in read if one["id"] == "nasty")
    assert nasty["date"] == "2018/05//"
    assert nasty["notes"] == ["Archived copy: https://archive.example.org/a_b"]


def test_csl_json_is_the_items_themselves(items):
    assert json.loads("".join(csl.written(items))) == items


def test_no_date_is_finer_than_it_is_known(items):
    found = {item["id"]: item for item in items}
    figures = {"day": 3, "month": 2, "year": 1}
    for source in Source.objects.all():
        issued = found[source.slug].get("issued")
        assert bool(issued) == bool(source.published)
        if issued:
            assert len(issued["date-parts"][0]) == figures[source.published_precision]


def test_a_template_of_wikipedia_is_not_broken_by_what_it_says(items):
    for item in items:
        text = template(item)
        assert text.startswith("{{cite web |")
        assert text.count("{") == text.count("}") == 2
        assert "[" not in text
        assert all("=" in value for value in text[2:-2].split(" |")[1:])
    nasty = template(next(one for one in items if one["id"] == "nasty"))
    assert "|date=2018-05 |access-date=2026-11-26" in nasty
    assert "|url=https://example.org/?a=1&b=2_3%20#%7Bx%7D " in nasty


@override_settings(OPERATOR={"name": "A University", "url": "", "email": ""})
def test_an_operator_is_the_publisher():
    item = reading().page("Topics", "/topics/")
    assert item["publisher"] == "A University"
    assert item["author"] == [{"literal": "A University"}]
    assert "|website=Astana process tracker |publisher=A University |" in template(item)
    (entry,) = rispy.loads("".join(ris.written([item])))
    assert (entry["publisher"], entry["authors"]) == ("A University", ["A University"])


def test_a_release_is_cited_by_its_name():
    item = reading(release="2026.1").page("Data", "/data/releases/2026.1/")
    assert item["version"] == "2026.1"
    assert "edition" not in item
    assert 'version = "2026.1"' in "".join(bibtex.written([item]))
    assert "|version=2026.1 |" in template(item)


@pytest.mark.parametrize("operator", ["", "A University"])
def test_the_dataset_is_cited_as_one(operator):
    release = Release(name="2026.1", released_at=datetime(2026, 1, 20, 12, tzinfo=UTC))
    with override_settings(OPERATOR={"name": operator, "url": "", "email": ""}):
        items = [reading(release="2026.2").dataset("/data/releases/2026.1/", release)]
        items.append(reading().dataset("/data/", None))
    publisher = operator or "Astana process tracker"
    assert [item["type"] for item in items] == ["dataset"] * 2
    assert (items[0]["version"], iso(items[0], "issued")) == ("2026.1", "2026-01-20")
    assert items[1]["edition"] == str(Edition.objects.get().number)
    entries = parse_string("".join(bibtex.written(items)), "bibtex").entries.values()
    for entry, record in zip(entries, rispy.loads("".join(ris.written(items))), strict=True):
        assert (entry.type, record["type_of_reference"]) == ("dataset", "DATA")
        assert plain(entry.fields["title"]) == record["title"] == items[0]["title"]
        assert entry.fields["organization"] == record["publisher"] == publisher
    assert f"|publisher={publisher} |type=Data set |version=2026.1 |" in template(items[0])


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/", "astana-timeline"),
        ("/rounds/22/", "astana-rounds-22"),
        ("/statements/compare/21/22/", "astana-statements-compare-21-22"),
        ("/?topic=hostages&stage=statement", "astana-timeline-3016f0d5"),
    ],
)
def test_keys_are_for_good(path, key):
    assert key_of(path) == key
