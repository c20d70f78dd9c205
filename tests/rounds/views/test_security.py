"""Whom to tell of a weakness of the site (RFC 9116)."""

from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.django_db

ADDRESS = "/.well-known/security.txt"


@pytest.mark.parametrize(
    ("email", "url", "contact"),
    [
        ("a+b@example.org", "https://example.org/", "mailto:a+b@example.org"),
        ("", "https://example.org/contact", "https://example.org/contact"),
    ],
)
def test_a_weakness_is_told_to_the_operator(client, settings, email, url, contact):
    settings.OPERATOR = {"name": "A paper", "email": email, "url": url}
    response = client.get(ADDRESS)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    fields = dict(line.split(": ", 1) for line in lines)
    assert len(fields) == len(lines)
    assert fields["Contact"] == contact
    assert fields["Canonical"] == f"http://testserver{ADDRESS}"
    assert fields["Preferred-Languages"] == "en"
    ahead = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    # Longer than anybody keeps the page, also while the application is away.
    assert timedelta(days=60) < ahead < timedelta(days=365)


@pytest.mark.parametrize("url", ["", "http://example.org/"])
def test_nobody_is_named_without_a_contact(client, settings, url):
    settings.OPERATOR = {"name": "A paper", "email": "", "url": url}
    assert client.get(ADDRESS).status_code == 404
