"""How a reader reports a mistake."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import InternalError, OperationalError
from django.test import Client
from django.utils import timezone

from rounds.messages import forms, stamps
from rounds.models import Edition, Message
from tests.factories import make_hidden_round, make_message
from tests.forms import form_data
from tests.pages import Part, assert_valid, get_page, page_of

pytestmark = pytest.mark.django_db
FORM = "form.message"
TEXT = "Lavrentyev led the delegation.\nSee https://example.org/report"


@pytest.fixture(autouse=True)
def nobody_hurries(monkeypatch):
    """A form can be sent at once; a test that wants otherwise says so."""
    monkeypatch.setattr(stamps, "QUICKEST", -2)


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True)


def opened(client: Client, **query: str) -> dict[str, list[str]]:
    """What a browser would send of the form as it is opened."""
    return form_data(get_page(client, "/report/", **query).one(FORM))


def sent(client: Client, form: dict[str, list[str]], status: int = 200, **fields: str) -> Part:
    """The page after the form was sent with some fields changed."""
    data = form | {name: [value] for name, value in fields.items()}
    response = client.post("/report/", data)
    assert response.status_code == status
    assert response.cookies == {}
    assert response.headers["Cache-Control"] == "private, no-store"
    if status != 302:
        assert_valid(response)
    return page_of(response)


def problems(page: Part) -> list[str]:
    return page.texts(".error-summary li")


def test_every_page_leads_to_the_form_for_it(client):
    for address in ("/", "/rounds/22/", "/topics/hostages/?q=1", "/search/?q=syria"):
        link = get_page(client, address).one("footer .report a")
        assert link.attributes["href"] == f"/report/?page={address.partition('?')[0]}"
        assert link.attributes["rel"] == "nofollow"
    assert not get_page(client, "/report/").has("footer .report")


def test_a_message_is_kept_with_its_page_and_fact(client):
    form = opened(client, page="/rounds/22/", fact="outcome-2")
    assert form["fact"] == ["outcome-2"]
    edition = Edition.objects.get().token
    response = client.post("/report/", form | {"text": [TEXT], "answer_to": ["a@example.org"]})
    assert response.status_code == 302
    assert response.headers["Location"] == "/report/thanks/?page=%2Frounds%2F22%2F"
    message = Message.objects.get()
    assert (message.page, message.fact, message.text) == ("/rounds/22/", "outcome-2", TEXT)
    assert (
        message.wording
        == "Next round: A 23rd meeting was agreed for Astana in the first half of 2025."
    )
    assert (message.answer_to, message.state) == ("a@example.org", "new")
    assert timezone.now() - message.received < timedelta(minutes=1)
    assert Edition.objects.get().token == edition
    page = get_page(client, response.headers["Location"])
    assert page.one("h1").text == "Thank you"
    assert page.links("main p a") == ["/rounds/22/"]


def test_the_page_as_a_whole_comes_first_and_a_page_without_facts_has_no_choice(client):
    page = get_page(client, "/report/", page="/rounds/22/")
    assert page.texts("#id_fact option")[0] == "The page as a whole"
    assert page.values("label", "#id_fact optgroup")[:2] == ["Sessions", "Agenda items"]
    assert not get_page(client, "/report/", page="/topics/").has("#id_fact")
    sent(client, opened(client, page="/topics/"), 302, text=TEXT)
    assert (Message.objects.get().page, Message.objects.get().fact) == ("/topics/", "")


@pytest.mark.parametrize("fact", ["", "main-content", "outcome-99", "<b>", "%00", "x" * 5000])
def test_an_unknown_fact_is_the_page_as_a_whole(client, fact):
    page = get_page(client, "/report/", page="/rounds/22/", fact=fact)
    assert form_data(page.one(FORM))["fact"] in ([], [""])
    assert fact == "" or fact not in page.one("main").html


@pytest.mark.parametrize(
    "path", ["//example.org/", "https://example.org/", "/no/such/page/", "/admin/"]
)
def test_another_address_is_refused_and_not_repeated(client, path):
    page = get_page(client, "/report/", page=path)
    assert "names no page of this site that everybody may see" in page.one(".notice").text
    assert path not in page.one("main").html
    assert form_data(page.one(FORM))["page"] == [""]
    thanks = get_page(client, "/report/thanks/", page=path)
    assert thanks.links("main p a") == ["/"]


def test_that_a_draft_is_there_is_not_said(client, editor_client):
    make_hidden_round()
    for one in (client, editor_client):
        pages = [get_page(one, "/report/", page=f"/rounds/{number}/") for number in (101, 103)]
        assert pages[0].one("main").text == pages[1].one("main").text
        found = [form_data(page.one(FORM)) for page in pages]
        assert [form["page"] for form in found] == [[""], [""]]


def test_what_is_withdrawn_meanwhile_is_said_and_nothing_is_lost(client, round_22):
    form = opened(client, page="/rounds/22/", fact="outcome-2")
    round_22.publication = "draft"
    round_22.save()
    page = sent(client, form, text=TEXT)
    assert any("not public, or no longer" in one for one in problems(page))
    again = form_data(page.one(FORM))
    assert (again["text"], again["page"]) == ([TEXT], [""])
    sent(client, again, 302)
    assert (Message.objects.get().page, Message.objects.get().wording) == ("", "")


def test_a_fact_that_is_gone_meanwhile_is_chosen_again(client, round_22):
    form = opened(client, page="/rounds/22/", fact="outcome-2")
    round_22.outcomes.get(number=2).delete()
    page = sent(client, form, text=TEXT)
    assert problems(page) == ["This is no longer on the page. Choose again what it is about."]
    assert page.links(".error-summary a") == ["#id_fact"]
    sent(client, form_data(page.one(FORM)), 302)
    assert Message.objects.get().fact == ""


def test_what_is_wrong_is_said_on_top_and_beside_the_field(client):
    form = opened(client, page="/rounds/22/")
    page = sent(client, form, text=" ", answer_to="nobody")
    assert page.one("title").text.startswith("Not sent yet · Report a mistake")
    assert page.links(".error-summary a") == ["#id_text", "#id_answer_to"]
    assert problems(page) == page.texts(".field .error")
    for name in ("text", "answer_to"):
        field = page.one(f"#id_{name}").attributes
        assert field["aria-invalid"] == "true"
        assert f"id_{name}_error" in field["aria-describedby"].split()
    assert page.one("#id_answer_to").attributes["value"] == "nobody"
    assert not Message.objects.exists()


def test_a_text_has_a_longest_which_counts_lines_as_browsers_do(client):
    form = opened(client)
    page = sent(client, form, text="x" * (forms.LONGEST + 1))
    assert "4001 characters, and at most 4000" in problems(page)[0]
    assert form_data(page.one(FORM))["text"] == ["x" * (forms.LONGEST + 1)]
    sent(client, form, 302, text="x\r\n" * (forms.LONGEST // 2 - 1) + "xx")
    assert len(Message.objects.get().text) == forms.LONGEST
    assert get_page(client, "/report/").one("#id_text").attributes["maxlength"] == "4000"


def test_who_fills_in_what_nobody_sees_is_asked_again(client):
    form = opened(client)
    trap = get_page(client, "/report/").one(".trap input").attributes
    assert (trap["name"], trap["tabindex"], trap["autocomplete"]) == ("website", "-1", "off")
    page = sent(client, form, text=TEXT, website="https://example.org/")
    assert "stays empty" in problems(page)[0]
    again = form_data(page.one(FORM))
    assert (again["website"], again["text"]) == ([""], [TEXT])
    sent(client, again, 302)


def test_who_is_too_quick_may_send_the_same_later(client, monkeypatch):
    monkeypatch.setattr(stamps, "QUICKEST", 60)
    page = sent(client, opened(client), text=TEXT)
    assert "Wait a few seconds" in problems(page)[0]
    monkeypatch.setattr(stamps, "QUICKEST", -2)
    sent(client, form_data(page.one(FORM)), 302)
    assert Message.objects.get().text == TEXT


def test_a_form_that_lay_open_for_long_is_given_anew(client, monkeypatch):
    form = opened(client)
    with monkeypatch.context() as patch:
        patch.setattr(stamps, "OLDEST", -2)
        page = sent(client, form, text=TEXT)
    assert "open for more than a day" in problems(page)[0]
    sent(client, form_data(page.one(FORM)), 302)
    assert Message.objects.get().text == TEXT


@pytest.mark.parametrize(
    "stamp",
    ["", "form", "form:1xWZ1J:forged", signing.TimestampSigner(salt="other").sign("form"), "\0"],
    ids=["none", "no sign", "forged", "of another page", "no text"],
)
def test_a_form_of_another_hand_is_given_anew(client, stamp):
    page = sent(client, opened(client), text=TEXT, stamp=stamp)
    assert "not given out by this site" in problems(page)[0]
    assert form_data(page.one(FORM))["text"] == [TEXT]
    sent(client, form_data(page.one(FORM)), 302)


@pytest.mark.parametrize(
    ("headers", "is_kept"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Origin": "http://testserver:8000"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"}, False),
        ({"Origin": "https://example.org"}, False),
        ({"Origin": "http://["}, False),
    ],
)
def test_a_form_on_another_site_sends_nothing(client, headers, is_kept):
    response = client.post("/report/", opened(client) | {"text": [TEXT]}, headers=headers)
    assert response.status_code == (302 if is_kept else 200)
    assert Message.objects.exists() == is_kept
    if not is_kept:
        assert "came from another site" in problems(page_of(response))[0]
        assert form_data(page_of(response).one(FORM))["text"] == [TEXT]


def test_the_same_sent_twice_is_kept_once(client):
    form = opened(client, page="/rounds/22/")
    for _ in range(2):
        sent(client, form, 302, text=TEXT)
    sent(client, form, 302, text="Another.")
    sent(client, form, 302, text="Another.", answer_to="a@example.org")
    assert Message.objects.count() == 3


def test_the_site_takes_so_many_messages_an_hour_and_no_more(client, monkeypatch):
    monkeypatch.setattr(forms, "MOST", 2)
    make_message(received=timezone.now() - forms.PERIOD)
    make_message(text="One.", received=timezone.now() - forms.PERIOD / 2)
    sent(client, opened(client), 302, text="Two.")
    page = sent(client, opened(client), 429, text="Three.")
    assert "send it again in a while" in problems(page)[0]
    assert form_data(page.one(FORM))["text"] == ["Three."]
    Message.objects.filter(text="One.").delete()
    sent(client, form_data(page.one(FORM)), 302)


@pytest.mark.parametrize("error", [OperationalError("disk is full"), InternalError("read-only")])
def test_what_the_database_does_not_take_can_be_sent_again(client, monkeypatch, error):
    def refuse(*arguments, **options):
        raise error

    form = opened(client, page="/rounds/22/", fact="outcome-2") | {"text": [TEXT]}
    with monkeypatch.context() as patch:
        patch.setattr(Message, "save", refuse)
        response = client.post("/report/", form)
    assert (response.status_code, response.cookies) == (503, {})
    page = page_of(response)
    assert "Nothing was lost" in page.text
    assert not page.has("footer .report")
    again = form_data(page.one("form[method=post]"))
    assert client.post("/report/", again).status_code == 302
    assert (Message.objects.get().text, Message.objects.get().fact) == (TEXT, "outcome-2")


def test_a_reader_with_a_session_writes_as_everybody(editor_client, editor):
    sent(editor_client, opened(editor_client, page="/rounds/22/"), 302, text=TEXT)
    assert editor.username not in str(Message.objects.values().get())


def test_other_methods_are_refused(client):
    for address in ("/report/", "/report/thanks/"):
        for method in ("put", "delete", "patch"):
            assert getattr(client, method)(address).status_code in (403, 405)
    assert client.head("/report/").status_code == 200
    assert not Message.objects.exists()
