"""The rounds of the timeline with the milestones between them, by year."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rounds.findings.cards import Listed
from rounds.models import Milestone
from rounds.querysets import Outline

Entry = Listed | Milestone


@dataclass(frozen=True)
class Year:
    """The entries of the list that began in one year, in the order of the list."""

    number: int
    entries: list[Entry]


def by_year(
    listed: Sequence[Listed],
    matching: Sequence[Outline],
    milestones: Sequence[Milestone],
    *,
    newest_first: bool,
) -> list[Year]:
    """The rounds of a page with the milestones around them, by year.

    ``matching`` are the rounds of all pages and ``milestones`` all milestones, both oldest
    first. A milestone stands after the round that it followed, so it is on one page only.
    """
    entries: list[Entry] = [*listed, *_around(listed, matching, milestones)]
    entries.sort(key=lambda entry: (entry.start, isinstance(entry, Milestone)))
    if newest_first:
        entries.reverse()
    return [
        Year(number, list(group))
        for number, group in groupby(entries, key=lambda entry: entry.start.year)
    ]


def _around(
    listed: Sequence[Listed], matching: Sequence[Outline], milestones: Sequence[Milestone]
) -> list[Milestone]:
    if not listed:
        return list(milestones)
    starts = [row.start for row in matching]
    first, last = min(one.start for one in listed), max(one.start for one in listed)
    follower = next((start for start in starts if start > last), None)
    return [
        milestone
        for milestone in milestones
        if (first <= milestone.start or first == starts[0])
        and (follower is None or milestone.start < follower)
    ]
