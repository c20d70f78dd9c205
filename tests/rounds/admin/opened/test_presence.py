"""Who has the page of an object open is told to the others who have it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from rounds.models import Edition, OpenPage, Round
from rounds.wording.clock import clock
from tests.editors import Editor
from tests.factories import make_round

pytestmark = pytest.mark.usefixtures("blank")
ADDRESS = "/admin/open/"


@pytest.fixture
def a() -> Editor:
    return Editor("Aigul")


@pytest.fixture
def b() -> Editor:
    return Editor("Bob")


@pytest.fixture
def round_() -> Round:
    return make_round(101)


def tell(editor: Editor, round_: Round, **more: str) -> str:
    """What an editor is told who has the page of a round open."""
    data = {"model": "rounds.round", "key": str(round_.pk)} | more
    response = editor.client.post(ADDRESS, data)
    return response.json()["sentence"] if response.status_code == 200 else ""


def test_each_is_told_of_the_others(a, b, round_):
    other, edition = make_round(102), Edition.objects.get().number
    assert tell(a, round_) == ""
    since = clock(timezone.now())
    assert tell(b, round_) == (
        f"Aigul (since {since}) has this page open too. Whoever saves later sees both versions."
    )
    assert tell(a, round_).startswith("Bob (since ")
    assert tell(a, other) == ""
    tell(b, round_, leaves="yes")
    assert tell(a, round_) == ""
    assert Edition.objects.get().number == edition
    assert OpenPage.objects.count() == 2


def test_who_is_heard_of_no_more_is_forgotten_after_a_minute(a, b, round_):
    tell(a, round_)
    OpenPage.objects.update(heard=timezone.now() - timedelta(seconds=59))
    assert tell(b, round_)
    OpenPage.objects.update(heard=timezone.now() - timedelta(seconds=61))
    assert tell(b, round_) == ""
    assert OpenPage.objects.get().user.username == "Bob"


def test_only_who_may_see_the_page_is_told_and_noted(a, round_):
    tell(a, round_)
    staff, forger = Client(), Client(enforce_csrf_checks=True)
    staff.force_login(User.objects.create_user("stranger", is_staff=True))
    forger.force_login(User.objects.get(username="Aigul"))
    data = {"model": "rounds.round", "key": round_.pk}
    assert staff.post(ADDRESS, data).status_code in (403, 404)
    assert Client().post(ADDRESS, data).status_code == 302
    assert forger.post(ADDRESS, data).status_code == 403
    assert OpenPage.objects.count() == 1


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"model": "rounds.round", "key": "9" * 30},
        {"model": "rounds.round", "key": "x\0"},
        {"model": "auth.user", "key": "1"},
        {"model": "rounds.edition", "key": "1"},
        {"model": "x", "key": "1"},
    ],
)
def test_of_what_is_no_page_of_the_record_nothing_is_noted(a, data):
    assert a.client.post(ADDRESS, data).status_code == 404
    assert not OpenPage.objects.exists()


def test_a_new_token_is_given(a):
    assert len(a.client.get(ADDRESS).json()["token"]) > 30
