"""Calendars and feeds are kept as pages are, and answer whether they still hold."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rounds.models import Round

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/rounds.ics?year=2024",
    "/rounds/22.ics",
    "/rounds.atom",
    "/participants/iran/feed.atom",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_subscribed_to_is_kept_until_an_edit(client, raise_edition, address):
    first = client.get(address)
    with CaptureQueriesContext(connection) as found:
        again = client.get(address)
    assert len(found) == 1  # which edition it is
    assert again.content == first.content
    tag = {"If-None-Match": first.headers["ETag"]}
    same = client.get(address, headers=tag)
    assert (same.status_code, same.content) == (304, b"")
    head = client.head(address)
    assert (head.content, head.headers["Content-Length"]) == (b"", str(len(first.content)))
    Round.objects.filter(number=22).update(summary="Quokkas; were discussed.", city="Quokka")
    raise_edition()
    changed = client.get(address, headers=tag)
    assert changed.status_code == 200
    assert "Quokka" in changed.text
    assert changed.headers["ETag"] != first.headers["ETag"]
