"""What is disputed and what is missing."""

import re

import pytest

from rounds.models import Delegation, Round
from tests.factories import make_agenda_item, make_full_round
from tests.rounds.test_pages import text

pytestmark = pytest.mark.django_db


def section(html: str, title: str) -> str:
    return text(html.split(f'id="{title}"')[1].split("</section>")[0])


def test_all_disputes_are_listed_by_round(client):
    html = client.get("/disputes/").content.decode()
    assert "52 disputes between sources" in text(html)
    assert len(re.findall(r'<div class="dispute"', html)) == 52


def test_what_sources_disagree_on_about_round_16(client):
    html = client.get("/disputes/").content.decode()
    said = section(html, "round-16")
    assert "Türkiye, head of delegation" in said
    assert "Selçuk Ünal, Director General for Syria" in said
    assert "Kept Ünal: the MFA text was an announcement before the meeting" in said


def test_missing_heads_are_listed(client):
    html = client.get("/gaps/").content.decode()
    heads = html.split('id="heads"')[1].split("</section>")[0]
    links = re.findall(r'href="/rounds/(\d+)/#delegation-([^"]+)"', heads)
    missing = Delegation.objects.without_head().values_list("round__number", "participant__slug")
    assert sorted((int(number), slug) for number, slug in links) == sorted(missing)
    assert ("3", "syrian-opposition") not in links  # it stayed away, so no head is missing


def test_venues_and_documents_are_listed(client):
    html = client.get("/gaps/").content.decode()
    assert "Round 3 · Round 9" in section(html, "venues")
    assert html.split('id="documents"')[1].split("</section>")[0].count("#document-") == 6
    assert "232 sources have no date" in section(html, "undated")


def test_rounds_with_fewest_sources_come_first(client):
    html = client.get("/gaps/").content.decode()
    rows = re.findall(r'<tr><th scope="row"><a href="/rounds/(\d+)/">', html)
    assert rows[:2] == ["3", "15"]
    assert sorted(map(int, rows)) == list(range(1, 23))


def test_facts_on_one_source_are_counted(client):
    make_agenda_item(Round.objects.get(number=3))
    before = client.get("/gaps/").content.decode()
    row = before.split('href="/rounds/3/">Round 3</a></th>')[1].split("</tr>")[0]
    items = Round.objects.get(number=3).agendaitems.all()
    expected = sum(item.sources.count() == 1 for item in items)
    assert f"{expected} agenda items" in text(row)


def test_only_editors_get_links_to_mend(client, editor_client):
    assert "/admin/" not in client.get("/gaps/").content.decode()
    assert "/admin/rounds/delegation/" in editor_client.get("/gaps/").content.decode()


def test_gaps_of_a_draft_stay_hidden(client):
    make_full_round(23, publication="draft", venue="")
    html = client.get("/gaps/").content.decode()
    assert "/rounds/23/" not in html
    assert "/rounds/23/" not in client.get("/disputes/").content.decode()
