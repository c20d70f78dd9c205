"""Who may give rights to whom: never more than they have."""

from typing import Any

from django.contrib.auth.models import Permission, User
from django.db.models import Q, QuerySet

Giver = Any  # a user, perhaps none that is logged in


def may_manage(giver: Giver, account: User) -> bool:
    """Whether the account, opened again if it is closed, has no right that the giver has not."""
    if giver.is_superuser:
        return True
    return not account.is_superuser and not _held(account).exclude(pk__in=_held(giver)).exists()


def grantable(giver: Giver, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of groups, or of permissions, those whose rights they have all of."""
    if giver.is_superuser:
        return rows
    beyond = Permission.objects.exclude(pk__in=_held(giver))
    if rows.model is Permission:
        return rows.exclude(pk__in=beyond)
    return rows.exclude(permissions__in=beyond)


def _held(account: User) -> QuerySet[Permission]:
    """What is given to the account, closed or not: a closed one could be opened again."""
    return Permission.objects.filter(Q(group__user=account) | Q(user=account)).order_by()
