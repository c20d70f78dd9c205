"""Which facts make a round match."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from rounds.models import AgendaItem, Delegation, Outcome, Paragraph, Round
from rounds.selection.filters import RoundFilterSet
from rounds.selection.passages import Passage, passages
from tests.factories import make_agenda_item, make_delegation, make_name, make_round, make_topic

pytestmark = pytest.mark.django_db


def found(query: str, most: int = 3) -> dict[int, list[Passage]]:
    """The passages by the numbers of the rounds."""
    filterset = RoundFilterSet(QueryDict(query))
    numbers = {row.pk: row.number for row in filterset.matching}
    return {numbers[pk]: one.shown for pk, one in passages(filterset, numbers, most).items()}


def test_a_topic_is_shown_with_what_was_said_of_it():
    shown = found("topic=hostages&stage=discussed")
    items = AgendaItem.objects.filter(topic__slug="hostages", stage="discussed")
    assert sorted(shown) == sorted(items.values_list("round__number", flat=True))
    item = items.select_related("round", "topic").first()
    (passage,) = shown[item.round.number]
    assert passage.title == f"<mark>{item.topic}</mark>"
    assert (passage.label, passage.text) == ("Discussed", item.note)
    assert passage.url == item.get_absolute_url()
    assert passage.sources == list(item.sources.all()) != []


def test_who_stayed_away_is_shown_as_absent():
    shown = found("absent=united-states")
    absent = Delegation.objects.absent().filter(participant__slug="united-states")
    assert sorted(shown) == sorted(absent.values_list("round__number", flat=True))
    for (passage,) in shown.values():
        assert passage.title == "<mark>United States</mark>"
        assert passage.text.startswith("Stayed away")


def test_a_person_is_shown_with_delegation_and_position():
    shown = found("person=alexander-lavrentyev")
    (passage,) = shown[22]
    assert passage.title == "<mark>Alexander Lavrentyev</mark>"
    assert passage.label == "head of Russia"
    assert "Special Representative" in passage.text
    assert passage.url == "/rounds/22/#delegation-russia"


def test_a_participant_is_shown_with_who_led():
    (passage,) = found("participant=jordan&year=2024")[22]
    delegation = Delegation.objects.get(participant__slug="jordan", round__number=22)
    assert passage.label == delegation.get_role_display()
    assert delegation.note in passage.text
    assert "None" not in passage.text


def test_outcomes_and_commitments_are_shown_by_kind_and_state():
    kind = Outcome.Kind.WORKING_GROUP
    for those in found("outcome=working-group").values():
        assert {one.title for one in those} == {f"<mark>{kind.label}</mark>"}
    for those in found("commitment=not-kept").values():
        assert {one.title for one in those} == {"<mark>Not kept</mark>"}
        assert all(one.url.startswith("/commitments/") for one in those)


def test_words_are_marked_where_they_stand():
    shown = found("q=prisoners")
    assert shown
    texts = [one.title + one.text for those in shown.values() for one in those]
    assert any("<mark>prisoners</mark>" in text.casefold() for text in texts)
    assert all(one.sources for those in shown.values() for one in those)


def test_facts_with_all_words_come_first(blank):
    round_ = make_round(101)
    for note in ("A quarrel.", "A truce.", "A truce after a quarrel.", "Something else."):
        make_delegation(round_, note=note)
    texts = [one.text.split(" · ")[-1] for one in found("q=quarrel truce")[101]]
    assert texts == [
        "A <mark>truce</mark> after a <mark>quarrel</mark>.",
        "A <mark>quarrel</mark>.",
        "A <mark>truce</mark>.",
    ]


def test_a_point_of_a_paper_is_not_called_by_the_title_of_the_paper():
    paragraph = Paragraph.objects.filter(gist__contains="Golan").first()
    shown = found("q=Golan", most=100)[paragraph.document.round.number]
    (passage,) = [one for one in shown if one.fact == (Paragraph, paragraph.pk)]
    assert passage.title == "Paragraph"


def test_words_of_the_summary_alone_show_the_summary(blank):
    make_round(101, summary="An unheard-of quarrel ended the meeting early.")
    (passage,) = found("q=quarrel")[101]
    assert passage.fact == (Round, Round.objects.get(number=101).pk)
    assert "<mark>quarrel</mark>" in passage.text


def test_it_is_said_that_there_is_more(blank):
    round_ = make_round(101)
    for _ in range(5):
        make_agenda_item(round_, topic=make_topic(), note="A quarrel.")
    for query in ("stage=discussed&stage=agenda&stage=statement", "q=quarrel"):
        (those,) = passages(RoundFilterSet(QueryDict(query)), [round_.pk]).values()
        assert (len(those.shown), those.has_more) == (3, True), query


@pytest.mark.parametrize("query", ["", "year=2018", "city=Sochi&date_after=2018-01-01"])
def test_what_is_plain_of_a_round_needs_no_passage(query):
    assert found(query) == {}


def test_drafts_are_in_no_passage(blank):
    published, draft = make_round(101), make_round(102, publication="draft")
    for round_ in (published, draft):
        make_delegation(round_, note="A quarrel.")
    filterset = RoundFilterSet(QueryDict("q=quarrel"))
    assert filterset.user == AnonymousUser()
    assert [*passages(filterset, [published.pk, draft.pk])] == [published.pk]


def test_all_kinds_of_passages_take_few_queries():
    query = (
        "topic=idlib&participant=iran&person=alexander-lavrentyev&outcome=statement"
        "&commitment=lapsed&commitment=kept&commitment=not-kept&q=Syria"
    )
    filterset = RoundFilterSet(QueryDict(query))
    keys = [row.pk for row in filterset.matching]
    assert keys
    filterset.query.groups  # noqa: B018 (its spellings are read before, to find the rounds)
    with CaptureQueriesContext(connection) as captured:
        passages(filterset, keys)
    assert len(captured) == 11


def test_a_phrase_is_shown_where_it_stands(blank):
    round_ = make_round(101)
    for note in ("A mutual release.", "A release that was mutual.", "A release."):
        make_delegation(round_, note=note)
    (those,) = passages(RoundFilterSet(QueryDict('q="mutual release"')), [round_.pk]).values()
    assert [one.text.split(" · ")[-1] for one in those.shown] == [
        "A <mark>mutual</mark> <mark>release</mark>."
    ]
    assert not those.has_more


def test_what_is_found_by_another_name_says_so(blank):
    item = make_agenda_item(make_round(101), stage="discussed", note="Nothing new.")
    make_name(item.topic, "quokka")
    (passage,) = found("q=quokka")[101]
    assert passage.label == "Discussed, by another name"


def test_the_stage_of_an_agenda_item_is_said():
    labels = {one.label for those in found("q=prisoners", most=25).values() for one in those}
    assert labels >= {"Discussed", "Statement"}
    assert "Agenda item" not in labels


def test_a_passage_is_named_in_plain_words(blank):
    item = make_agenda_item(make_round(101), stage="discussed", note="A quarrel.")
    item.topic.label = "The people’s “D & D” <quarrel>"
    item.topic.save()
    for query in (f"topic={item.topic.slug}", "q=quarrel"):
        (passage,) = found(query)[101]
        assert passage.name == "The people’s “D & D” <quarrel> (Discussed)"
