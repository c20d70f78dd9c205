"""Who may see and change what."""

from typing import Any

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db.models import Model, Q

Visitor = User | AnonymousUser

PUBLISHED = "published"  # the publication of a round that everybody may see

EDITORS = "Editors"
EDITED_APPS = ("rounds", "participants", "topics", "sources")


def may_see_unpublished(user: Visitor) -> bool:
    """Whether the user may see rounds before they are published."""
    return user.is_authenticated and user.has_perm("rounds.view_unpublished_round")


def visible(user: Visitor, path: str = "") -> Q:
    """The condition on what the user may see; ``path`` leads to the round, as “round__” does."""
    return Q() if may_see_unpublished(user) else Q(**{f"{path}publication": PUBLISHED})


def may_edit(user: Visitor, model: type[Model]) -> bool:
    """Whether the admin lets the user change objects of the model."""
    codename = get_permission_codename("change", model._meta)
    return user.is_staff and user.has_perm(f"{model._meta.app_label}.{codename}")


def create_editors_group(**kwargs: Any) -> None:
    """Create the Editors group with every permission on the record.

    Runs after each ``migrate``. A group that exists is left as it is, so that an
    administrator may take permissions away.
    """
    if not apps.is_installed("django.contrib.auth"):
        return
    group, created = Group.objects.using(kwargs["using"]).get_or_create(name=EDITORS)
    if created:
        group.permissions.set(
            Permission.objects.using(kwargs["using"]).filter(
                content_type__app_label__in=EDITED_APPS
            )
        )
