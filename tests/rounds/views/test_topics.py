import re

import pytest

from rounds.models import AgendaItem
from tests.pages import text

pytestmark = pytest.mark.django_db


def words(client, address: str) -> str:
    return text(client.get(address).content.decode())


def test_topics_have_a_strip_of_the_rounds(client):
    html = client.get("/topics/").content.decode()
    idlib = html.split('id="topic-idlib"')[1].split("</article>")[0]
    assert "17 rounds" in text(idlib)
    assert len(re.findall(r"<li>", idlib)) == 22
    assert 'href="/rounds/22/#topic-idlib"' in idlib


def test_topic_tells_round_by_round_what_was_said(client):
    html = client.get("/topics/refugee-return/").content.decode()
    said = text(html)
    for item in AgendaItem.objects.filter(topic__slug="refugee-return"):
        assert item.note.replace("'", "&#x27;") in html
    assert "First Round 4 , 3–4 May 2017" in said
    assert "Last Round 22 , 11–12 November 2024" in said
    assert "Most often with" in said


def test_refugee_return_was_never_announced_without_being_stated(client):
    said = words(client, "/topics/refugee-return/")
    assert "Announced rounds 18–20, 22 Discussed rounds 4, 13, 16–17, 21–22" in said
    assert "Announced, but not in the statement no round" in said
    said = words(client, "/topics/covid-19/")
    assert re.search(r"Announced, but not in the statement (no round|rounds [\d, –]+)", said)


def test_topics_first_in_a_joint_statement_in_2023(client):
    html = client.get("/topics/").content.decode()
    found = {
        article.split('"')[0]
        for article in html.split('id="topic-')[1:]
        if re.search(r"First in a joint statement: round \d+, 2023", article)
    }
    assert found == {"normalisation", "earthquake"}
