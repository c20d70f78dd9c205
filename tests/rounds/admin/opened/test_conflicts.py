"""Two editors have the same page open; the second to save sees both versions and chooses."""

from datetime import date

import pytest

from rounds.changes import together
from rounds.models import (
    AgendaItem,
    Delegation,
    Document,
    Evidence,
    Member,
    Outcome,
    Paragraph,
    Round,
)
from rounds.participants.models import PersonName
from rounds.sources.models import Source
from tests.editors import Editor
from tests.factories import (
    make_agenda_item,
    make_delegation,
    make_full_round,
    make_member,
    make_message,
    make_outcome,
    make_paragraph,
    make_participant,
    make_person,
    make_round,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.usefixtures("blank")


@pytest.fixture
def a() -> Editor:
    return Editor("Aigul")


@pytest.fixture
def b() -> Editor:
    return Editor("Bob")


@pytest.fixture
@together()
def round_() -> Round:
    days = {"start": date(2024, 6, 1), "end": date(2024, 6, 2)}
    found = make_round(101, summary="As it was.", venue="Rixos", **days)
    norway = make_delegation(found, participant=make_participant(name="Norway"), note="A note.")
    make_member(norway, person=make_person(name="Ola"), is_head=True)
    make_agenda_item(found, topic=make_topic(label="Idlib"))
    make_outcome(found, text="First.")
    return found


def test_nothing_is_overwritten_unseen(a, b, round_):
    for editor in (a, b):
        editor.open(round_)
    assert a.save(summary="Of A.", venue="A’s hotel", delegations__0__note="Of A.")
    assert not b.save(city="Sochi", venue="B’s hotel")
    round_.refresh_from_db()
    assert (round_.summary, round_.venue, round_.city) == ("Of A.", "A’s hotel", "Astana")

    assert set(b.told.values()) == {"was changed"}
    assert b.chosen == {
        "Venue": "",
        "Summary": "theirs",
        "Delegation Norway › Note": "theirs",
    }
    assert {one.split(",")[0] for one in b.page.texts(".conflict .who")} == {"by Aigul"}
    said = b.page.one(".conflicts").text
    for words in ("As it was.", "Of A.", "A’s hotel", "B’s hotel", "You left it as it was."):
        assert words in said
    assert (b.form["city"], b.form["venue"]) == (["Sochi"], ["B’s hotel"])

    assert not b.save()  # without a choice it is asked again
    assert b.save(**{b.choice("Venue"): "mine"})
    round_.refresh_from_db()
    assert (round_.summary, round_.venue, round_.city) == ("Of A.", "B’s hotel", "Sochi")
    assert round_.delegations.get().note == "Of A."


def test_what_is_typed_after_the_choice_is_not_lost(a, b, round_):
    for editor in (a, b):
        editor.open(round_)
    assert a.save(summary="Of A.")
    assert not b.save()
    assert b.chosen == {"Summary": "theirs"}
    assert not b.save(summary="Of A, and of B.")
    assert b.chosen == {"Summary": ""}
    assert b.page.has(".conflict .edited")
    assert b.form["summary"] == ["Of A, and of B."]
    assert b.save(**{b.choice("Summary"): "mine"})
    round_.refresh_from_db()
    assert round_.summary == "Of A, and of B."


def test_a_third_change_is_asked_about_too(a, b, round_):
    for editor in (a, b):
        editor.open(round_)
    assert a.save(summary="Of A.")
    assert not b.save(summary="Of B.")
    Round.objects.filter(pk=round_.pk).update(summary="By hand.")
    assert not b.save(**{b.choice("Summary"): "mine"})
    assert "By hand." in b.page.one(".conflicts").text
    assert b.save(**{b.choice("Summary"): "theirs"})
    round_.refresh_from_db()
    assert round_.summary == "By hand."


def test_whatever_the_widget_theirs_is_taken_over(a, b, round_):
    other, person = make_source(slug="another"), make_person(name="Kari")
    for editor in (a, b):
        editor.open(round_)
    assert a.save(
        sources=[str(other.pk)],
        status="postponed",
        country="CH",
        end="2024-06-03",
        delegations__0__role="mediator",
        delegations__0__members__0__person=person.name,
        delegations__0__members__0__is_head=None,
    )
    assert not b.save(venue="B’s hotel")
    assert len(b.chosen) == 7
    assert set(b.chosen.values()) == {"theirs"}
    assert b.save()
    round_.refresh_from_db()
    assert list(round_.sources.all()) == [other]
    assert (round_.status, str(round_.country), str(round_.end)) == (
        "postponed",
        "CH",
        "2024-06-03",
    )
    assert round_.venue == "B’s hotel"
    member = Member.objects.get(delegation__round=round_)
    assert (member.person, member.is_head, member.delegation.role) == (person, False, "mediator")


def test_rows_that_others_added_and_deleted_are_told(a, b, round_):
    gone = round_.outcomes.get()
    for editor in (a, b):
        editor.open(round_)
    assert a.save(outcomes__0__DELETE="on", delegations__0__DELETE="on")
    make_agenda_item(round_, topic=make_topic(label="Hostages"))
    assert not b.save(outcomes__0__text="Of B.")
    assert b.told == {
        "Agenda item Hostages (Statement)": "was added, and stays",
        "Delegation Norway": "was deleted",
        "Outcome Of B.": "was deleted",
    }
    assert b.chosen == {"Delegation Norway": "theirs", "Outcome Of B.": ""}
    assert b.save(**{b.choice("Outcome"): "mine"})
    again = round_.outcomes.get()
    assert (again.pk != gone.pk, again.text) == (True, "Of B.")
    assert not round_.delegations.exists()
    assert round_.agenda_items.count() == 2


def test_a_deleted_row_comes_back_with_those_within(a, b, round_):
    for editor in (a, b):
        editor.open(round_)
    assert a.save(delegations__0__DELETE="on")
    assert not b.save(delegations__0__members__0__position="Envoy")
    assert b.save(**{b.choice("Delegation"): "mine"})
    member = Member.objects.get(delegation__round=round_)
    assert (member.position, member.delegation.participant.name) == ("Envoy", "Norway")


@pytest.mark.parametrize("choice", ["theirs", "mine"])
def test_a_row_that_others_changed_is_not_deleted_unseen(a, b, round_, choice):
    for editor in (a, b):
        editor.open(round_)
    assert a.save(
        delegations__0__note="Of A.",
        delegations__0__members__TOTAL_FORMS="2",
        delegations__0__members__1__person=make_person(name="Kari").name,
    )
    assert not b.save(delegations__0__DELETE="on")
    said = b.page.one(".conflicts").text
    assert "Of A." in said
    assert "Kari" in said
    assert list(b.chosen.values()) == [""]
    assert b.save(**{b.choice("Delegation"): choice})
    kept = set(round_.delegations.values_list("note", "members__person__name"))
    assert kept == ({("Of A.", "Kari"), ("Of A.", "Ola")} if choice == "theirs" else set())


MEMBER = "delegations-0-members"


@pytest.mark.parametrize("kind", ["delegation", "agenda item", "member", "head"])
def test_both_may_add_the_same_row(a, b, round_, kind):
    """The second one’s is marked, and all that was typed is there, until it is mended."""
    source, person = str(make_source().pk), make_person(name="Kari").name
    row = {
        "delegation": {
            "delegations-TOTAL_FORMS": "2",
            "delegations-1-participant": make_participant(name="Sweden").name,
            "delegations-1-role": "observer",
            "delegations-1-attendance": "attended",
            "delegations-1-note": "{}",
            "delegations-1-sources": source,
            "delegations-1-members-TOTAL_FORMS": "0",
            "delegations-1-members-INITIAL_FORMS": "0",
        },
        "agenda item": {
            "agenda_items-TOTAL_FORMS": "2",
            "agenda_items-1-topic": make_topic().label,
            "agenda_items-1-stage": "statement",
            "agenda_items-1-note": "{}",
            "agenda_items-1-sources": source,
        },
    }.get(kind)
    if row is None:
        row = {f"{MEMBER}-TOTAL_FORMS": "2", f"{MEMBER}-1-person": person}
        row[f"{MEMBER}-1-position"] = "{}"
    if kind == "head":
        Member.objects.update(is_head=False)
        row[f"{MEMBER}-1-is_head"] = "on"
    for editor in (a, b):
        editor.open(round_)
    assert a.save(**{name: value.format("Of A.") for name, value in row.items()})
    if kind == "head":
        row[f"{MEMBER}-1-person"] = make_person(name="Per").name
    of_b = {name: value.format("Of B.") for name, value in row.items()} | {"summary": "Of B."}
    models = (Delegation, AgendaItem, Member)
    before = [model.objects.count() for model in models]
    for _ in range(2):
        assert not b.save(**of_b)
        assert len(b.page.links(".faults a")) == 1
        assert {name: b.form[name] for name in of_b} == {one: [of_b[one]] for one in of_b}
    assert [model.objects.count() for model in models] == before


def test_outcomes_without_number_get_the_next_two(a, b, round_):
    row = {
        "outcomes__TOTAL_FORMS": "2",
        "outcomes__1__number": "",
        "outcomes__1__kind": "other",
        "outcomes__1__sources": str(make_source().pk),
    }
    for editor in (a, b):
        editor.open(round_)
    assert a.save(**row, outcomes__1__text="Of A.")
    assert not b.save(**row, outcomes__1__text="Of B.")
    assert "Of A." in b.page.one(".conflict.added").text
    assert not b.page.has(".faults")
    assert b.save()
    found = round_.outcomes.values_list("number", "text").order_by("number")
    assert list(found) == [(1, "First."), (2, "Of A."), (3, "Of B.")]


def test_what_changes_elsewhere_in_the_record_stops_nobody(b, round_):
    b.open(round_)
    make_full_round(102)
    Source.objects.update(publisher="Another")
    assert b.save(summary="Of B.")


def test_the_same_change_is_told_only(a, b, round_):
    for editor in (a, b):
        editor.open(round_)
    assert a.save(summary="Of both.")
    assert not b.save(summary="Of both.")
    assert b.told == {"Summary": "was changed just as you changed it"}
    assert b.chosen == {}
    assert b.save()


EARLY = '{"edition":"","at":"0001-01-01T00:00:00+14:00","rows":{}}'


@pytest.mark.parametrize("seen", [None, "{}", "[" * 100_000, '{"at":"x","rows":{}}', EARLY])
def test_who_does_not_say_what_was_seen_overwrites_nothing(b, round_, seen):
    b.open(round_)
    assert not b.save(_seen=seen, summary="Of B.")
    assert b.chosen == {"Summary": ""}
    assert "As it was." in b.page.one(".conflicts").text
    assert b.save(**{b.choice("Summary"): "mine"})
    round_.refresh_from_db()
    assert round_.summary == "Of B."


@pytest.mark.parametrize(
    "question", ["", "[]", "1", '{"stands":{},"theirs":{},"mine":{}}', '{"name":"","stands":[]}']
)
def test_an_answer_to_what_was_not_asked_saves_nothing(a, b, round_, question):
    for editor in (a, b):
        editor.open(round_)
    assert a.save(summary="Of A.")
    assert not b.save(summary="Of B.")
    assert not b.save(**{"_question-1": question, "_choice-1": "mine"})
    assert b.chosen == {"Summary": ""}
    round_.refresh_from_db()
    assert round_.summary == "Of A."


def test_a_form_that_is_wrong_comes_back_with_both(a, b, round_):
    for editor in (a, b):
        editor.open(round_)
    assert a.save(summary="Of A.")
    assert not b.save(start="12 May")
    assert b.page.has(".faults")
    assert b.chosen == {"Summary": "theirs"}
    assert b.form["start"] == ["12 May"]
    assert not b.save()  # what was chosen is in its field by now
    assert b.form["summary"] == ["Of A."]
    assert not b.page.has(".conflicts")
    assert b.save(start=str(round_.start))


def test_every_screen_of_the_record_asks(a, b):
    """Also parts on their own pages, what has names, sources, and messages from readers."""
    round_ = make_full_round(102)
    paper = Document.objects.get()
    make_paragraph(paper)
    person = make_person(name="Kari")
    PersonName.objects.create(named=person, language="ru", text="Кари", is_label=True)
    things = [
        *(
            (model.objects.all()[0], field)
            for model, field in (
                (Delegation, "note"),
                (Outcome, "text"),
                (Paragraph, "gist"),
                (Member, "position"),
                (Evidence, "text"),
            )
        ),
        (round_.disputes.get(), "claims__0__value"),
        (person, "names__0__text"),
        (make_topic(), "definition"),
        (make_source(), "title"),
        (make_message(), "note"),
    ]
    for one, field in things:
        for editor in (a, b):
            editor.open(one)
        assert a.save(**{field: "Of A."}), (one, a.page.texts(".faults li"))
        assert not b.save(**{field: "Of B."}), one
        assert list(b.chosen.values()) == [""]
        assert b.save(**{"_choice-1": "mine"}), one
        assert "Of B." in b.open(one)[field.replace("__", "-")]
