"""What holds for every public page."""

import re

import html5lib
import pytest

from rounds.models import Round
from rounds.participants.models import Participant, Person
from rounds.sources.models import Source
from rounds.topics.models import Topic

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/?topic=hostages&stage=statement",
    "/?milestones=on&order=oldest",
    "/?topic=nothing&date_after=never&year=1999&unknown=1",
    "/?absent=lebanon&year=2018",
    *(f"/rounds/{number}/" for number in range(1, 23)),
    "/rounds/99/",
    "/no/such/page/",
]


@pytest.mark.parametrize("address", PAGES)
def test_html_is_valid(client, address):
    html = client.get(address).content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    for target in re.findall(r'href="#([^"]+)"', html):
        assert target in ids


@pytest.mark.parametrize("address", [*PAGES, "/healthz", "/rounds.xyz"])
def test_no_cookie_and_all_security_headers(client, address):
    response = client.get(address)
    assert response.cookies == {}
    policy = set(response.headers["Content-Security-Policy"].split("; "))
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= policy
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response.headers["Permissions-Policy"].startswith("camera=()")


@pytest.mark.parametrize("model", [Topic, Participant, Person, Source])
def test_every_object_has_its_page(client, model):
    for one in model.objects.all():
        response = client.get(one.get_absolute_url())
        assert response.status_code == 200, one.slug
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL).group(1)
        title = one.title if model is Source else str(one)
        assert title.split()[0].replace("'", "&#x27;").replace('"', "&quot;") in heading


def test_every_fact_is_at_most_three_clicks_away(client):
    reached, found = {"/"}, {"/"}
    for _click in range(3):
        pages = [client.get(address).content.decode() for address in sorted(found)]
        link = re.compile(r'href="(/(?:\?milestones=on)?[^"#?]*)["#]')
        links = {address for html in pages for address in link.findall(html)}
        found = {one for one in links - reached if not one.startswith(("/static/", "/sources/"))}
        reached |= links
    for model in (Round, Topic, Participant, Person):
        assert {one.get_absolute_url() for one in model.objects.all()} <= reached
    relations = [relation.name for relation in Source._meta.related_objects]
    for source in Source.objects.prefetch_related(*(f"{name}_set" for name in relations)):
        is_cited = any(getattr(source, f"{name}_set").all() for name in relations)
        assert source.get_absolute_url() in reached or not is_cited
