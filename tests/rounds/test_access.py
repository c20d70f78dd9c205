import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from rounds.access import EDITED_APPS, EditorsGroup

pytestmark = pytest.mark.django_db


def permissions(group: Group) -> set[str]:
    return set(group.permissions.values_list("content_type__app_label", flat=True))


def test_editors_may_edit_the_record_and_not_the_accounts():
    assert Permission.objects.filter(content_type__app_label="auth").exists()
    group = Group.objects.get(name="Editors")
    assert permissions(group) == {"rounds", "participants", "topics", "sources"}


def test_editors_may_see_what_is_not_published():
    group = Group.objects.get(name="Editors")
    assert group.permissions.filter(codename="view_unpublished_round").count() == 1


def test_a_missing_group_is_made_anew():
    Group.objects.get(name="Editors").delete()
    EditorsGroup().after_migrate(using="default")
    group = Group.objects.get(name="Editors")
    assert permissions(group) == set(EDITED_APPS)


def test_migrate_gives_back_no_permission_that_was_taken():
    group = Group.objects.get(name="Editors")
    group.permissions.remove(*group.permissions.filter(codename__startswith="delete_"))
    call_command("migrate", verbosity=0)
    assert group.permissions.filter(codename__startswith="delete_").count() == 0


def test_migrate_gives_the_permissions_of_new_models():
    group = Group.objects.get(name="Editors")
    kept = set(group.permissions.all())
    # As in a database from before there were disputes.
    Permission.objects.filter(content_type__model="dispute").delete()
    assert set(group.permissions.all()) < kept
    call_command("migrate", verbosity=0)
    codenames = {one.codename for one in kept}
    assert set(group.permissions.values_list("codename", flat=True)) == codenames


def test_editors_of_sites_from_before_work_on_messages_but_write_none():
    Permission.objects.filter(content_type__model="message").delete()
    call_command("migrate", verbosity=0)
    given = Group.objects.get(name="Editors").permissions.filter(content_type__model="message")
    codenames = {"view_message", "change_message", "delete_message"}
    assert set(given.values_list("codename", flat=True)) == codenames
    assert not Permission.objects.filter(codename="add_message").exists()
