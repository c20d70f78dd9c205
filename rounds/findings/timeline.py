"""The rounds of the timeline with the milestones between them, by year."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rounds.findings.cards import Card
from rounds.models import Milestone
from rounds.querysets import Outline

Entry = Card | Milestone


@dataclass(frozen=True)
class Year:
    """The entries of the list that began in one year, in the order of the list."""

    number: int
    entries: list[Entry]


def by_year(
    cards: Sequence[Card],
    matching: Sequence[Outline],
    milestones: Sequence[Milestone],
    *,
    newest_first: bool,
) -> list[Year]:
    """The rounds of a page with the milestones around them, by year.

    ``matching`` are the rounds of all pages and ``milestones`` all milestones, both oldest
    first. A milestone stands after the round that it followed, so it is on one page only.
    """
    entries: list[Entry] = [*cards, *_around(cards, matching, milestones)]
    entries.sort(key=lambda entry: (entry.start, isinstance(entry, Milestone)))
    if newest_first:
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
