"""What stands in the audit list, who may read it, and when it goes."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from astana.accounts import audit
from astana.accounts.audit import Action, Entry
from tests.pages import page_of

pytestmark = pytest.mark.django_db
RIGHT = "secret"


def log_in(name="editor", password=RIGHT):
    data = {"username": name, "password": password}
    client = Client(headers={"X-Forwarded-For": "203.0.113.7"})
    client.post(reverse("admin:login"), data)
    return client


def lines():
    """Who did what to what, how, from the first on."""
    rows = Entry.objects.order_by("pk")
    return [(one.name, one.action, one.subject, one.detail) for one in rows]


@pytest.fixture
def nothing_yet(editor):
    Entry.objects.all().delete()


def test_logins_stand_there_without_what_was_typed(nothing_yet):
    log_in().post(reverse("admin:logout"))
    log_in(password="never-to-be-told")
    log_in(name="a password typed into the wrong field")
    assert lines() == [
        ("editor", "login", "", ""),
        ("editor", "logout", "", ""),
        ("", "failed", "editor", ""),
        ("", "failed", "no account of that name", ""),
    ]
    assert set(Entry.objects.values_list("network", flat=True)) == {"203.0.113.0/24"}


def test_a_lock_is_told_once(nothing_yet):
    for _ in range(settings.AXES_FAILURE_LIMIT + 3):
        log_in(password="wrong")
    told = [action for _name, action, *_rest in lines()]
    assert told.count("locked") == 1
    assert told.count("failed") == settings.AXES_FAILURE_LIMIT - 1


def test_who_tries_passwords_does_not_fill_the_list(nothing_yet, monkeypatch):
    monkeypatch.setattr(audit, "MOST_FAILURES", 3)
    for number in range(8):
        log_in(name=f"guess-{number}")
    assert len(lines()) == 3


def test_accounts_and_rights_stand_there_whatever_changed_them(nothing_yet):
    user = User.objects.create_user("novice")
    user.groups.add(Group.objects.get(name="Editors"))
    user.is_superuser = True
    user.save()
    user.user_permissions.add(Permission.objects.get(codename="delete_round"))
    user.user_permissions.clear()
    user.set_password("something new")
    user.save()
    Group.objects.get(name="Editors").user_set.clear()
    user.is_active = False
    user.save()
    user.delete()
    assert lines() == [
        ("", "account", "novice", "new"),
        ("", "rights", "novice", "added to Editors"),
        ("", "rights", "novice", "became a superuser"),
        ("", "rights", "novice", "may now: delete_round"),
        ("", "rights", "novice", "may no longer: delete_round"),
        ("", "password", "novice", "has a new password"),
        ("", "rights", "editor", "removed from Editors"),
        ("", "rights", "novice", "removed from Editors"),
        ("", "account", "novice", "may no longer log in"),
        ("", "account", "novice", "deleted"),
    ]


def test_what_the_admin_changes_has_a_name(admin_client, editor, nothing_yet):
    address = reverse("admin:auth_user_password_change", args=[editor.pk])
    password = "a long enough one"
    admin_client.post(address, {"password1": password, "password2": password})
    assert lines() == [("admin", "password", "editor", "has a new password")]


def test_a_note_outlasts_the_account_and_is_cut_to_fit(editor, round_22, nothing_yet):
    audit.note(editor, Action.PUBLISHED, round_22, "x" * 5000)
    editor.delete()
    entry = Entry.objects.get(action="published")
    assert (entry.name, entry.user, entry.subject) == ("editor", None, "Round 22")
    assert len(entry.detail) == 1000


def test_logins_go_after_a_season_and_the_rest_after_a_year(editor, nothing_yet):
    for action in (Action.LOGIN, Action.PUBLISHED):
        for days in (89, 91, 364, 366):
            entry = audit.note(editor, action, str(days))
            Entry.objects.filter(pk=entry.pk).update(at=now() - timedelta(days=days))
    audit.note(editor, Action.LOGOUT)
    assert [(action, subject) for _name, action, subject, _detail in lines()] == [
        ("login", "89"),
        ("published", "89"),
        ("published", "91"),
        ("published", "364"),
        ("logout", ""),
    ]


def test_the_list_is_read_and_never_written(admin_client, editor_client, nothing_yet):
    entry = audit.note(None, Action.MERGED, "Alexander Lavrentiev", "into Alexander Lavrentyev")
    address = reverse("admin:accounts_entry_changelist")
    page = page_of(admin_client.get(address, {"action": "merged"}))
    assert "into Alexander Lavrentyev" in page.one("#result_list").text
    assert editor_client.get(address).status_code == 403
    for name, arguments in (("add", []), ("delete", [entry.pk])):
        refused = admin_client.get(reverse(f"admin:accounts_entry_{name}", args=arguments))
        assert refused.status_code == 403
    change = reverse("admin:accounts_entry_change", args=[entry.pk])
    assert admin_client.get(change).status_code == 200
    assert admin_client.post(change, {"action": "login"}).status_code == 403
