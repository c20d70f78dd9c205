"""A new password by mail."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings as site
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from astana.accounts import passwords
from astana.accounts.audit import Entry
from tests.pages import page_of

pytestmark = pytest.mark.django_db

FORGOTTEN = reverse("admin_password_reset")
SENT = reverse("password_reset_done")
LOGIN = reverse("admin:login")
NEW = "a long enough one"


@pytest.fixture(autouse=True)
def mail_works(settings, monkeypatch):
    settings.MAIL_WORKS = True
    monkeypatch.setattr(passwords, "in_background", lambda task: task())


def ask(address="editor@example.org", place="203.0.113.7"):
    client = Client(headers={"X-Forwarded-For": place})
    return client.post(FORGOTTEN, {"email": address})


def link() -> str:
    """The address in the last mail, without its host."""
    line = next(line for line in mail.outbox[-1].body.splitlines() if line.startswith("http"))
    return line.removeprefix("http://testserver")


def choose(address: str, password: str = NEW):
    """Follow a link and choose a password; the client and the answer."""
    client = Client()
    form = client.get(address)
    assert form.status_code == 302
    sent = {"new_password1": password, "new_password2": password}
    return client, client.post(form.url, sent)


def told() -> list[tuple[str, str]]:
    rows = Entry.objects.filter(action="password").order_by("pk")
    return list(rows.values_list("subject", "detail"))


def test_the_login_leads_there_and_back(client):
    page = page_of(client.get(LOGIN))
    assert FORGOTTEN in page.values("href", "a")
    assert LOGIN in page_of(client.get(FORGOTTEN)).values("href", "a")


def test_a_mail_leads_to_a_new_password_once(editor):
    elsewhere = Client()
    elsewhere.force_login(editor)
    assert ask("Editor@Example.org").url == SENT
    assert [one.to for one in mail.outbox] == [["editor@example.org"]]
    assert "for the account “editor”" in mail.outbox[0].body
    client, response = choose(link())
    assert response.url == reverse("password_reset_complete")
    assert User.objects.get(pk=editor.pk).check_password(NEW)
    assert not client.cookies["sessionid"].value
    # Nobody is logged in by a mail alone, and nobody stays so by the old password.
    for one in (client, elsewhere):
        assert one.get(reverse("admin:index")).status_code == 302
    assert "no longer good" in page_of(Client().get(link())).one("#content-main").text
    assert told() == [("editor", passwords.ASKED), ("editor", "has a new password")]


def test_a_link_ends_after_a_day(editor, monkeypatch):
    ask()
    later = PasswordResetTokenGenerator._now
    monkeypatch.setattr(
        PasswordResetTokenGenerator, "_now", lambda self: later(self) + timedelta(days=1, seconds=1)
    )
    assert "no longer good" in page_of(Client().get(link())).one("#content-main").text


@pytest.mark.parametrize("who", ["nobody@example.org", "closed@example.org", "reader@example.org"])
def test_the_answer_is_the_same_where_there_is_no_such_account(editor, who):
    User.objects.create_user("closed", "closed@example.org", "x", is_staff=True, is_active=False)
    User.objects.create_user("reader", "reader@example.org", "x")
    known, unknown = ask(), ask(who)
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 1
    assert told()[-1] == (passwords.NOBODY, passwords.ASKED)


def test_few_mails_go_to_an_account_in_an_hour_and_nobody_sees(editor):
    for number in range(6):
        assert ask(place=f"203.0.{number}.7").url == SENT
    assert len(mail.outbox) == passwords.MOST_MAILS


def test_who_asks_for_many_is_told_to_wait(editor):
    for number in range(passwords.MOST_TRIES):
        ask(f"guess-{number}@example.org")
    refused = ask()
    assert refused.status_code == 429
    assert "in an hour" in page_of(refused).one("#content-main").text
    assert mail.outbox == []
    assert ask(place="198.51.100.1").url == SENT


def test_a_mail_that_fails_tells_nobody(editor, monkeypatch, caplog):
    def fail(self):
        raise OSError("editor@example.org: no such mailbox")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    assert ask().url == SENT
    assert f"account {editor.pk} could not be mailed: OSError" in caplog.text
    assert "example.org" not in caplog.text


def test_without_a_mail_server_the_page_says_whom_to_ask(editor, settings):
    settings.MAIL_WORKS = False
    assert "Ask an administrator" in page_of(Client().get(FORGOTTEN)).one("#content-main").text
    assert ask().status_code == 200
    assert mail.outbox == []


def test_a_weak_password_is_refused_with_a_reason(editor):
    ask()
    _client, response = choose(link(), "12345678")
    assert "too common" in page_of(response).one(".errorlist").text


def test_who_reads_the_mail_is_let_in_again_but_not_past_the_codes(editor):
    for number in range(site.AXES_FAILURE_LIMIT):
        Client(headers={"X-Forwarded-For": f"192.0.2.{number}"}).post(
            LOGIN, {"username": "editor", "password": "wrong"}
        )
    TOTPDevice.objects.create(user=editor)
    ask()
    choose(link())
    assert not AccessAttempt.objects.exists()
    response = Client().post(LOGIN, {"username": "editor", "password": NEW})
    assert response.url == reverse("code")


def test_an_account_without_a_password_gets_its_first_one(editor):
    editor.set_unusable_password()
    editor.save()
    ask()
    choose(link())
    assert User.objects.get(pk=editor.pk).check_password(NEW)
