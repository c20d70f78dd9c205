"""What sheets give, beside what the database has of it."""

from collections import defaultdict
from itertools import count

from rounds.desk.sheets.shape import Shape
from rounds.desk.sheets.tree import Entries, Entry

Pair = tuple[Entry, Entry | None]  # None: the database does not have it


def paired(shape: Shape, given: Entries, found: Entries, *, keeps_rest: bool) -> list[Pair]:
    """Each given entry with what it is in the database.

    Where entries are told by their place, they are recognised at another one. They keep their
    numbers there, or get others where these do not follow the order of the sheet; what the sheet
    does not have keeps its own if it stays, as ``keeps_rest`` tells.
    """
    if shape.is_by_place and not any(shape.identity[0] in one.places for one in given.values()):
        pairs = _recognised(shape, given, found)
        known = {id(there) for _one, there in pairs}
        rest = {number for (number,), there in found.items() if id(there) not in known}
        _number(shape, pairs, rest if keeps_rest else set())
    else:
        pairs = _succeeded(shape, given, found)
    return pairs + (_stepped_down(shape, pairs, found) if keeps_rest else [])


def _recognised(shape: Shape, given: Entries, found: Entries) -> list[Pair]:
    """What is the same by what it is about; of the rest, what stands at the same place."""
    waiting: dict[object, list[Entry]] = defaultdict(list)
    for there in found.values():
        waiting[there.values[shape.known_by]].append(there)
    same = {
        identity: _taken(alike, one)
        for identity, one in given.items()
        if (alike := waiting[one.values.get(shape.known_by)])
    }
    taken = {id(there) for there in same.values()}
    free = {number: there for number, there in found.items() if id(there) not in taken}
    return [(one, same.get(identity) or free.get(identity)) for identity, one in given.items()]


def _taken(alike: list[Entry], entry: Entry) -> Entry:
    """That which is most like the entry, taken from those that are about the same."""
    said = [pair for pair in entry.values.items() if pair[0] not in entry.shape.identity]
    best = max(alike, key=lambda one: sum(one.values[key] == value for key, value in said))
    alike.remove(best)
    return best


def _number(shape: Shape, pairs: list[Pair], taken: set[int]) -> None:
    """Give the entries numbers that follow their order, and are none of those ``taken``."""
    before = [there.identity[0] for _one, there in pairs if there]
    is_in_order = before == sorted(before) and all(there for _one, there in pairs[: len(before)])
    start = 1 + max([*before, *taken], default=0) if is_in_order else 1
    free = (number for number in count(start) if number not in taken)
    for n, (entry, _there) in enumerate(pairs):
        number = before[n] if is_in_order and n < len(before) else next(free)
        entry.identity = (number,)
        entry.values[shape.identity[0]] = number


def _succeeded(shape: Shape, given: Entries, found: Entries) -> list[Pair]:
    """Pairs by identity; who alone has a flag is a change of who has it in the database."""
    pairs = [(one, found.get(identity)) for identity, one in given.items()]
    flag = shape.sole_flag
    before = (one for one in found.values() if one.values.get(flag) and one.identity not in given)
    return [
        (one, next(before, None) if there is None and one.values.get(flag) else there)
        for one, there in pairs
    ]


def _stepped_down(shape: Shape, pairs: list[Pair], found: Entries) -> list[Pair]:
    """Who has a flag that somebody in the sheet has now, and is not in the sheet."""
    flag, about = shape.sole_flag, shape.known_by
    if not any(one.values.get(flag) for one, _there in pairs):
        return []
    known = {id(there) for _one, there in pairs}
    return [
        (Entry(shape, one.identity, one.parent, {flag: False, about: one.values[about]}), one)
        for one in found.values()
        if one.values.get(flag) and id(one) not in known
    ]


def is_about_the_same(entry: Entry, there: Entry) -> bool:
    """Whether an entry says of the same thing what the database has in its place."""
    key = entry.shape.known_by
    return not key or entry.values.get(key) == there.values[key]
