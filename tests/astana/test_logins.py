"""Too many wrong passwords, and many who log in at once."""

import logging
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from astana import logins
from tests.pages import page_of

pytestmark = pytest.mark.django_db
LIMIT = settings.AXES_FAILURE_LIMIT


WRONG = "wrong"


def log_in(name="editor", password=WRONG, place="203.0.113.7", **options):
    data = {"username": name, "password": password}
    headers = {"X-Forwarded-For": place}
    return Client().post(reverse("admin:login"), data, headers=headers, **options)


def test_the_right_password_opens_nothing_after_many_wrong_ones(editor):
    statuses = [log_in().status_code for _ in range(120)]
    assert statuses == [200] * (LIMIT - 1) + [429] * (121 - LIMIT)
    response = log_in(password="secret")
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"
    assert "no-store" in response.headers["Cache-Control"]
    page = page_of(response)
    assert page.one("h1").text == "Too many wrong passwords"
    assert "Wait 15 minutes" in page.one("main").text
    assert not response.cookies


def test_an_account_is_locked_wherever_its_failures_come_from(editor):
    for number in range(LIMIT):
        log_in(place=f"203.0.113.{number}")
    assert log_in(password="secret", place="198.51.100.1").status_code == 429
    assert log_in(name="another", place="198.51.100.1").status_code == 200


def test_a_client_is_locked_whoever_it_tries_to_be(editor):
    for number in range(LIMIT):
        log_in(name=f"guess-{number}")
    assert log_in(password="secret").status_code == 429
    assert log_in(password="secret", place="198.51.100.1").status_code == 302


@pytest.mark.parametrize(
    "forged", ["192.0.2.{}, 203.0.113.7", "2001:db8::{}, 203.0.113.7", "nonsense {},203.0.113.7"]
)
def test_a_client_cannot_invent_its_address(editor, forged):
    for number in range(LIMIT):
        log_in(name=f"guess-{number}", place=forged.format(number))
    assert log_in(password="secret").status_code == 429


def test_a_client_who_is_no_proxy_cannot_say_where_it_is(editor):
    for number in range(LIMIT):
        log_in(f"guess-{number}", place=f"192.0.2.{number}", REMOTE_ADDR="198.51.100.9")
    response = log_in(password="secret", place="192.0.2.99", REMOTE_ADDR="198.51.100.9")
    assert response.status_code == 429


def test_a_client_has_one_network_of_ipv6(editor):
    for number in range(LIMIT):
        log_in(name=f"guess-{number}", place=f"2001:db8:1:2::{number:x}")
    assert log_in(password="secret", place="2001:db8:1:2:ffff::1").status_code == 429
    assert log_in(password="secret", place="2001:db8:1:3::1").status_code == 302


def test_a_lock_ends_whatever_is_tried_meanwhile(editor):
    for _ in range(LIMIT + 5):
        log_in()
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=15, seconds=1))
    assert log_in(password="secret").status_code == 302


def test_failures_are_logged_without_name_and_password(editor, caplog):
    with caplog.at_level(logging.WARNING):
        for _ in range(LIMIT):
            log_in(name="somebody", password="never-to-be-told")
    assert "Locking out a client in 203.0.113.0/24" in caplog.text
    assert "somebody" not in caplog.text
    assert "never-to-be-told" not in caplog.text
    assert not AccessAttempt.objects.filter(post_data__contains="never-to-be-told").exists()


def test_passwords_are_checked_one_at_a_time(editor, monkeypatch, tmp_path):
    monkeypatch.setattr(logins, "LOCK", tmp_path / "lock")
    (tmp_path / "lock").touch()
    monkeypatch.setattr(logins, "PATIENCE", 0.1)
    with logins.turn(0) as is_first:
        response = log_in(password="secret")
    assert is_first
    assert response.status_code == 503
    assert "Retry-After" in response.headers
    assert page_of(response).one("h1").text == "Many are logging in just now"
    assert log_in(password="secret").status_code == 302


@pytest.mark.parametrize("following", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_a_refused_address_leads_to_the_admin(editor, following):
    address = f"{reverse('admin:login')}?next={following}"
    data = {"username": "editor", "password": "secret", "next": following}
    response = Client().post(address, data)
    assert (response.status_code, response.url) == (302, reverse("admin:index"))


def test_an_address_of_ours_is_followed(editor):
    following = reverse("admin:rounds_round_changelist")
    data = {"username": "editor", "password": "secret", "next": following}
    assert Client().post(reverse("admin:login"), data).url == following
