"""What is wrong with sheets is said in sentences, all at once, with file, entry and line."""

import struct
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from jsonschema import Draft202012Validator

from rounds.desk.sheets.archives import unpacked
from rounds.desk.sheets.documentation import documented
from rounds.desk.sheets.faults import MOST_FAULTS, SheetError
from rounds.desk.sheets.files import LARGEST, parsed
from rounds.desk.sheets.importing import Wishes, bring_in
from rounds.desk.sheets.schema import schema
from rounds.models import Edition

pytestmark = pytest.mark.django_db


def faults(name: str, content: str | bytes, **wishes: bool) -> list[str]:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(SheetError) as error:
        bring_in([(name, raw)], Wishes(applies=True, **wishes))
    return [str(one) for one in error.value.faults]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00", "This is not a text in UTF-8."),
        (b"\x00\x01\x02", "The file holds characters that no text has."),
        (b"PK\x03\x04 zip", "The file holds characters that no text has."),
        (b"", "The file holds nothing."),
        (b"a: [1", "This is no YAML or JSON that can be read"),
        (b"- id: &x a\n- id: *x\n", "Anchors and aliases are not read"),
        (b"- id: *x\n", "Anchors and aliases are not read"),
        (b"- !!python/object:os.system {}\n", "Tags such as"),
        (b"- {id: a, id: b}\n", "“id” stands here twice."),
        (b"[" * 20, "Too many lists stand in one another."),
        (b"{a: " * 20, "Too many lists stand in one another."),
        (b"[" * 100_000, "exceeded maximum nesting depth"),
        (b'- "a\\0b"', "The file holds characters that no text has."),
        (b"? [a]\n: b\n", "A key must be a word"),
        (b"a: 1\n---\nb: 2\n", "several documents"),
        (b"x" * (LARGEST + 1), "The file is larger than 5.0\xa0MB; give it in parts."),
        (b"- 1\n" * 600_000, "The file holds too much; give it in parts."),
        (b"just words", "stands where a list belongs"),
        (b"<html><body>404</body></html>", "stands where a list belongs"),
        (b'{"a":', "This is no YAML or JSON that can be read"),
    ],
)
@pytest.mark.parametrize("name", ["topics.yaml", "topics.json"])
def test_nonsense_is_refused_in_a_sentence(name, content, sentence):
    (fault,) = faults(name, content)
    assert fault.startswith(name)
    assert sentence in fault


def test_a_file_of_ten_megabytes_is_refused_without_a_traceback(tmp_path):
    path = tmp_path / "rounds.yaml"
    path.write_bytes(b"- a\n" * 2_500_000)
    with pytest.raises(CommandError, match=r"rounds\.yaml: The file is larger than 5"):
        call_command("import_sheets", path)


def archive(*files: tuple[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", method) as zipped:
        for name, text in files:
            zipped.writestr(name, text)
    return packed.getvalue()


def lying(packed: bytes, size: int) -> bytes:
    """An archive of one file that says of it that it has another size."""
    return packed.replace(struct.pack("<L", size), struct.pack("<L", 10))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK", "This is no zip archive that can be read."),
        (archive(("topics.yaml", b"[]"))[:-30], "This is no zip archive that can be read."),
        (archive(("topics.yaml", b"[]"), method=ZIP_BZIP2), "This is no zip archive that can be"),
        (lying(archive(("topics.yaml", b" " * 999_999)), 999_999), "This is no zip archive"),
        (archive(("../topics.yaml", b"[]")), "“../topics.yaml” stands in a folder"),
        (archive(("a\\topics.yaml", b"[]")), "stands in a folder"),
        (archive(("a/", b"")), "“a/” stands in a folder"),
        (archive(*[(f"{n}.yaml", b"[]") for n in range(101)]), "101 files are in the archive"),
        (archive(*[(f"{n}.yaml", b" " * LARGEST) for n in range(5)]), "Unpacked it is too large"),
        (b"x" * (LARGEST + 1), "The file is larger than"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_archive_that_is_none_of_sheets_is_refused(content, sentence):
    with pytest.raises(SheetError, match=sentence) as error:
        list(unpacked([("record.zip", content)]))
    assert str(error.value).startswith("record.zip: ")


def test_archives_share_the_room_that_there_is():
    half = archive(*[(f"{n}.yaml", b" " * LARGEST) for n in range(3)])
    with pytest.raises(SheetError, match="Unpacked it is too large"):
        list(unpacked([("one.zip", half), ("other.zip", half)]))


def test_an_archive_within_an_archive_is_no_sheet():
    inner = archive(("inner.zip", b"PK"))
    assert "their names end in .yaml" in faults(*next(unpacked([("record.zip", inner)])))[0]


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"rounds\.yaml: The file cannot be read"):
        call_command("import_sheets", tmp_path / "rounds.yaml")


def test_a_file_is_told_by_its_name_or_keys():
    assert "What this is follows from neither its name nor its keys" in faults("x.yaml", "- a")[0]
    assert "their names end in .yaml" in faults("rounds.xlsx", "x")[0]


def test_all_faults_of_structure_are_said_at_once():
    found = faults(
        "topics.yaml",
        "- id: hostages\n"
        "  lable: Hostages\n"
        "  text: true\n"
        "  theme: sport\n"
        "  sources: []\n"
        "- id: not a slug\n"
        "  label: A\n"
        "  text: B\n"
        "  theme: security\n"
        "  sources: tass\n",
    )
    assert found == [
        "topics.yaml, line 1: topics hostages: “label” is missing.",
        "topics.yaml, line 2: topics hostages: There is no key “lable” here. Is “label” meant?",
        "topics.yaml, line 3: topics hostages: “text”: “true” stands where a text belongs. Put a"
        " word such as “true” in quotation marks.",
        "topics.yaml, line 4: topics hostages: “theme”: “sport” is none of: security,"
        " humanitarian, political, recovery, regional.",
        "topics.yaml, line 5: topics hostages: “sources”: The list is empty; at least one belongs"
        " here.",
        "topics.yaml, line 6: topics not a slug: “id”: “not a slug” is not written as it should be"
        " (^[-a-zA-Z0-9_]+$).",
        "topics.yaml, line 10: topics not a slug: “sources”: “tass” stands where a list belongs.",
    ]


ROUND = """\
- number: 101
  start: 2030-01-09
  end: 2030-01-02
  city: Astana
  country: Kazakhstan
  sources: [nobody-knows, tass-2017-01-24]
  delegations:
  - party: atlantis
    role: observer
    attendance: attended
    head: nobody
    sources: [tass-2017-01-24]
"""
SOUND = "".join(ROUND.splitlines(keepends=True)[:5]) + "  sources: [tass-2017-01-24]\n"


def test_all_references_and_rules_are_said_at_once():
    assert faults("rounds.yaml", ROUND) == [
        "rounds.yaml, line 1: round 101: The last day is before the first day.",
        "rounds.yaml, line 6: round 101: “sources”: there is no source “nobody-knows”.",
        "rounds.yaml, line 8: round 101, delegation atlantis: “party”: there is no participant"
        " “atlantis”.",
        "rounds.yaml, line 11: round 101, delegation atlantis, member nobody: “person”: there is"
        " no person “nobody”.",
    ]


def test_what_is_wrong_in_one_entry_hides_nothing_of_another():
    entry = "- {number: 101, sources: 7}\n"
    found = faults("rounds.yaml", entry + ROUND.replace("101", "102"))
    assert any("round 102: The last day is before" in one for one in found)
    assert any("rounds 101: “city” is missing." in one for one in found)
    topic = "{id: nothing, theme: sport}"
    point = "{number: null, gist: A, topics: [nothing], basis: text, sources: [tass-2017-01-24]}"
    paper = (
        "  documents:\n"
        "  - {title: A, kind: other, sources: [tass-2017-01-24],\n"
        f"     paragraphs: [{point}]}}\n"
    )
    both = f"topics:\n- {topic}\nrounds:\n{ROUND}{paper}"
    assert not any("there is no topic" in one for one in faults("both.yaml", both))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (
            "sources:\n- {id: zz, title: '\u00a0', publisher: A, language: en,"
            " url: 'https://example.org/zz'}\n"
            "topics:\n- {id: tt, label: T, text: T, theme: security, sources: [zz]}\n",
            "source zz: “title”: This field cannot be blank.",
        ),
        (
            "parties:\n- {id: pp, name: Russia, official_name: R, kind: state, text: R,"
            " usual_role: observer, sources: [tass-2017-01-24]}\n"
            "people:\n- {id: qq, name: Q, party: pp, sources: [tass-2017-01-24]}\n",
            "participant pp: “name”: Participant with this Name already exists.",
        ),
    ],
)
def test_what_refers_to_what_is_wrong_has_no_fault_of_its_own(content, fault):
    (found,) = faults("both.yaml", content)
    assert found.endswith(fault)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("summaries.yaml", "- {round: 31, summary: A}"),
        ("names.yaml", "topics: {nosuch: {ru: Никто}}"),
        ("names.yaml", "people: {nobody: {ru: Никто}}"),
    ],
)
def test_what_is_not_there_has_no_fault_but_that(name, content):
    (found,) = faults(name, content)
    assert "It is neither in the database nor in a sheet" in found


def test_a_number_that_is_empty_follows_from_the_place():
    outcome = "  outcomes: [{number: null, kind: other, text: A, sources: [tass-2017-01-24]}]\n"
    assert faults("rounds.yaml", SOUND.replace("01-02", "01-01") + outcome) == [
        "rounds.yaml, line 1: round 101: The last day is before the first day."
    ]


def test_no_more_faults_are_looked_for_than_can_be_read():
    entries = "".join(f"- {{id: t{number}, lable: A}}\n" for number in range(MOST_FAULTS))
    assert len(faults("topics.yaml", entries)) == MOST_FAULTS
    entries = "".join(
        f"- {{id: t{number}, label: Ceasefire, text: A, theme: security,"
        " sources: [tass-2017-01-24]}\n"
        for number in range(MOST_FAULTS + 1)
    )
    assert len(faults("topics.yaml", entries)) == MOST_FAULTS


def test_all_broken_rules_are_said_at_once():
    sound = ROUND.replace("nobody-knows, ", "").replace("atlantis", "iran")
    sound = sound.replace("nobody", "staffan-de-mistura").replace("2030-01-09", "2030-01-01")
    outcomes = (
        "  outcomes:\n"
        "  - {kind: agreement, text: A, sources: [tass-2017-01-24], planned: {place: Sochi}}\n"
        "  - {kind: next-round, text: B, sources: [tass-2017-01-24],\n"
        "     planned: {from: 2030-03-02, to: 2030-03-01}}\n"
    )
    before = Edition.objects.get().number
    assert faults("rounds.yaml", sound + outcomes) == [
        "rounds.yaml, line 14: round 101, outcome 1: Only an outcome of the kind “next round”"
        " promises one.",
        "rounds.yaml, line 15: round 101, outcome 2: Give both ends of the promised window, the"
        " first day before the last.",
    ]
    assert faults("rounds.yaml", sound, publishes=True) == [
        "rounds.yaml, line 1: round 101: “summary”: A round needs a summary before it is published."
    ]
    assert Edition.objects.get().number == before


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("summaries.yaml", "- {round: 999, summary: A}", "round 999: It is neither in the"),
        ("names.yaml", "people: {nobody: {ru: Никто}}", "person nobody: It is neither in the"),
        ("names.yaml", "people: {bashar-jaafari: {cities: Никто}}", "There is no key “cities”"),
        ("names.yaml", "animals: {camel: {ru: Верблюд}}", "There is no key “animals” here."),
        (
            "summaries.yaml",
            "- {round: 1, summary: A}\n- {round: 1, summary: B}",
            "line 2: round 1: It stands in the sheets twice.",
        ),
        ("sources.yaml", "- {id: a, published: 2017-02-30}", "“2017-02-30” is no day"),
        ("rounds.yaml", "- {number: 10000}", "10000 is more than 9999."),
        ("rounds.yaml", "- {country: Kazakstan}", "is “Kazakhstan” meant?"),
        ("sources.yaml", f"- {{id: {'a' * 90}}}", "has 90 characters, and at most 80 fit"),
        ("milestones.yaml", "- {id: a, sources: [b, b]}", "Something stands in the list twice."),
        ("people.yaml", "- 5", "“5” stands where a mapping of keys to values belongs."),
        ("glossary.yaml", "- {term: a, ru_variants: б}", "“ru_variants”: “б” stands where a list"),
        ("glossary.yaml", "- {term: a, russian: б}", "glossary a: There is no key “russian” here."),
        ("glossary.yaml", "- {term: a, sources: [b]}", "fixed term a: “sources”: there is no"),
        ("rounds.yaml", "- {number: 101, formats: [plenary]}", "“formats_sources” is missing."),
        (
            "rounds.yaml",
            "- {number: 101, formats: [plenary], formats_sources: []}",
            "“formats_sources”: The list is empty; at least one belongs here.",
        ),
        ("rounds.yaml", "- {number: 1, delegations: [{head_position: A}]}", "“head” is missing."),
        (
            "rounds.yaml",
            "- {number: 1, documents: [{paragraphs: [{number: null}]}]}",
            "documents 1, paragraphs 1: “gist” is missing.",
        ),
        (
            "both.yaml",
            f"rounds:\n{SOUND}  summary: A\nsummaries:\n- {{round: 101, summary: B}}",
            "round 101: “summary” is another in another sheet.",
        ),
        ("names.yaml", "- 5", "a list stands where a mapping of keys to values belongs."),
    ],
)
def test_a_fault_is_said(name, content, fault):
    assert fault in "\n".join(faults(name, content))


@pytest.mark.parametrize("word", ["2017-01-23", "no", "yes", "1.10", "0x1F", "12:30", "1_000"])
def test_words_stay_as_they_stand(word):
    assert parsed("x.yaml", f"a: {word}".encode()) == {"a": word}


def test_json_is_read_as_it_is_written():
    content = rb'{"a":[1,-2,true,null,"\u0410\n \/ \"x\""],"b":{"c":"d"}}'
    assert parsed("x.json", content) == {"a": [1, -2, True, None, 'А\n / "x"'], "b": {"c": "d"}}
    assert parsed("x.json", rb'["\ud83d\ude00 \\ud83d\ude00"]'[:-15] + b'"]') == ["😀 "]
    assert parsed("x.json", rb'["\\\ud83d\ude00"]') == ["\\😀"]


def test_the_schema_is_one_and_the_file_is_current(tmp_path, settings):
    Draft202012Validator.check_schema(schema())
    docs = settings.BASE_DIR / "docs"
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "sheets.md").write_text((docs / "sheets.md").read_text())
    settings.BASE_DIR = tmp_path
    call_command("sheet_schema")
    for name in ("sheets.schema.json", "sheets.md"):
        assert (tmp_path / "docs" / name).read_text() == (docs / name).read_text()


def test_the_guide_has_a_table_of_every_entry(settings):
    guide = (settings.BASE_DIR / "docs" / "sheets.md").read_text()
    entries = {name for name, one in schema()["$defs"].items() if one["type"] == "object"} - {
        "names",
        "names_of_one",
    }
    assert [name for name in entries if f"<!-- keys of {name} -->" not in guide] == []
    assert documented(guide) == guide
