"""What each group may do, and how groups of sites from before come to it."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from rounds.access import EDITED_APPS
from rounds.groups import Groups

# Who may do what hangs on no record, whose index each migration would write.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]
WORDS = {"view", "add", "change", "delete"}  # of permissions that editors have


def group(name: str) -> Group:
    return Group.objects.get(name=name)


def rights(name: str) -> set[str]:
    """The permissions of a group, with their apps."""
    rows = group(name).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def of_record() -> set[str]:
    found = Permission.objects.filter(content_type__app_label__in=EDITED_APPS)
    rows = found.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def migrate() -> None:
    call_command("migrate", verbosity=0)


def test_each_group_has_exactly_its_rights():
    special = {one for one in of_record() if one.split(".")[1].split("_")[0] not in WORDS}
    assert "rounds.publish_round" in special
    assert rights("Editors") == of_record() - special
    assert rights("Publishers") == of_record()
    assert rights("Administrators") - rights("Publishers") == {
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "auth.view_group",
        "accounts.view_entry",
    }
    assert rights("Administrators") > rights("Publishers")


def test_a_missing_group_is_made_anew():
    for name in ("Editors", "Publishers"):
        had = rights(name)
        group(name).delete()
        Groups().after_migrate(using="default")
        assert rights(name) == had


def test_migrate_gives_back_no_permission_that_was_taken():
    for name in ("Editors", "Publishers", "Administrators"):
        taken = group(name).permissions.filter(codename__startswith="delete_")
        group(name).permissions.remove(*taken)
    migrate()
    for name in ("Editors", "Publishers", "Administrators"):
        assert not any(".delete_" in right for right in rights(name))


def test_migrate_gives_each_group_what_is_its_own_of_new_models():
    had = {name: rights(name) for name in ("Editors", "Publishers", "Administrators")}
    # As in a database from before there were disputes, publishing and the audit list.
    Permission.objects.filter(content_type__model__in=("dispute", "entry")).delete()
    Permission.objects.filter(codename="publish_round").delete()
    assert all(rights(name) < had[name] for name in had)
    migrate()
    assert {name: rights(name) for name in had} == had


def test_editors_of_a_site_without_publishers_are_both_at_first(editor):
    had = rights("Editors")
    Group.objects.exclude(name="Editors").delete()
    Permission.objects.filter(codename="publish_round").delete()
    group("Editors").permissions.remove(*Permission.objects.filter(codename="delete_source"))
    migrate()
    assert [one.name for one in editor.groups.order_by("name")] == ["Editors", "Publishers"]
    assert rights("Editors") == had - {"sources.delete_source"}
    # What was taken from the editors comes back by no other way.
    assert "sources.delete_source" not in rights("Publishers") | rights("Administrators")
    assert "rounds.publish_round" in rights("Publishers")
    novice = User.objects.create_user("novice")
    novice.groups.add(group("Editors"))
    migrate()
    assert [one.name for one in novice.groups.all()] == ["Editors"]


def test_editors_of_sites_from_before_work_on_messages_but_write_none():
    Permission.objects.filter(content_type__model="message").delete()
    migrate()
    given = {one for one in rights("Editors") if one.endswith("_message")}
    assert given == {"rounds.view_message", "rounds.change_message", "rounds.delete_message"}
    assert not Permission.objects.filter(codename="add_message").exists()
