import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from rounds.models import Commitment, Verdict
from rounds.selection.commitments import CommitmentFilterSet
from tests.factories import (
    make_agenda_item,
    make_commitment,
    make_delegation,
    make_evidence,
    make_participant,
    make_round,
    make_topic,
)

pytestmark = pytest.mark.django_db


def filtered(query: str = "") -> CommitmentFilterSet:
    anybody = AnonymousUser()
    commitments = Commitment.objects.visible_to(anybody)
    return CommitmentFilterSet(QueryDict(query), commitments, anybody)


def slugs(query: str) -> set[str]:
    return {one.slug for one in filtered(query).qs}


@pytest.mark.parametrize("verdict", Verdict)
def test_the_last_evidence_decides(verdict):
    expected = {one.slug for one in Commitment.objects.all() if one.state == verdict}
    assert slugs(f"verdict={verdict}") == expected


def test_filters_narrow_together():
    found = slugs("topic=hostages&round=8&participant=iran&verdict=partly")
    expected = Commitment.objects.filter(topic__slug="hostages", round__number=8, by__slug="iran")
    assert found == {one.slug for one in expected if one.state == Verdict.PARTLY} != set()


@pytest.fixture
def some(blank) -> None:
    """Two commitments of round 101, one of them kept, and one of round 102 that nobody followed."""
    idlib, aid = make_topic(slug="idlib", label="Idlib"), make_topic(slug="aid", label="Aid")
    iran = make_participant(slug="iran", name="Iran")
    both = make_participant(slug="elsewhere", name="Elsewhere")
    first, second = make_round(101), make_round(102)
    make_evidence(make_commitment(first, topic=idlib, by=[iran]))
    make_evidence(make_commitment(first, topic=aid, by=[iran, both]), verdict="lapsed")
    make_commitment(second, topic=idlib, by=[both])


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            "",
            "Of 3 commitments, by the last evidence: "
            "1 kept, 1 overtaken by events, 1 without information",
        ),
        (
            "topic=idlib",
            "Of 2 commitments on “Idlib”, by the last evidence: 1 kept, 1 without information",
        ),
        (
            "topic=aid&round=101&participant=iran",
            "Of 1 commitment on “Aid”, made at round 101, made by Iran, "
            "by the last evidence: 1 overtaken by events",
        ),
        ("verdict=kept", "Of 3 commitments, by the last evidence: 1 kept"),
        (
            "verdict=kept&verdict=lapsed",
            "Of 3 commitments, by the last evidence: 1 kept, 1 overtaken by events",
        ),
        (
            "topic=aid&topic=idlib&round=101&round=102&participant=iran&participant=elsewhere",
            "Of 3 commitments on “Aid” or “Idlib”, made at round 101 or 102, made by Iran or "
            "Elsewhere, by the last evidence: "
            "1 kept, 1 overtaken by events, 1 without information",
        ),
        (
            "round=101&verdict=not-kept",
            "Of 2 commitments made at round 101, by the last evidence: 0 not kept",
        ),
        (
            "topic=aid&round=102",
            "No commitment on “Aid”, made at round 102 is recorded",
        ),
    ],
)
def test_the_sentence_follows_the_filters(some, query, sentence):
    assert filtered(query).sentence == sentence


def test_without_commitments_the_sentence_says_so(blank):
    assert filtered().sentence == "No commitment is recorded"


def test_choices_are_what_occurs_with_its_number(some):
    form = filtered().form
    choices = {name: dict(form.fields[name].choices) for name in ("topic", "round", "participant")}
    assert choices["topic"] == {"aid": "Aid (1)", "idlib": "Idlib (2)"}
    assert choices["round"] == {"101": "101 (2)", "102": "102 (1)"}
    assert choices["participant"]["iran"] == "Iran (2)"


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("topic=x", "topic", "“x” is not a topic here. Choose one from the list."),
        ("round=x", "round", "“x” is not a round here. Choose one from the list."),
        ("participant=x", "participant",
         "“x” is not a participant here. Choose one from the list."),
        ("verdict=x", "verdict", "“x” is not a verdict. Choose one from the list."),
        ("verdict=%00", "verdict", "“�” is not a verdict. Choose one from the list."),
    ],
)  # fmt: skip
def test_a_wrong_value_is_said_and_nothing_is_shown(query, field, message):
    filters = filtered(f"{query}&round=4" if field != "round" else query)
    assert dict(filters.errors) == {field: [message]}
    assert list(filters.qs) == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("round=103", "No commitment made at round 103 is recorded"),
        ("topic=golan", "No commitment on “Golan” is recorded"),
        ("participant=kazakhstan&verdict=kept", "No commitment made by Kazakhstan is recorded"),
        ("round=101&round=103&topic=aid", "Of 1 commitment on “Aid”, made at round 101 or 103, "
         "by the last evidence: 1 overtaken by events"),
    ],
)  # fmt: skip
def test_who_promised_nothing_is_no_mistake(some, query, sentence):
    round_ = make_round(103)
    make_agenda_item(round_, topic=make_topic(slug="golan", label="Golan"))
    host = make_participant(slug="kazakhstan", name="Kazakhstan")
    make_delegation(round_, participant=host)
    filters = filtered(query)
    assert dict(filters.errors) == {}
    assert filters.sentence == sentence
    assert len(filters.qs) == filters.total


def test_a_commitment_of_several_is_there_once(some):
    assert len(filtered("participant=iran&participant=elsewhere").qs) == 3


def test_commitments_of_drafts_are_no_choices(some):
    topic = make_topic(slug="secret")
    make_commitment(make_round(103, publication="draft", summary=""), topic=topic)
    assert set(filtered("topic=secret").errors) == {"topic"}
    assert set(filtered("round=103").errors) == {"round"}
    assert filtered().sentence.startswith("Of 3 commitments")


def test_a_commitment_without_a_topic_is_there(blank):
    make_commitment(make_round(101), topic=None)
    assert len(filtered().qs) == 1
    assert filtered().form.fields["topic"].choices == []
