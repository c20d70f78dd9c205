import pytest
from django.db import InternalError, OperationalError, connection
from django.test import Client

from rounds.models import Milestone
from tests.addresses import admin_address
from tests.forms import form_data
from tests.pages import get_page, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def address() -> str:
    return admin_address(Milestone, "change", Milestone.objects.all()[0].pk)


@pytest.fixture(params=[OperationalError("disk is full"), InternalError("read-only")])
def nothing_can_be_saved(monkeypatch, request):
    def refuse(*arguments, **options):
        raise request.param

    with monkeypatch.context() as patch:
        patch.setattr(Milestone, "save", refuse)
        yield patch


def test_what_could_not_be_saved_can_be_sent_again(editor_client, address, nothing_can_be_saved):
    form = form_data(get_page(editor_client, address).one("#milestone_form"))
    del form["csrfmiddlewaretoken"]
    form |= {"text": ['\nA first line,\n<b>and "another"</b>'], "_continue": ["Save"]}
    response = editor_client.post(address, form)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    page = page_of(response)
    assert "Nothing was lost" in page.text
    again = form_data(page.one("form[method=post]"))
    del again["csrfmiddlewaretoken"]
    assert again == {name: values for name, values in form.items() if values}
    nothing_can_be_saved.undo()
    assert editor_client.post(address, again).status_code == 302
    assert "another" in Milestone.objects.get(pk=address.split("/")[-3]).text


def test_a_password_is_not_sent_back(client, monkeypatch):
    def refuse(*arguments, **options):
        raise OperationalError("disk is full")

    monkeypatch.setattr("django.contrib.auth.models.User.check_password", refuse)
    Client().get("/admin/login/")
    response = client.post("/admin/login/", {"username": "chief", "password": "sesame"})
    assert response.status_code in (200, 503)
    assert b"sesame" not in response.content


def test_a_fault_in_the_code_is_not_called_a_fault_of_the_database(
    editor_client, address, monkeypatch
):
    def fail(*arguments, **options):
        raise RuntimeError("a fault")

    form = form_data(get_page(editor_client, address).one("#milestone_form"))
    form["text"] = ["Another."]
    monkeypatch.setattr(Milestone, "save", fail)
    with pytest.raises(RuntimeError, match="a fault"):
        editor_client.post(address, form | {"text": ["Another text"]})


def test_what_was_entered_is_kept_while_the_database_is_away(editor_client, address, monkeypatch):
    form = form_data(get_page(editor_client, address).one("#milestone_form"))

    def refuse(*arguments, **options):
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        response = editor_client.post(address, form | {"text": ["A long text"]})
    assert response.status_code == 503
    assert form_data(page_of(response).one("form[method=post]"))["text"] == ["A long text"]
