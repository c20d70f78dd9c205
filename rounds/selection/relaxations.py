"""Which filter to give up where no round matches all of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from rounds.querysets import RoundQuerySet
from rounds.selection.filters import RoundFilterSet
from rounds.selection.words import Selection


@dataclass(frozen=True)
class Relaxation:
    """A filter to give up, and how many rounds that would leave."""

    text: str
    rest: str
    count: int


def relaxations(selection: Selection, rounds: RoundQuerySet) -> Iterator[Relaxation]:
    """The single applied values without which there would be rounds, most first."""
    found = [
        Relaxation(part.text, part.rest, RoundFilterSet(QueryDict(part.rest), rounds).qs.count())
        for part in selection.parts
    ]
    return (one for one in sorted(found, key=lambda one: -one.count) if one.count)
