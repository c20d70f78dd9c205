"""The groups of who works here, and exactly what each may do.

Each group has what the one before it has, so an account needs one group alone.

===============  ====================================================================
Editors          see drafts; see, add and change all of the record, public or not, and
                 messages; delete what is not public, and parts of rounds
Publishers       also publish and withdraw, merge, and delete what is public; whatever
                 right comes with a new model or a new kind of work
Administrators   also make and change accounts, none with more rights than their own,
                 and read the audit list
===============  ====================================================================

Superusers may do everything, and they alone change groups.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.db import connections

from rounds.access import EDITED_APPS

EDITORS = "Editors"
PUBLISHERS = "Publishers"
ADMINISTRATORS = "Administrators"
GROUPS = (EDITORS, PUBLISHERS, ADMINISTRATORS)

# By the first word of a permission on the record; all others are for publishers.
EDITING = frozenset({"view", "add", "change", "delete"})
ACCOUNTS = frozenset(
    {
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "auth.view_group",
        "accounts.view_entry",
    }
)


def belongs(permission: Permission, group: str) -> bool:
    """Whether the group has the permission, unless somebody took it away."""
    app = permission.content_type.app_label
    if app in EDITED_APPS:
        return group != EDITORS or permission.codename.partition("_")[0] in EDITING
    return group == ADMINISTRATORS and f"{app}.{permission.codename}" in ACCOUNTS


class Groups:
    """Keeps the groups up to date with the models.

    Each ``migrate`` gives them the permissions that are new. What was taken away stays away.
    """

    def __init__(self) -> None:
        self.known: set[int] = set()

    def before_migrate(self, using: str, **kwargs: Any) -> None:
        """Remember the permissions that there are."""
        tables = connections[using].introspection.table_names()
        self.known = set()
        if Permission._meta.db_table in tables:
            self.known.update(Permission.objects.using(using).values_list("pk", flat=True))

    def after_migrate(self, using: str, **kwargs: Any) -> None:
        """Give the new ones to the groups; a group that was missing gets all that are its own."""
        everything = Permission.objects.using(using).select_related("content_type")
        taken = self._taken(everything, using)
        for name in GROUPS:
            group, created = Group.objects.using(using).get_or_create(name=name)
            new = [
                one.pk
                for one in everything
                if belongs(one, name)
                if (one.pk not in taken if created else one.pk not in self.known)
            ]
            # Past the signals: the audit list may have no table yet.
            through = Group.permissions.through
            through._default_manager.using(using).bulk_create(
                [through(group_id=group.pk, permission_id=pk) for pk in new],
                ignore_conflicts=True,
            )
            if created and name == PUBLISHERS:
                self._promote(group, using)

    def _taken(self, everything: Iterable[Permission], using: str) -> set[int]:
        """What somebody took from the editors: new groups do not have it either."""
        editors = Group.objects.using(using).filter(name=EDITORS).first()
        if editors is None:
            return set()
        had = set(editors.permissions.values_list("pk", flat=True)) | {
            one.pk for one in everything if one.pk not in self.known
        }
        return {one.pk for one in everything if belongs(one, EDITORS) and one.pk not in had}

    def _promote(self, publishers: Group, using: str) -> None:
        """Until there were publishers, editors published: who was one is both at first."""
        through = User.groups.through
        members: Any = through._default_manager.using(using)
        editors = members.filter(group__name=EDITORS).values_list("user", flat=True)
        members.bulk_create(
            [through(user_id=pk, group_id=publishers.pk) for pk in editors], ignore_conflicts=True
        )
