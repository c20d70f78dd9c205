"""The rounds of the timeline with the milestones between them, by year."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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


def round_before(day: date, rounds: Sequence[Outline]) -> Outline | None:
    """The round after which what began that day stands; the first one where none began by then.

    ``rounds`` stand oldest first.
    """
    place = bisect_right(rounds, day, key=lambda row: row.start)
    return rounds[max(place - 1, 0)] if rounds else None


def _around(
    listed: Sequence[Listed], matching: Sequence[Outline], milestones: Sequence[Milestone]
) -> list[Milestone]:
    if not listed:
        return list(milestones)
    keys = {one.pk for one in listed}
    befores = ((one, round_before(one.start, matching)) for one in milestones)
    return [one for one, before in befores if before and before.pk in keys]
