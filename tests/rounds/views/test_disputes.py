import re

import pytest

from tests.pages import text

pytestmark = pytest.mark.django_db


def part(html: str, title: str) -> str:
    """The section below the title, as HTML."""
    return html.split(f'id="{title}"')[1].split("</section>")[0]


def section(html: str, title: str) -> str:
    return text(part(html, title))


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
