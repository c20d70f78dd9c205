import pytest

from rounds.models import AgendaItem
from tests.pages import get_page

pytestmark = pytest.mark.django_db


def test_topics_have_a_strip_of_the_rounds(client):
    idlib = get_page(client, "/topics/").one("#topic-idlib")
    assert idlib.one("h3 .count").text == "17 rounds"
    assert len(idlib.all(".strip li")) == 22
    assert "/rounds/22/#topic-idlib" in idlib.links(".strip a")


def test_topic_tells_round_by_round_what_was_said(client):
    page = get_page(client, "/topics/refugee-return/")
    for item in AgendaItem.objects.filter(topic__slug="refugee-return"):
        assert item.note in page.one(f"#round-{item.round.number}").text
    facts = page.one(".facts").facts
    assert facts["First"] == "Round 4, 3–4 May 2017"
    assert facts["Last"] == "Round 22, 11–12 November 2024"
    assert "Most often with" in facts


def test_refugee_return_was_never_announced_without_being_stated(client):
    facts = get_page(client, "/topics/refugee-return/").one(".facts").facts
    assert facts["Announced"] == "rounds 18–20, 22"
    assert facts["Discussed"] == "rounds 4, 13, 16–17, 21–22"
    assert facts["Announced, but not in the statement"] == "no round"


def test_topics_first_in_a_joint_statement_in_2023(client):
    topics = get_page(client, "/topics/").all("article.subject")
    found = {
        topic.attributes["id"]
        for topic in topics
        for remark in topic.texts(".remark")
        if remark.startswith("First in a joint statement: round ") and remark.endswith(", 2023")
    }
    assert found == {"topic-normalisation", "topic-earthquake"}
