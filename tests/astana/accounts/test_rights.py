"""Who manages accounts gives nobody more than they have."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from astana.accounts.models import Entry
from rounds.models import Change
from tests.factories import make_commitment, make_round
from tests.pages import page_of

pytestmark = pytest.mark.django_db


def screen(user, name="change"):
    return reverse(f"admin:auth_user_{name}", args=[user.pk])


def group(name):
    return Group.objects.get(name=name)


def everything(user):
    """What a form could be made to send for an account."""
    return {
        "username": user.username,
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "groups": list(Group.objects.values_list("pk", flat=True)),
        "user_permissions": list(Permission.objects.values_list("pk", flat=True)),
    }


@pytest.fixture
def wardens():
    """A group with a right that administrators do not have."""
    found = Group.objects.create(name="Wardens")
    found.permissions.add(Permission.objects.get(codename="delete_user"))
    return found


def test_an_administrator_makes_an_account_that_may_enter_the_admin(administrator_client):
    data = {"username": "novice", "email": "novice@example.org", "usable_password": "true"}
    data |= {"password1": "a long enough one", "password2": "a long enough one"}
    data |= {"groups": [group("Publishers").pk], "is_superuser": "on"}
    response = administrator_client.post(reverse("admin:auth_user_add"), data)
    assert response.status_code == 302
    novice = User.objects.get(username="novice")
    assert (novice.is_staff, novice.is_superuser) == (True, False)
    assert [one.name for one in novice.groups.all()] == ["Publishers"]
    assert novice.email == "novice@example.org"


def test_an_administrator_gives_no_right_that_they_have_not(administrator_client, editor, wardens):
    page = page_of(administrator_client.get(screen(editor)))
    offered = page.texts("#id_groups label")
    assert offered == ["Administrators", "Editors", "Publishers"]
    assert not page.all("[name=is_superuser], [name=user_permissions], [name=is_staff]")
    refused = administrator_client.post(screen(editor), everything(editor))
    assert "not one of the available choices" in page_of(refused).one(".errorlist").text
    some = everything(editor) | {"groups": [group("Publishers").pk]}
    assert administrator_client.post(screen(editor), some).status_code == 302
    editor = User.objects.get(pk=editor.pk)
    assert [one.name for one in editor.groups.all()] == ["Publishers"]
    assert not editor.is_superuser
    assert not editor.user_permissions.exists()


def test_an_administrator_neither_raises_nor_locks_out_themselves(
    administrator, administrator_client, wardens
):
    sent = everything(administrator) | {"is_active": "", "groups": []}
    assert administrator_client.post(screen(administrator), sent).status_code == 302
    same = User.objects.get(pk=administrator.pk)
    assert (same.is_active, same.is_superuser) == (True, False)
    assert [one.name for one in same.groups.all()] == ["Administrators"]


@pytest.mark.parametrize("is_active", [True, False])
def test_an_administrator_does_not_touch_who_may_do_more(administrator_client, wardens, is_active):
    owner = User.objects.create_superuser("owner", password="secret", is_active=is_active)
    warden = User.objects.create_user("warden", is_staff=True, is_active=is_active)
    warden.groups.add(wardens)
    deleter = User.objects.create_user("deleter", is_active=is_active)
    deleter.user_permissions.add(Permission.objects.get(codename="delete_group"))
    for user in (owner, warden, deleter):
        assert administrator_client.get(screen(user)).status_code == 200
        assert administrator_client.post(screen(user), everything(user)).status_code == 403
        address = reverse("admin:auth_user_password_change", args=[user.pk])
        password = {"password1": "a long enough one", "password2": "a long enough one"}
        assert administrator_client.post(address, password).status_code == 403
        assert administrator_client.post(screen(user, "delete"), {"post": "yes"}).status_code == 403
    assert User.objects.get(pk=owner.pk).check_password("secret")


def test_no_group_is_changed_by_an_administrator_whatever_they_were_given(
    administrator, administrator_client
):
    given = Permission.objects.filter(content_type__app_label="auth")
    administrator.user_permissions.add(*given)
    address = reverse("admin:auth_group_change", args=[group("Editors").pk])
    assert administrator_client.get(address).status_code == 200
    assert administrator_client.post(address, {"name": "Mine"}).status_code == 403
    assert administrator_client.get(reverse("admin:auth_group_add")).status_code == 403


def test_an_administrator_ends_a_lock(administrator_client, editor):
    login = reverse("admin:login")
    for number in range(settings.AXES_FAILURE_LIMIT):
        Client(headers={"X-Forwarded-For": f"203.0.113.{number}"}).post(
            login, {"username": "editor", "password": "wrong"}
        )
    right = {"username": "editor", "password": "secret"}
    assert Client().post(login, right).status_code == 429
    sent = {"action": "end_locks", "_selected_action": [editor.pk]}
    administrator_client.post(reverse("admin:auth_user_changelist"), sent)
    assert Client().post(login, right).status_code == 302


def test_a_page_that_is_public_is_withdrawn_by_publishers(
    editor_client, publisher_client, round_22
):
    address = reverse("admin:rounds_round_delete", args=[round_22.pk])
    chosen = {"action": "delete_selected", "_selected_action": [round_22.pk], "post": "yes"}
    rounds = reverse("admin:rounds_round_changelist")
    assert editor_client.post(address, {"post": "yes"}).status_code == 403
    assert editor_client.post(rounds, chosen).status_code == 403
    assert publisher_client.get(address).status_code == 200


def test_no_way_back_withdraws_a_public_page_for_an_editor(editor_client, publisher_client):
    round_ = make_round(101)
    until = Change.objects.latest("pk").pk
    commitment = make_commitment(round_)
    address = reverse("restore", args=["rounds", "round", round_.pk, until])
    assert editor_client.post(address).status_code == 403
    assert type(commitment).objects.filter(pk=commitment.pk).exists()
    assert publisher_client.post(address, {"reason": "It was too much."}).status_code == 302
    assert not type(commitment).objects.filter(pk=commitment.pk).exists()
    entry = Entry.objects.get(action="restored")
    assert (entry.name, entry.subject) == ("publisher", "Round 101")
