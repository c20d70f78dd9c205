"""Who may see what: the one rule on unpublished rounds."""

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q

Visitor = User | AnonymousUser


def may_see_unpublished(user: Visitor) -> bool:
    """Whether the user may see rounds before they are published."""
    return user.is_authenticated and user.has_perm("rounds.view_unpublished_round")


def visible(user: Visitor, path: str = "") -> Q:
    """The condition on what the user may see; ``path`` leads to the round, as “round__” does."""
    return Q() if may_see_unpublished(user) else Q(**{f"{path}publication": "published"})
