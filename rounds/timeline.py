"""What the timeline shows between its rounds, and what it says where there are none."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page
from django.http import QueryDict

from rounds.filters import Order, RoundFilterSet
from rounds.models import Milestone, Round
from rounds.querysets import Outline, RoundQuerySet
from rounds.selection import Selection

Entry = Round | Milestone


@dataclass(frozen=True)
class Year:
    """The entries of the list that began in one year, in the order of the list."""

    number: int
    entries: list[Entry]


def by_year(
    page: Page[Round], matching: Sequence[Outline], milestones: Sequence[Milestone], order: str
) -> list[Year]:
    """Rounds of a page with the milestones around them, by year.

    ``matching`` are the rounds of all pages and ``milestones`` all milestones, both oldest
    first. A milestone stands after the round that it followed, so it is on one page only.
    """
    rounds = list(page)
    entries: list[Entry] = [*rounds, *_around(rounds, matching, milestones)]
    entries.sort(key=lambda entry: (entry.start, isinstance(entry, Milestone)))
    if order != Order.OLDEST:
        entries.reverse()
    return [
        Year(number, list(group))
        for number, group in groupby(entries, key=lambda entry: entry.start.year)
    ]


def _around(
    rounds: Collection[Round], matching: Sequence[Outline], milestones: Sequence[Milestone]
) -> list[Milestone]:
    if not rounds:
        return list(milestones)
    starts = [row.start for row in matching]
    first, last = min(r.start for r in rounds), max(r.start for r in rounds)
    follower = next((start for start in starts if start > last), None)
    return [
        milestone
        for milestone in milestones
        if (first <= milestone.start or first == starts[0])
        and (follower is None or milestone.start < follower)
    ]


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
