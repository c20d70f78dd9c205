"""The bare rounds, which nearly every page needs all of."""

from rounds.access import Visitor, keeper
from rounds.models import Round
from rounds.querysets import Outline


def outline_seen_by(user: Visitor) -> list[Outline]:
    """All rounds that the visitor may see, oldest first; kept, so not to be changed."""
    return keeper(user)("outline", make=lambda: list(Round.objects.visible_to(user).outline()))
