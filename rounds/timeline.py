"""What the timeline shows between its rounds, and what it says where there are none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import QueryDict

from rounds.cards import Card
from rounds.filters import Order, RoundFilterSet
from rounds.models import Milestone
from rounds.querysets import Outline, RoundQuerySet
from rounds.selection import Selection

Entry = Card | Milestone


@dataclass(frozen=True)
class Year:
    """The entries of the list that began in one year, in the order of the list."""

    number: int
    entries: list[Entry]


def by_year(
    cards: Sequence[Card], matching: Sequence[Outline], milestones: Sequence[Milestone], order: str
) -> list[Year]:
    """The rounds of a page with the milestones around them, by year.

    ``matching`` are the rounds of all pages and ``milestones`` all milestones, both oldest
    first. A milestone stands after the round that it followed, so it is on one page only.
    """
    entries: list[Entry] = [*cards, *_around(cards, matching, milestones)]
    entries.sort(key=lambda entry: (entry.start, isinstance(entry, Milestone)))
    if order != Order.OLDEST:
        entries.reverse()
    return [
        Year(number, list(group))
        for number, group in groupby(entries, key=lambda entry: entry.start.year)
    ]


def _around(
    cards: Sequence[Card], matching: Sequence[Outline], milestones: Sequence[Milestone]
) -> list[Milestone]:
    if not cards:
        return list(milestones)
    starts = [row.start for row in matching]
    first, last = min(card.start for card in cards), max(card.start for card in cards)
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
