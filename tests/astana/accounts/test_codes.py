"""One-time codes: logging in by them, setting them up, losing the telephone."""

import time

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from astana.accounts import codes
from astana.accounts.audit import Entry
from tests.pages import page_of

pytestmark = pytest.mark.django_db

ROUNDS = reverse("admin:rounds_round_changelist")
CODE = reverse("code")
OWN = reverse("codes")


def code_of(key: str, step: int = 0) -> str:
    """What the app shows, now or some steps of 30 seconds later."""
    return f"{totp(bytes.fromhex(key), drift=step):06}"


@pytest.fixture
def key(editor) -> str:
    """The key of the editor, who has codes."""
    found = codes.new_key()
    TOTPDevice.objects.create(user=editor, key=found)
    return found


def client_at_the_code(following=ROUNDS, **who) -> Client:
    client = Client()
    data = {"username": "editor", "password": "secret", "next": following} | who
    response = client.post(reverse("admin:login"), data)
    assert (response.status_code, response.url) == (302, CODE)
    return client


def is_logged_in(client: Client) -> bool:
    return client.get(ROUNDS).status_code == 200


def told(action: str) -> list[tuple[str, str]]:
    rows = Entry.objects.filter(action=action).order_by("pk")
    return list(rows.values_list("subject", "detail"))


def test_a_password_alone_opens_nothing_where_there_are_codes(key):
    client = client_at_the_code()
    assert not is_logged_in(client)
    wrong = client.post(CODE, {"code": "000000"})
    assert "This code is wrong" in page_of(wrong).one(".errorlist").text
    assert not is_logged_in(client)
    assert told("login") == []
    assert told("failed") == [("editor", "with a code")]


def test_the_right_code_leads_to_where_one_wanted_to_go(key):
    client = client_at_the_code()
    right = code_of(key)
    response = client.post(CODE, {"code": f" {right[:3]} {right[3:]}"})
    assert (response.status_code, response.url) == (302, ROUNDS)
    assert is_logged_in(client)
    assert told("login") == [("", "with a code")]
    assert client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_a_code_leads_to_no_other_site(key):
    client = client_at_the_code("https://evil.example/")
    assert client.post(CODE, {"code": code_of(key)}).url == reverse("admin:index")


def test_no_code_counts_twice(key):
    used = code_of(key)
    assert client_at_the_code().post(CODE, {"code": used}).status_code == 302
    again = client_at_the_code().post(CODE, {"code": used})
    assert "was used before" in page_of(again).one(".errorlist").text


def test_after_a_wrong_code_none_is_looked_at_for_a_while(key):
    client = client_at_the_code()
    for _ in range(2):
        client.post(CODE, {"code": "000000"})
    refused = client.post(CODE, {"code": code_of(key)})
    assert "none is looked at for a while" in page_of(refused).one(".errorlist").text
    assert not is_logged_in(client)


def test_wrong_codes_lock_the_account_as_wrong_passwords_do(key, monkeypatch):
    client = client_at_the_code()
    monkeypatch.setattr(codes, "seconds_to_wait", lambda *whose: 0)
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post(CODE, {"code": "000000"})
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert client.post(CODE, {"code": code_of(key)}).status_code == 429
    assert not is_logged_in(client)
    other = {"username": "editor", "password": "secret"}
    assert Client().post(reverse("admin:login"), other).status_code == 429


@pytest.mark.parametrize("change", ["time", "password", "closed"])
def test_a_code_is_not_waited_for_when_things_changed(key, editor, change, monkeypatch):
    client = client_at_the_code()
    if change == "time":
        monkeypatch.setattr("astana.accounts.waiting.time", lambda: time.time() + 301)
    elif change == "password":
        editor.set_password("another")
        editor.save()
    else:
        User.objects.update(is_active=False)
    response = client.post(CODE, {"code": code_of(key)})
    assert (response.status_code, response.url) == (302, reverse("admin:login"))
    assert not is_logged_in(client)


def set_up(client: Client, address: str = OWN) -> list[str]:
    """Set codes up as a user does; the recovery codes."""
    client.get(address)
    page = page_of(client.post(address, {"code": code_of(client.session["new_key"])}))
    return page.texts(".recovery li")


def test_codes_are_set_up_on_a_page(editor, editor_client):
    elsewhere = Client()
    elsewhere.force_login(editor)
    page = page_of(editor_client.get(OWN))
    assert page.one(".key svg")
    assert page.one("a[href^='otpauth://totp/']").text == "open the app"
    wrong = page_of(editor_client.post(OWN, {"code": "000000"}))
    assert "no code of that key" in wrong.one(".errorlist").text
    assert not codes.are_set_up(editor)
    assert page_of(editor_client.get(OWN)).one("code").text == page.one("code").text
    assert len(set(set_up(editor_client))) == 10
    assert is_logged_in(editor_client)
    assert not is_logged_in(elsewhere)
    assert told("codes") == [("editor", "set up")]
    # The code that set them up is used.
    device = TOTPDevice.objects.get()
    assert not codes.check(editor, code_of(device.key))


def test_each_recovery_code_lets_in_once(editor, editor_client):
    recovery = set_up(editor_client)
    assert client_at_the_code().post(CODE, {"code": recovery[0].upper()}).status_code == 302
    assert client_at_the_code().post(CODE, {"code": recovery[0]}).status_code == 200
    StaticDevice.objects.update(throttling_failure_count=0)
    assert client_at_the_code().post(CODE, {"code": recovery[1]}).status_code == 302
    assert "8 recovery codes are left" in page_of(editor_client.get(OWN)).one(".account").text


def test_who_has_codes_changes_them_by_a_code(editor, editor_client):
    old = set_up(editor_client)
    assert editor_client.post(OWN, {"code": "000000", "forget": "x"}).status_code == 200
    assert codes.are_set_up(editor)
    TOTPDevice.objects.update(throttling_failure_count=0)
    page = page_of(editor_client.post(OWN, {"code": old[0], "recovery": "x"}))
    new = page.texts(".recovery li")
    assert len(new) == StaticToken.objects.count() == 10
    assert not {*old} & {*new}
    assert editor_client.post(OWN, {"code": new[0], "forget": "x"}).status_code == 302
    assert not codes.are_set_up(editor)
    assert not StaticToken.objects.exists()


@pytest.mark.parametrize("required", [["on"], ["Publishers", "Editors"]])
def test_who_needs_codes_sets_them_up_before_anything_else(
    editor, editor_client, settings, required
):
    settings.OTP_REQUIRED = required
    for address in (ROUNDS, "/", "/rounds/22/"):
        response = editor_client.get(address)
        assert (response.status_code, response.url.partition("?")[0]) == (302, OWN)
    assert editor_client.post(ROUNDS, {"action": "delete_selected"}).url.startswith(OWN)
    for open_ in (OWN, reverse("admin:password_change")):
        assert editor_client.get(open_).status_code == 200
    page = editor_client.get(f"{OWN}?next={ROUNDS}")
    key = editor_client.session["new_key"]
    assert f'name="next" value="{ROUNDS}"' in page.content.decode()
    done = page_of(editor_client.post(OWN, {"code": code_of(key), "next": ROUNDS}))
    assert done.one("a.button").attributes["href"] == ROUNDS
    assert is_logged_in(editor_client)
    assert Client().get("/").status_code == 200


def test_codes_are_required_of_those_who_are_named(editor, editor_client, admin_client, settings):
    settings.OTP_REQUIRED = ["Administrators"]
    assert is_logged_in(editor_client)
    assert admin_client.get(ROUNDS).url.startswith(OWN)


def test_a_session_from_before_the_codes_ends_where_they_are_required(
    editor, editor_client, key, settings
):
    settings.OTP_REQUIRED = ["on"]
    assert editor_client.get(ROUNDS).url.startswith(reverse("admin:login"))


def test_an_administrator_takes_away_the_codes_of_a_lost_telephone(
    editor, editor_client, administrator_client
):
    owner = User.objects.create_superuser("owner")
    TOTPDevice.objects.create(user=owner)
    set_up(editor_client)
    sent = {"action": "forget_codes", "_selected_action": [editor.pk, owner.pk]}
    page = page_of(
        administrator_client.post(reverse("admin:auth_user_changelist"), sent, follow=True)
    )
    assert page.texts(".messagelist li") == [
        "Editor logs in by password alone until they set codes up.",
        "Owner may do more than you: their codes stay.",
    ]
    assert codes.are_set_up(owner)
    assert not codes.are_set_up(editor)
    assert not is_logged_in(editor_client)
    assert told("codes")[-1] == ("editor", "taken away")


def test_an_operator_takes_them_away_too(key, editor):
    call_command("forget_codes", "editor")
    assert not codes.are_set_up(editor)
