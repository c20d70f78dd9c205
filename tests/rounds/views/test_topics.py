import pytest

from rounds.models import AgendaItem, Round
from tests.factories import make_agenda_item, make_round, make_topic
from tests.pages import get_page
from tests.record import KNOWN, ROUND_NUMBERS

pytestmark = pytest.mark.django_db


def test_topics_have_a_strip_of_the_rounds(client):
    idlib = get_page(client, "/topics/").one("#topic-idlib")
    rounds = Round.objects.filter(agenda_items__topic__slug="idlib").distinct()
    assert idlib.one("h3 .count").text == f"{rounds.count()} rounds"
    assert [int(number) for number in idlib.texts(".strip li")] == ROUND_NUMBERS
    assert "/rounds/22/#topic-idlib" in idlib.links(".strip a")


def test_topic_tells_round_by_round_what_was_said(client):
    page = get_page(client, "/topics/refugee-return/")
    for item in AgendaItem.objects.filter(topic__slug="refugee-return"):
        assert item.note in page.one(f"#round-{item.round.number}").text
    facts = page.one(".facts").facts
    assert facts["First"] == "Round 4, 3–4 May 2017"
    last = Round.objects.filter(agenda_items__topic__slug="refugee-return").latest("start")
    assert facts["Last"].startswith(f"Round {last.number}, ")
    assert "Most often with" in facts


def test_refugee_return_was_never_announced_without_being_stated(client):
    facts = get_page(client, "/topics/refugee-return/").one(".facts").facts
    assert facts["Announced"].startswith("rounds 17–20, 22")
    assert facts["Discussed"].startswith("rounds 13, 16–17, 19, 21–")
    items = AgendaItem.objects.filter(topic__slug="refugee-return", round__number__in=KNOWN)
    announced, stated = (
        set(items.filter(stage=stage).values_list("round__number", flat=True))
        for stage in ("agenda", "statement")
    )
    assert announced
    assert announced <= stated


def test_topic_says_where_it_was_announced_without_being_stated(client, blank):
    topic = make_topic()
    round_ = make_round(101)
    for stage in ("agenda", "statement"):
        make_agenda_item(round_, topic=topic, stage=stage)
    facts = get_page(client, topic.get_absolute_url()).one(".facts").facts
    assert facts["Announced, but not in the statement"] == "no round"
    make_agenda_item(make_round(102), topic=topic, stage="agenda")
    facts = get_page(client, topic.get_absolute_url()).one(".facts").facts
    assert facts["Announced, but not in the statement"] == "rounds 102"


def test_topics_first_in_a_joint_statement_in_2023(client):
    topics = get_page(client, "/topics/").all("article.subject")
    found = {
        topic.attributes["id"]
        for topic in topics
        for remark in topic.texts(".remark")
        if remark.startswith("First in a statement: round ") and remark.endswith(", 2023")
    }
    assert found == {"topic-normalisation", "topic-earthquake", "topic-cross-border-aid"}


def test_topic_has_usual_names_openly_and_the_words_for_the_search_folded(client):
    names = get_page(client, "/topics/hostages/").section("naming")
    assert names.facts["Turkish"] == "Rehineler, alıkonulanlar ve kayıp kişiler"
    assert names.one('bdi[lang="fa"]').attributes["dir"] == "rtl"
    folded = names.one("details:not([open])")
    assert "заложник" in folded.texts("bdi")
    assert "заложник" not in " ".join(names.facts.values())
