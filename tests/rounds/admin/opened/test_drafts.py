"""What is typed is brought back without saving it, and the browser learns what was saved."""

import pytest
from django.test import Client

from rounds.changes import together
from rounds.models import Round, Term
from rounds.topics.models import Topic
from tests.addresses import admin_address
from tests.editors import Editor
from tests.factories import make_delegation, make_member, make_participant, make_person, make_round
from tests.forms import form_data
from tests.pages import page_of

pytestmark = pytest.mark.usefixtures("blank")


@pytest.fixture
def b() -> Editor:
    return Editor("Bob")


@pytest.fixture
@together()
def round_() -> Round:
    found = make_round(101, summary="As it was.")
    norway = make_delegation(found, participant=make_participant(name="Norway"))
    make_member(norway, person=make_person(name="Ola"), is_head=True)
    return found


def test_what_was_kept_comes_back_with_new_rows_and_is_not_saved(b, round_):
    b.open(round_)
    assert not b.save(
        _restore="1",
        _draft="abcdefgh12",
        summary="Half a sent",
        city="",
        outcomes__TOTAL_FORMS="1",
        outcomes__0__text="Of B.",
    )
    assert b.page.has(".opened .restored")
    assert not b.page.has(".errornote, .faults, .errorlist")
    assert b.form["_draft"] == ["abcdefgh12"]
    assert (b.form["summary"], b.form["outcomes-0-text"]) == (["Half a sent"], ["Of B."])
    round_.refresh_from_db()
    assert (round_.summary, round_.outcomes.count()) == ("As it was.", 0)
    assert "saved_drafts" not in b.client.cookies


def test_what_others_did_since_is_asked_when_it_comes_back(b, round_):
    b.open(round_)
    Round.objects.update(summary="Of A.")
    assert not b.save(_restore="1", summary="Of B.")
    assert b.chosen == {"Summary": ""}
    assert b.save(**{b.choice("Summary"): "mine"})


@pytest.mark.parametrize("model", [Round, Topic, Term])
def test_a_new_object_comes_back_too(b, model):
    b.client.get(admin_address(model, "add"))
    page = page_of(b.client.get(admin_address(model, "add")))
    form = form_data(page.one(f"#{model._meta.model_name}_form"))
    page = page_of(b.client.post(admin_address(model, "add"), form | {"_restore": ["1"]}))
    assert page.has(".opened .restored")
    assert not page.has(".faults, .errorlist")
    assert not model.objects.exists()


def test_the_browser_learns_which_drafts_are_saved(b, round_):
    for name in ("first00001", "second0002"):
        b.open(round_)
        assert b.save(_draft=name, summary=name)
    b.open(round_)
    assert b.save(_draft="no; name", summary="Another.")
    cookie = b.client.cookies["saved_drafts"]
    assert (cookie.value, cookie["path"]) == ("first00001.second0002", "/admin/")


def test_what_was_typed_of_something_deleted_can_be_added_anew(b, round_):
    b.open(round_)
    Round.objects.all().delete()
    assert not b.save(summary="Of B.", delegations__0__note="A note.")
    assert "Somebody has deleted this meanwhile." in b.page.text
    assert b.page.one(b.place).attributes["action"] == admin_address(Round, "add")
    b.address = admin_address(Round, "add")
    assert b.save()
    again = Round.objects.get()
    assert again.summary == "Of B."
    assert [str(one.person) for one in again.delegations.get(note="A note.").members.all()] == [
        "Ola"
    ]


def test_a_form_without_its_token_says_that_nothing_typed_is_lost(b, round_):
    b.client = Client(enforce_csrf_checks=True)
    response = b.client.post(admin_address(Round, "change", round_.pk), {"summary": "Of B."})
    assert response.status_code == 403
    assert "What you typed is not lost" in page_of(response).one("main").text
