"""The record travels as sheets: out, in, and out again."""

import pytest
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from rounds.desk.sheets.database import Reader, read_record
from rounds.desk.sheets.exporting import sheet_of_round, write_files
from rounds.desk.sheets.files import parsed, pieces_of, text_of
from rounds.exports.rows import ChangedMeanwhileError
from rounds.models import (
    BOOKS,
    Claim,
    Commitment,
    Delegation,
    Dispute,
    Document,
    Edition,
    FixedTerm,
    Member,
    Milestone,
    Outcome,
    Paragraph,
    PendingChange,
    Round,
    SearchEntry,
)
from rounds.participants.models import Participant, Person, PersonName
from rounds.search.index import rebuild
from rounds.sources.models import Source
from rounds.topics.models import Topic
from tests.bench.large import copy_rounds
from tests.factories import (
    make_commitment,
    make_fixed_term,
    make_name,
    make_outcome,
    make_session,
    make_source,
    make_topic,
)
from tests.record import MODELS, empty, told
from tests.rounds.desk.conftest import plain

pytestmark = pytest.mark.django_db


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def edition() -> int:
    return Edition.objects.get().number


def test_export_import_export_gives_the_same_files(tmp_path, run, round_22):
    """What the record has nowhere, travels too."""
    source = make_source(archive_url="https://example.org/kept")
    round_22.publication, round_22.status, round_22.date_precision = "review", "cancelled", "month"
    round_22.save()
    make_session(round_22, kind="expert", day=round_22.start).sources.add(source)
    document = Document.objects.filter(paragraphs__isnull=False).first()
    document.language = "ru"
    document.save()
    Paragraph.objects.filter(document=document, order=1).update(order=90)
    PersonName.objects.create(named=Person.objects.first(), language="de", text="Wer", is_seen=True)
    term = make_fixed_term(slug="of-its-own", term="guarantors / guarantor states")
    make_name(term, "garant", language="ru", is_label=True, is_seen=True)
    make_name(term, "garanty", language="ru", is_seen=True)
    make_name(term, "garantör", language="tr", is_label=True)
    make_name(term, "guarant")
    write_files(tmp_path / "first")
    before = told()
    empty()
    run("import_sheets", tmp_path / "first", "--apply")
    write_files(tmp_path / "second")
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert told() == before


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_list_is_written_item_by_item_as_in_one_go(form):
    items = [{"id": "first", "sources": ["one", "two"], "text": "Über: “x”\n"}, {"id": "2"}, {}]
    for length in range(len(items) + 1):
        pieces = list(pieces_of(iter(items[:length]), form))
        assert "".join(pieces) == text_of(items[:length], form)
        assert len(pieces) >= length


def test_an_export_makes_as_many_queries_for_twice_the_rounds(tmp_path):
    with CaptureQueriesContext(connection) as before:
        write_files(tmp_path / "before")
    copy_rounds(1)
    with CaptureQueriesContext(connection) as after:
        write_files(tmp_path / "after")
    numbers = [
        one["number"]
        for one in parsed("rounds.yaml", (tmp_path / "after" / "rounds.yaml").read_bytes())
    ]
    assert numbers == [*range(1, 23), *range(101, 123)]
    assert len(after) == len(before)


def test_an_export_says_that_the_record_changes_under_its_hands():
    reader = Reader()
    reader.keys_of(Topic)
    make_commitment(Round.objects.get(number=22), topic=make_topic(), text="Promised meanwhile.")
    with pytest.raises(ChangedMeanwhileError):
        list(reader.entries("commitments"))


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "1e3",
        "~",
        "- a: b # c",
        " a ",
        "a\n\n b\n",
        "‏ك\u200c\u2028\x85",
        "😀",
        '"' * 200,
        "é " * 200,
    ],
)
def test_every_text_is_read_as_it_was_written(text):
    value = [{"label": text, "note": [text, text], "x": [{"text": text}]}]
    assert parsed("topics.yaml", text_of(value).encode()) == value


def test_sheets_in_json_say_the_same(sheets, run, tmp_path):
    write_files(tmp_path / "json", "json")
    for path in (tmp_path / "json").iterdir():
        yaml = sheets / f"{path.stem}.yaml"
        assert parsed(path.name, path.read_bytes()) == parsed(yaml.name, yaml.read_bytes())
    assert run("import_sheets", tmp_path / "json").startswith(
        "0 added, 0 changed, 0 removed, 0 not"
    )


def test_an_import_of_what_is_there_changes_nothing(sheets, run):
    before = edition()
    output = run("import_sheets", sheets, "--apply", "--prune")
    count = sum(model._base_manager.count() for model in MODELS)
    assert output == (f"0 added, 0 changed, 0 removed, 0 not in the sheets, {count:,} unchanged.\n")
    assert edition() == before


def test_an_import_says_what_it_would_change_and_changes_nothing(edit, run):
    def editing(rounds):
        rounds[3]["city"] = "Karaganda"
        rounds[3]["outcomes"].append(
            {"kind": "other", "text": "They dined.", "sources": rounds[3]["sources"]}
        )

    before = edition()
    output = run("import_sheets", edit("rounds", editing))
    number = Outcome.objects.filter(round__number=4).count() + 1
    assert "Changed: round 4\n    city: from “Astana” to “Karaganda”\n" in output
    assert f"Added: round 4, outcome {number}\n" in output
    assert "    text: “They dined.”\n" in output
    assert "1 added, 1 changed, 0 removed" in output
    assert "Nothing was changed; --apply does it." in output
    assert Round.objects.get(number=4).city == "Astana"
    assert edition() == before
    assert "Karaganda" in run("import_sheets", edit("rounds", editing), "--apply")
    assert Round.objects.get(number=4).city == "Karaganda"


def test_an_import_brings_the_search_along(edit, run):
    run("import_sheets", edit("topics", lambda all_: all_[0].update(label="Xylophone")), "--apply")
    assert SearchEntry.objects.filter(title="Xylophone").exists()
    assert not PendingChange.objects.exists()
    entries = set(SearchEntry.objects.values_list("kind", "object_id", "title", "words"))
    rebuild()
    assert set(SearchEntry.objects.values_list("kind", "object_id", "title", "words")) == entries


def test_what_the_sheets_do_not_have_stays(edit, run):
    def editing(rounds):
        del rounds[2]
        rounds[0]["delegations"].pop()
        del rounds[0]["venue"]
        del rounds[4]["disputes"]

    before = Dispute.objects.count()
    path = edit("rounds", editing)
    everything = run("import_sheets", path, "--verbosity", "2")
    assert "Not in the sheets: round 3\n" in everything
    assert "Not in the sheets: round 1, delegation " in everything
    output = run("import_sheets", path, "--apply")
    assert "Not in the sheets: 1 delegation\nNot in the sheets: 1 round\n" in output
    assert "0 added, 0 changed, 0 removed, 2 not in the sheets" in output
    assert Round.objects.get(number=1).venue
    assert Dispute.objects.count() == before


def reordered(rounds):
    """Parts that are told by their place, at other places, with new ones before them."""
    by_number = {one["number"]: one for one in rounds}
    source = by_number[18]["sources"][:1]
    disputes = by_number[6]["disputes"]
    disputes[1], disputes[2] = disputes[2], disputes[1]
    disputes.insert(0, {"subject": "Its name", "values": [{"value": "A"}], "sources": source})
    disputes[-1]["values"].reverse()
    papers = by_number[8]["documents"]
    papers.append(papers.pop(0))
    papers[-1]["paragraphs"].insert(
        1, {"number": None, "topics": [], "gist": "Thanks.", "basis": "report", "sources": source}
    )
    outcomes = by_number[18]["outcomes"]
    outcomes.insert(0, {"kind": "other", "text": "They dined.", "sources": source})


def test_parts_are_known_again_at_another_place(sheets, edit, run, tmp_path):
    path = edit("rounds", reordered)
    wanted = plain(parsed(path.name, path.read_bytes()))
    output = run("import_sheets", path, "--apply")
    assert ", 0 removed, 0 not in the sheets" in output
    write_files(tmp_path / "after")
    after = tmp_path / "after" / path.name
    assert plain(parsed(path.name, after.read_bytes())) == wanted
    assert run("import_sheets", path).startswith("0 added, 0 changed, 0 removed, 0 not in")


def test_what_the_sheets_do_not_have_keeps_its_place(edit, run):
    def editing(rounds):
        disputes = next(one["disputes"] for one in rounds if one["number"] == 6)
        disputes[:] = [disputes[2], disputes[0]]

    before = Dispute.objects.filter(round__number=6).order_by("number")
    first, *others = before.values_list("subject", "resolution")
    run("import_sheets", edit("rounds", editing), "--apply")
    after = list(before.values_list("subject", "resolution"))
    assert after == [others[1], others[0], first, *others[2:]]


def test_what_is_left_out_stays_with_what_it_is_about(edit, run):
    def editing(rounds):
        outcomes = next(one["outcomes"] for one in rounds if one["number"] == 18)
        outcome = next(one for one in outcomes if "planned" in one)
        del outcome["planned"]
        outcomes.reverse()
        outcomes[outcomes.index(outcome) - 1]["text"] = "Another text."

    planned = Outcome.objects.filter(round__number=18).exclude(planned_from=None)
    (before,) = planned.values_list("text", "planned_from", "planned_to")
    run("import_sheets", edit("rounds", editing), "--apply")
    assert list(planned.values_list("text", "planned_from", "planned_to")) == [before]


def test_another_head_takes_the_place_of_the_head(edit, run):
    def editing(rounds):
        delegation = rounds[17]["delegations"][0]
        delegation["head"] = "sergey-vershinin"
        del delegation["head_position"]

    heads = Member.objects.filter(delegation__round__number=18, is_head=True)
    heads = heads.filter(delegation__participant__slug="russia")
    assert heads.get().position
    output = run("import_sheets", edit("rounds", editing), "--apply")
    assert "    person: from “alexander-lavrentyev” to “sergey-vershinin”\n" in output
    assert (heads.get().person.slug, heads.get().position) == ("sergey-vershinin", "")


def test_a_member_becomes_head_and_another_version_is_kept(edit, run):
    def editing(rounds):
        delegation = rounds[0]["delegations"][0]
        delegation["head"] = delegation["members"].pop(0)["person"]
        dispute = next(one for one in rounds[0]["disputes"] if one["values"][0].get("kept"))
        value = {"value": "New.", "kept": True, "sources": rounds[0]["sources"]}
        dispute["values"] = [*dispute["values"][1:], value]

    members = Member.objects.filter(
        delegation__round__number=1, delegation__participant__slug="russia"
    )
    before = set(members.values_list("person", flat=True))
    path = edit("rounds", editing)
    run("import_sheets", path, "--apply")
    assert members.get(is_head=True).person.slug == "sergey-vershinin"
    assert set(members.values_list("person", flat=True)) == before
    assert Claim.objects.get(value="New.").is_kept
    assert "0 added, 0 changed, 0 removed, " in run("import_sheets", path)


def test_of_two_with_one_text_the_nearer_is_meant(tmp_path, run, round_22):
    first, second = (make_source(slug=slug) for slug in ("a-first", "a-second"))
    path = tmp_path / "rounds.yaml"
    texts = (("A.", first), ("A.", second), ("B.", first))
    round_22.outcomes.all().delete()
    for text, source in texts:
        make_outcome(round_22, text=text).sources.set([source])
    wanted = [
        {"kind": "agreement", "text": text, "sources": [source.slug]}
        for text, source in (texts[2], texts[0])
    ]
    [whole] = sheet_of_round(read_record(), 22)["rounds"]
    path.write_text(text_of([whole | {"outcomes": wanted}]))
    run("import_sheets", path, "--apply")
    assert "0 added, 0 changed, 0 removed, " in run("import_sheets", path)
    assert round_22.outcomes.filter(text="A.", sources=second).exists()


def test_parts_alone_are_pruned_of_what_stands_in_the_sheets(edit, run):
    def editing(rounds):
        rounds[:] = [rounds[17]]
        rounds[0]["documents"][0]["paragraphs"].pop(1)
        rounds[0]["delegations"].pop()

    before = unlike(18)
    points = Paragraph.objects.filter(document__round__number=18).count()
    output = run("import_sheets", edit("rounds", editing), "--apply", "--prune-parts")
    assert "Removed: round 18, delegation " in output
    assert f", {Round.objects.count() - 1} not in the sheets" in output
    assert Paragraph.objects.filter(document__round__number=18).count() == points - 1
    assert unlike(18) == before


def unlike(number: int) -> list[tuple[int, ...]]:
    """How much the other rounds have."""
    others = Round.objects.exclude(number=number)
    parts = ("delegations", "outcomes", "documents__paragraphs", "disputes", "commitments")
    return list(others.order_by("number").values_list(*map(Count, parts)))


def test_what_changes_comes_before_what_is_added_or_stays(edit, run):
    def editing(topics):
        topics[0] |= {"id": "new", "label": "New"}
        topics[-1]["label"] = "Another"
        del topics[1]

    output = run("import_sheets", edit("topics", editing))
    lines = [line for line in output.splitlines() if not line.startswith(" ")]
    assert lines[0].startswith("Changed: topic ")
    assert lines[1:3] == ["Added: topic new", "Not in the sheets: 2 topics"]


def test_prune_removes_what_the_sheets_do_not_have(edit, run):
    def editing(rounds):
        rounds[0]["delegations"].pop()
        del rounds[0]["venue"]
        rounds[0]["outcomes"] = rounds[0]["outcomes"][:1]

    before = Milestone.objects.count(), Commitment.objects.count(), Delegation.objects.count()
    output = run("import_sheets", edit("rounds", editing), "--apply", "--prune")
    assert "Removed: round 1, outcome 2\n" in output
    assert Outcome.objects.filter(round__number=1).count() == 1
    assert Round.objects.get(number=1).venue == ""
    assert (Milestone.objects.count(), Commitment.objects.count()) == before[:2]
    assert Delegation.objects.count() == before[2] - 1


def test_prune_keeps_what_is_referred_to(edit, run):
    def editing(people):
        del people[[one["id"] for one in people].index("bashar-jaafari")]

    with pytest.raises(CommandError, match=r"person bashar-jaafari: It cannot be removed"):
        run("import_sheets", edit("people", editing), "--apply", "--prune")
    assert Person.objects.filter(slug="bashar-jaafari").exists()


def test_prune_takes_nothing_along(sheets, edit, run):
    path = edit("rounds", lambda rounds: rounds.pop(0))
    with pytest.raises(CommandError, match=r"round 1: It cannot be removed: commitment "):
        run("import_sheets", path, "--apply", "--prune")
    with pytest.raises(CommandError, match=r"round 1: It would be removed, since it is not in"):
        run("import_sheets", sheets, "--apply", "--prune")
    assert Round.objects.filter(number=1).exists()


def test_an_entry_alone_brings_one_round(tmp_path, run, round_22):
    path = tmp_path / "correction.yaml"
    path.write_text("summaries:\n- {round: 22, summary: Another summary of it.}\n")
    assert "1 changed" in run("import_sheets", path, "--apply")
    round_22.refresh_from_db()
    assert round_22.summary == "Another summary of it."


def test_a_new_round_is_a_draft_unless_it_is_published(tmp_path, run):
    source = Source.objects.first().slug
    path = tmp_path / "rounds.yaml"
    path.write_text(
        "- {number: 101, start: 2030-01-01, end: 2030-01-02, city: Astana, country: Kazakhstan,"
        f" sources: [{source}], summary: It took place.}}\n"
    )
    run("import_sheets", path, "--apply")
    round_ = Round.objects.get(number=101)
    assert (round_.publication, round_.status, round_.country.code) == ("draft", "held", "KZ")
    round_.delete()
    run("import_sheets", path, "--apply", "--publish")
    assert Round.objects.get(number=101).is_published


def test_what_only_one_may_be_moves_to_another(edit, run):
    """Whichever of them is written first."""

    def editing(rounds):
        values = next(
            one["values"]
            for round_ in rounds
            for one in round_["disputes"]
            if one["values"][0].get("kept")
        )
        del values[0]["kept"]
        values[1]["kept"] = True
        one = rounds[0]["delegations"][0]
        one["head"], one["members"][0]["person"] = one["members"][0]["person"], one["head"]
        points = rounds[0]["documents"][0]["paragraphs"]
        points[0]["number"], points[1]["number"] = points[1]["number"], points[0]["number"]

    path = edit("rounds", editing)
    kept = Claim.objects.filter(is_kept=True).count()
    run("import_sheets", path, "--apply")
    assert Claim.objects.filter(is_kept=True).count() == kept
    assert (
        Member.objects.get(
            delegation__round__number=1, delegation__participant__slug="russia", is_head=True
        ).person.slug
        == "sergey-vershinin"
    )
    assert ", 0 changed" in run("import_sheets", path, "--apply")


def test_what_is_unique_changes_hands(edit, run):
    def editing(topics):
        topics[0]["label"], topics[1]["label"] = topics[1]["label"], topics[0]["label"]

    before = list(Topic.objects.values_list("label", flat=True)[:2])
    run("import_sheets", edit("topics", editing), "--apply")
    assert list(Topic.objects.values_list("label", flat=True)[:2]) == before[::-1]


def test_names_of_both_sheets_are_names_once(sheets, edit, run):
    def editing(people):
        person = next(one for one in people if one["id"] == "ahmad-berri")
        person["other_spellings"] = ["Ahmad Barri", "A. Berri"]

    output = run("import_sheets", edit("people", editing), "--apply")
    assert "1 added, 0 changed" in output
    assert "Added: person ahmad-berri, name A. Berri\n" in output
    write_files(sheets)
    assert "other_spellings" not in (sheets / "people.yaml").read_text()
    assert "A. Berri" in (sheets / "names.yaml").read_text()


def test_a_fixed_term_stands_briefly_in_its_sheet(sheets, tmp_path, run):
    terms = parsed("glossary.yaml", (sheets / "glossary.yaml").read_bytes())
    assert terms[3] == {
        "term": "guarantor states",
        "ru": "страны-гаранты",
        "tr": "garantör ülkeler",
        "fa": "کشورهای ضامن",
        "ar": "الدول الضامنة",
        "kk": "кепілгер елдер",
        "kk_variants": ["кепілгер-мемлекеттер"],
        "sources": terms[3]["sources"],
    }
    path = tmp_path / "glossary.yaml"
    path.write_text(f"- {{term: Side / event, ar: حدث, sources: [{terms[3]['sources'][0]}]}}\n")
    run("import_sheets", path, "--apply")
    (name,) = FixedTerm.objects.get(slug="side-event").names.all()
    assert (name.language, name.text, name.is_label, name.is_seen) == ("ar", "حدث", True, True)


def test_a_usual_name_changes(edit, run):
    output = run(
        "import_sheets", edit("names", lambda all_: all_["cities"]["Astana"].update(tr="Astane"))
    )
    assert "Changed: term city Astana, name tr\n    text: from “Astana” to “Astane”\n" in output
    assert "0 added, 1 changed" in output


def test_every_book_is_left_out_of_the_sheets(sheets):
    text = "".join(path.read_text() for path in sheets.iterdir())
    assert not any(model._meta.label in text for model in BOOKS)


def test_the_first_round_of_a_participant_is_computed(sheets, edit, run):
    parties = parsed("parties.yaml", (sheets / "parties.yaml").read_bytes())
    since = {one["id"]: one.get("since_round") for one in parties}
    assert (since["russia"], since["qatar"]) == (1, None)
    assert since == {
        one.slug: min(
            (each.round.number for each in one.delegations.all() if each.attendance != "absent"),
            default=None,
        )
        for one in Participant.objects.all()
    }
    path = edit("parties", lambda all_: all_[0].update(since_round=7))
    assert ", 0 changed" in run("import_sheets", path)
