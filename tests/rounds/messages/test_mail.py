"""What readers report, by mail."""

import smtplib
import socket
from time import monotonic

import pytest
from django.core import mail

from rounds.messages import stamps
from rounds.models import Message
from tests.addresses import admin_address
from tests.forms import form_data
from tests.pages import get_page

pytestmark = pytest.mark.django_db
TO = ["desk@example.org", "second@example.org"]
TEXT = 'It says "5 < 6" & more.\nSecond line.'


@pytest.fixture(autouse=True)
def mailed(settings, monkeypatch):
    monkeypatch.setattr(stamps, "QUICKEST", -2)
    settings.REPORTS_TO = TO


def report(client, **fields: str) -> None:
    """Send the form for the second outcome of round 22."""
    page = get_page(client, "/report/", page="/rounds/22/", fact="outcome-2")
    form = form_data(page.one("form.message")) | {"text": [TEXT]}
    response = client.post("/report/", form | {name: [value] for name, value in fields.items()})
    assert response.status_code == 302


def test_editors_get_the_message_with_a_link_to_it(client):
    report(client, answer_to="reader@example.org")
    (sent,) = mail.outbox
    assert sent.subject == "Astana process tracker: a mistake reported on /rounds/22/#outcome-2"
    assert (sent.to, sent.reply_to) == (TO, ["reader@example.org"])
    quoted = "".join(f"> {line}\n" for line in TEXT.splitlines())
    assert sent.body.rstrip("\n").endswith(f"The reader wrote:\n{quoted}".rstrip("\n"))
    message = Message.objects.get()
    assert f"http://testserver{admin_address(Message, 'change', message.pk)}" in sent.body
    assert message.wording in sent.body
    assert sent.message()["Auto-Submitted"] == "auto-generated"


def test_without_an_address_nobody_is_answered(client):
    report(client)
    assert mail.outbox[0].reply_to == []
    assert "Answer to" not in mail.outbox[0].body


def test_without_an_operators_word_nothing_is_mailed(client, settings):
    settings.REPORTS_TO = []
    report(client)
    assert mail.outbox == []
    assert Message.objects.count() == 1


def test_what_is_sent_twice_is_mailed_once(client):
    report(client)
    report(client)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"answer_to": "a@example.org\r\nBcc: b@example.org"},
        {"answer_to": "a@example.org, b@example.org"},
        {"page": "/rounds/22/\r\nBcc: b@example.org"},
        {"fact": "outcome-2\r\nBcc: b@example.org"},
    ],
)
def test_no_field_becomes_a_header(client, fields):
    page = get_page(client, "/report/", page="/rounds/22/")
    form = form_data(page.one("form.message")) | {"text": [TEXT]}
    response = client.post("/report/", form | {name: [value] for name, value in fields.items()})
    assert response.status_code == 200
    assert (mail.outbox, Message.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPRecipientsRefused({})]
)
def test_mail_that_fails_loses_nothing(client, monkeypatch, caplog, error):
    def fail(*arguments, **options):
        raise error

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    report(client, answer_to="reader@example.org")
    message = Message.objects.get()
    assert message.text == TEXT
    assert f"The message {message.pk} could not be mailed." in caplog.text
    assert "reader@example.org" not in caplog.text


def test_a_server_that_says_nothing_keeps_nobody_waiting(client, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 0.3
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        began = monotonic()
        report(client)
    assert monotonic() - began < 10
    assert "could not be mailed" in caplog.text
    assert Message.objects.count() == 1
