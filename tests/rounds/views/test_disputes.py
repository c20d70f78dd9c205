import pytest

from rounds.models import Dispute
from tests.pages import get_page

pytestmark = pytest.mark.django_db


def test_all_disputes_are_listed_by_round(client):
    page = get_page(client, "/disputes/")
    disputes = Dispute.objects.order_by("round__start", "number")
    assert page.one(".definition").text.startswith(f"{disputes.count()} disputes between sources")
    assert page.values("id", ".dispute") == [
        f"dispute-{one.round.number}-{one.number}" for one in disputes
    ]


def test_what_sources_disagree_on_about_round_16(client):
    round_16 = get_page(client, "/disputes/").one("#round-16")
    assert "Türkiye, head of delegation" in round_16.texts("h3")
    (head,) = [one for one in round_16.all(".dispute") if one.one("h3").text.startswith("Türkiye")]
    assert "Selçuk Ünal, Director General for Syria" in head.text
    assert "Kept Ünal: two independent reports from the meeting name him" in head.text
