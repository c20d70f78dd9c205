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


@pytest.mark.parametrize("stage", AgendaItem.Stage)
def test_a_topic_is_read_one_stage_at_a_time(client, stage):
    page = get_page(client, "/topics/refugee-return/", stage=stage.value)
    items = AgendaItem.objects.filter(topic__slug="refugee-return")
    chosen = items.filter(stage=stage).order_by("round__number")
    assert page.texts(".at-round .what") == [stage.label] * chosen.count()
    for item, article in zip(chosen, page.all(".at-round"), strict=True):
        assert article.attributes["id"] == item.round.anchor
        assert item.note in article.text
    assert page.one("#said").text == f"Round by round: {stage.label}"
    assert f": {stage.label} ·" in page.one("head > title").text
    stages = page.one("nav.stages")
    assert stages.texts("[aria-current]") == [f"{stage.label} {chosen.count()}"]
    assert stages.links() == [
        "/topics/refugee-return/#said",
        "?stage=agenda#said",
        "?stage=discussed#said",
        "?stage=statement#said",
    ]
    # What is said of all rounds stays.
    everything = get_page(client, "/topics/refugee-return/")
    assert page.one(".facts").facts == everything.one(".facts").facts
    assert everything.one(".stages [aria-current]").text == (
        f"All stages {items.values('round').distinct().count()}"
    )


def test_a_stage_that_does_not_exist_is_said_and_all_are_shown(client):
    page = get_page(client, "/topics/refugee-return/", stage="<x>")
    assert page.texts(".notice") == [
        "There is no stage “<x>”, so all are shown. There are: agenda, discussed, statement."
    ]
    everything = get_page(client, "/topics/refugee-return/")
    assert page.texts(".at-round") == everything.texts(".at-round")
    assert page.one(".stages [aria-current]").text.startswith("All stages")


def test_a_stage_without_a_round_is_no_link_and_says_so(client, blank):
    topic = make_topic()
    make_agenda_item(make_round(101), topic=topic, stage="agenda")
    address = topic.get_absolute_url()
    assert get_page(client, address).one(".stages").links() == [
        f"{address}#said",
        "?stage=agenda#said",
    ]
    page = get_page(client, address, stage="statement")
    assert "No round is reported to have dealt with it at this stage." in page.section("said").text
    assert not get_page(client, make_topic().get_absolute_url()).has(".stages")


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
