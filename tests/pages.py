"""What a page says."""

import re

from django.test import Client

from tests.pages import markup


def text(html: str) -> str:
    """What the page says, without tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def numbers(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'<article class="round" id="round-(\d+)"', html)]


def search(client: Client, query: str, **more: str) -> str:
    response = client.get("/search/", {"q": query, **more})
    assert response.status_code == 200
    return markup(response)


def kinds(html: str) -> dict[str, int]:
    """How many hits there are of each kind, in the order of the page."""
    found = re.findall(r'<h2 id="kind-([a-z]+)">[^<]*<span class="count">(\d+)</span>', html)
    return {kind: int(total) for kind, total in found}


def addresses(html: str, kind: str) -> list[str]:
    section = html.split(f'<h2 id="kind-{kind}">')[1].split("</section>")[0]
    return re.findall(r'<a class="hit" href="([^"]+)"', section)
