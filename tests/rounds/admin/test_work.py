"""The first page of the admin: what waits for whom."""

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from rounds.models import Message, Round
from rounds.sources.link import Link
from rounds.sources.models import Source
from tests.addresses import admin_address
from tests.factories import make_round
from tests.pages import Part, get_page

pytestmark = pytest.mark.django_db


def piles(page: Part) -> dict[str, list[str]]:
    """What each pile holds, by its title."""
    sections = page.all(".piles section")
    return {part.one("h2").text: part.texts("li a") or part.texts("p") for part in sections}


def test_what_waits_is_shown_before_everything_that_is_edited(editor_client):
    make_round(101, publication="draft", city="Astana")
    make_round(102, publication="review", city="Sochi")
    Message.objects.create(page="/rounds/22/", text="The head is another.")
    dead = Source.objects.all()[0]
    Link.objects.create(
        key=dead.url_key, address=dead.url, state=Link.State.DEAD, checked_at=timezone.now()
    )
    found = piles(get_page(editor_client, "/admin/"))
    assert found["Drafts"] == ["Round 101, Astana"]
    assert found["In review"] == ["Round 102, Sochi"]
    assert found["Messages from readers"] == ["Message on /rounds/22/"]
    assert found["Links that died"] == [str(dead)]
    assert any("heads of delegations" in one for one in found["Not recorded yet"])


def test_what_was_changed_last_stands_once_with_who_did_it(editor_client, round_22):
    address = admin_address(Round, "changelist")
    for _ in range(2):
        editor_client.post(
            admin_address(Source, "add"),
            {
                "slug": "new",
                "title": "New",
                "publisher": "Agency",
                "published_precision": "day",
                "language": "en",
                "url": "https://example.org/new",
            },
        )
    page = get_page(editor_client, "/admin/")
    assert piles(page)["Last changes"] == ["Agency: New"]
    assert any("Addition by editor" in one for one in page.texts(".note"))
    assert address in page.links(".nouns a")


def test_who_sees_no_draft_sees_none_waiting(client):
    make_round(101, publication="draft")
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_round"))
    client.force_login(user)
    page = get_page(client, "/admin/")
    assert list(piles(page)) == ["Not recorded yet"]
    assert "Round 101" not in page.text


def test_queries_of_the_first_page_do_not_grow(editor_client, django_assert_num_queries):
    editor_client.get("/admin/")
    make_round(101, publication="draft")
    with django_assert_num_queries(17):
        editor_client.get("/admin/")
