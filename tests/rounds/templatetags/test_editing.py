"""The links to the admin, on every page with something that can be edited."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from rounds.models import Commitment, FixedTerm, Milestone, Round
from rounds.participants.models import Participant, Person
from rounds.sources.models import Source
from rounds.topics.models import Topic
from tests.addresses import PAGES, admin_address
from tests.factories import make_hidden_round, make_round
from tests.pages import Part, get_page

pytestmark = pytest.mark.django_db

KINDS = [Round, Topic, Participant, Person, Source, Commitment]


def to_admin(page: Part) -> list[str]:
    return page.links('a[href^="/admin/"]')


@pytest.mark.parametrize("model", KINDS)
def test_editors_find_the_form_of_what_a_page_shows(editor_client, model):
    one = model.objects.first()
    page = get_page(editor_client, one.get_absolute_url())
    address = admin_address(model, "change", one.pk)
    links = [link for link in to_admin(page) if f"/{model._meta.model_name}/" in link]
    assert links == [address]
    assert page.one(f'[href="{address}"]').text.startswith("edit ")
    assert editor_client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "model"),
    [("/?milestones=on", Milestone), ("/rounds/16/", Milestone), ("/glossary/", FixedTerm)],
)
def test_editors_find_the_form_of_each_thing_on_a_page_of_several(editor_client, address, model):
    page = get_page(editor_client, address)
    shown = [one for one in model.objects.all() if page.has(f'[id="{one.anchor}"]')]
    assert shown
    for one in shown:
        place = page.one(f'[id="{one.anchor}"]')
        assert to_admin(place) == [admin_address(model, "change", one.pk)]


@pytest.mark.parametrize("address", [*PAGES, "/gaps/"])
def test_visitors_find_no_way_to_the_admin(client, address):
    assert "/admin/" not in get_page(client, address).html


def test_who_may_edit_one_kind_finds_its_forms_alone():
    user = User.objects.create_user("topics", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_topic"))
    client = Client()
    client.force_login(user)
    assert to_admin(get_page(client, "/topics/idlib/"))
    assert not to_admin(get_page(client, "/rounds/16/"))
    user.is_staff = False
    user.save()
    assert not to_admin(get_page(client, "/topics/idlib/"))


@pytest.mark.parametrize(
    ("publication", "said"),
    [
        ("draft", "Draft. This round is not published. Only editors see it. edit Round 101"),
        ("review", "In review. This round is not published. Only editors see it. edit Round 101"),
        ("published", "Published. edit Round 101"),
    ],
)
def test_editors_see_the_state_of_a_round(editor_client, publication, said):
    make_round(101, publication=publication)
    assert said in get_page(editor_client, "/rounds/101/").texts("main > p")


def test_who_sees_drafts_but_may_not_edit_them_gets_no_link():
    make_hidden_round()
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_unpublished_round"))
    client = Client()
    client.force_login(user)
    page = get_page(client, "/rounds/101/")
    assert page.one(".banner").text.endswith("Only editors see it.")
    assert not to_admin(page)
    assert not get_page(client, "/rounds/16/").has("main > p")
