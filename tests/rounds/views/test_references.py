"""How pages are cited: the box, what reference managers find, and references to take along."""

import json
from datetime import date
from urllib.parse import unquote

import pytest
import rispy
from django.test import Client
from django.utils import timezone
from pybtex.database import parse_string

from rounds.editions import current
from rounds.exports.citing.items import Reading
from rounds.models import Round
from rounds.sources.models import Source
from rounds.wording.dates import written
from tests.addresses import NOT_FOUND, OF_THE_MOMENT, PAGES
from tests.pages import get_page, public_page

pytestmark = pytest.mark.django_db

# What Zotero takes for each field of a web page from the head of a page, by its translators
# “Embedded Metadata” and “RDF”: what a page is, its title, the name of the site, and so on.
# With citation_title it would take the page for an article of a journal.
READ_BY_ZOTERO = {
    "itemType": "z:itemType",
    "title": "DC.title",
    "websiteTitle": "DC.source",
    "date": "DC.date",
    "url": "citation_public_url",
    "language": "DC.language",
    "rights": "DC.rights",
}
WITHOUT_FACTS = ("/search/", "/report/")


def is_cited(address: str) -> bool:
    return not address.startswith(WITHOUT_FACTS) and address != "/compare/"


def meta(page, name: str) -> str:
    return page.one(f'meta[name="{name}"]').attributes["content"]


@pytest.mark.parametrize("address", ["/rounds/22/", "/?topic=hostages&stage=statement&view=table"])
def test_the_box_has_every_form_of_the_reference(client, address):
    page = get_page(client, address)
    box = page.one("details.citing")
    today = timezone.localdate()
    assert f"As you read it on {written(today)}." in box.text
    url = f"http://testserver{address}"
    edition = current().number
    texts = box.facts
    assert list(texts) == ["Chicago", "APA", "MLA", "Wikipedia", "BibTeX", "RIS", "CSL-JSON"]
    for name in ("Chicago", "APA", "MLA", "Wikipedia"):
        assert url in texts[name]
        assert str(edition) in texts[name]
    assert f"access-date={today.isoformat()}" in texts["Wikipedia"]
    bib, ris, csl = (unquote(link.partition(",")[2]) for link in box.links("dd a"))
    (entry,) = parse_string(bib, "bibtex").entries.values()
    assert entry.fields["urldate"] == today.isoformat()
    assert rispy.loads(ris)[0]["urls"] == [url]
    assert json.loads(csl)[0]["URL"] == url
    assert json.loads(csl)[0]["title"] == meta(page, "DC.title")
    for button in box.all("button"):
        assert "hidden" in button.attributes
        assert box.has(f'[id="{button.attributes["data-copies"]}"]')


def test_every_page_with_facts_is_cited_and_no_other():
    for address in (*PAGES, *OF_THE_MOMENT, *NOT_FOUND):
        page = public_page(address, 404 if address in NOT_FOUND else 200)
        if address in NOT_FOUND or not is_cited(address):
            assert not page.has("details.citing"), address
            assert not page.has('meta[name^="DC."]'), address
            continue
        assert page.has("details.citing"), address
        assert all(meta(page, name) for name in READ_BY_ZOTERO.values()), address
        kind = meta(page, "z:itemType")
        assert kind == ("dataset" if address == "/data/" else "webpage")
        assert not page.has('meta[name="citation_title"]')
        if kind == "webpage":
            assert page.one("head > title").text.startswith(meta(page, "DC.title"))
        assert not meta(page, "DC.title").endswith("Astana process tracker"), address
        assert meta(page, "DC.date") == current().day.isoformat()
        assert meta(page, "DC.identifier") == meta(page, "citation_public_url")


def test_what_changes_nothing_is_not_cited(client):
    page = get_page(client, "/?year=1999&year=2018&lang=ru&topic=hostages&order=newest")
    address = "http://testserver/?topic=hostages&year=1999&year=2018"
    assert meta(page, "citation_public_url") == address
    for nothing in ("/", "/?topic=&order=newest", "/?lang=ru"):
        assert meta(get_page(client, nothing), "DC.identifier") == "http://testserver/"


def test_a_round_is_called_by_references_as_by_its_page(client):
    for round_ in Round.objects.all():
        title = meta(get_page(client, round_.get_absolute_url()), "DC.title")
        reading = Reading("http://testserver", "en", date(2026, 1, 1), None)
        assert reading.round(round_)["title"] == title


def test_no_draft_is_cited(editor_client, round_22):
    """Who may see more than everybody cites no page: what it says may not be public."""
    assert not get_page(editor_client, "/rounds/22/").has("details.citing")


def entries(client: Client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    return list(parse_string(response.content.decode(), "bibtex").entries)


def test_the_rounds_are_followed_by_what_they_rest_on(client):
    found = entries(client, "/rounds.bib")
    pages = [f"astana-rounds-{number}" for number in range(22, 0, -1)]
    assert found[:22] == pages
    assert set(found[22:]) <= set(Source.objects.values_list("slug", flat=True))
    assert len(found) > 800
    oldest = entries(client, "/rounds.bib?order=oldest&year=2017")
    of_2017 = Round.objects.filter(start__year=2017).order_by("start")
    first = [f"astana-rounds-{round_.number}" for round_ in of_2017]
    assert oldest[: len(first)] == first
    assert not any(key.startswith("astana-rounds-") for key in oldest[len(first) :])


def test_with_filters_what_states_the_matches_is_cited(client):
    address = "/rounds.{}?topic=hostages&stage=statement"
    found = json.loads(client.get(address.format("csl.json")).content)
    rounds = json.loads(client.get(address.format("json")).content)["rounds"]
    assert [item["URL"] for item in found[: len(rounds)]] == [one["address"] for one in rounds]
    stated = {slug for one in rounds for passage in one["passages"] for slug in passage["sources"]}
    assert [item["id"] for item in found[len(rounds) :]] == sorted(stated)
    read = rispy.loads(client.get(address.format("ris")).content.decode())
    assert [one["id"] for one in read] == [item["id"] for item in found]


def test_a_round_and_a_source_have_references_of_their_own(client):
    page = get_page(client, "/rounds/22/")
    first, *rest = entries(client, "/rounds/22.bib")
    assert first == "astana-rounds-22"
    assert rest == sorted(rest)
    shown = {link.split("/")[2] for link in page.links("#sources .rests")}
    assert len(shown & set(rest)) > 40
    assert set(entries(client, "/sources.bib?round=22")) == set(rest)
    assert entries(client, "/sources/tass-2017-01-24.bib") == ["tass-2017-01-24"]
    page = get_page(client, "/sources/tass-2017-01-24/")
    links = page.links(".formats a")[:-1]
    assert links == [f"/sources/tass-2017-01-24.{ending}" for ending in ("bib", "ris", "csl.json")]
    assert links == page.links('head link[rel="alternate"]')[:-1]


def test_of_no_round_there_is_no_reference(client):
    assert entries(client, "/rounds.bib?topic=hostages&date_before=2016-01-01") == []
    assert json.loads(client.get("/rounds.csl.json?date_before=2016-01-01").content) == []


@pytest.mark.parametrize("ending", ["bib", "ris", "csl.json"])
def test_what_makes_no_sense_is_refused_by_its_name(client, ending):
    for address, name in {
        f"/rounds.{ending}?topik=hostages": "topik",
        f"/rounds.{ending}?topic=nothing": "topic",
        f"/rounds.{ending}?page=2": "page",
        f"/sources.{ending}?year=1066": "year",
        f"/rounds/22.{ending}?topic=hostages": "topic",
    }.items():
        response = client.get(address)
        assert response.status_code == 400, address
        assert name in response.content.decode()
    for address in (f"/rounds/999.{ending}", f"/sources/no-such.{ending}", "/rounds/22.bibtex"):
        assert client.get(address).status_code == 404, address
