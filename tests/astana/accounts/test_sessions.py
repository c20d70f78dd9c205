"""When a login ends by itself."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from astana.accounts import sessions

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")


@pytest.fixture
def wait(monkeypatch):
    """Lets hours pass for the sessions."""
    passed = [0.0]
    monkeypatch.setattr(sessions, "time", lambda: time.time() + passed[0])

    def let_pass(hours: float) -> None:
        passed[0] += hours * 3600

    return let_pass


def test_a_login_ends_after_a_pause(editor_client, wait):
    for _ in range(3):
        wait(7.5)
        assert editor_client.get(INDEX).status_code == 200
    wait(8.1)
    response = editor_client.get(reverse("admin:rounds_round_add"))
    following = reverse("admin:rounds_round_add")
    assert response.url == f"{reverse('admin:login')}?next={following}"


def test_a_login_ends_in_any_case_after_days(editor_client, wait):
    for _ in range(23):
        wait(7.3)
        assert editor_client.get(INDEX).status_code == 200
    wait(1)
    assert editor_client.get(INDEX).status_code == 302


def test_a_pause_is_no_pause_from_pages_of_readers(editor_client, wait):
    wait(7)
    editor_client.get("/about/")
    wait(7)
    assert editor_client.get(INDEX).status_code == 200


def test_what_a_page_asks_by_itself_keeps_nobody_logged_in(editor_client, wait, round_22):
    asked = {"model": "rounds.round", "key": round_22.pk}
    wait(5)
    assert editor_client.post(reverse("presence"), asked).status_code == 200
    wait(5)
    assert editor_client.post(reverse("presence"), asked).status_code == 302
    assert editor_client.get(INDEX).status_code == 302


def test_a_session_is_written_seldom_and_never_in_the_way(editor_client, wait, monkeypatch):
    saved = []
    save = SessionStore.save

    def count(self, must_create=False):
        saved.append(self.session_key)
        save(self, must_create)

    monkeypatch.setattr(SessionStore, "save", count)
    for _ in range(3):
        editor_client.get(INDEX)
    assert saved == []
    wait(0.1)
    editor_client.get(INDEX)
    assert len(saved) == 1

    def refuse(self, must_create=False):
        raise OperationalError

    monkeypatch.setattr(SessionStore, "save", refuse)
    wait(0.1)
    assert editor_client.get(INDEX).status_code == 200


def test_who_logs_in_deletes_what_is_over(editor, client):
    SessionStore().save(must_create=True)
    old = timezone.now() - timedelta(minutes=1)
    Session.objects.update(expire_date=old)
    client.force_login(editor)
    assert not Session.objects.filter(expire_date__lte=old).exists()


def test_another_password_ends_all_other_sessions(editor, editor_client, client):
    client.force_login(editor)
    new = "a long enough one"
    sent = {"old_password": "secret", "new_password1": new, "new_password2": new}
    response = editor_client.post(reverse("admin:password_change"), sent)
    assert response.url == reverse("admin:password_change_done")
    assert editor_client.get(INDEX).status_code == 200
    assert client.get(INDEX).status_code == 302


def test_a_closed_account_is_logged_out(editor, editor_client):
    editor.is_active = False
    editor.save()
    assert editor_client.get(INDEX).status_code == 302


def test_a_login_leaves_no_cookie_on_the_computer(editor, client):
    client.post(reverse("admin:login"), {"username": "editor", "password": "secret"})
    cookie = client.cookies["sessionid"]
    assert not cookie["expires"]
    assert not cookie["max-age"]
    assert cookie["httponly"]
