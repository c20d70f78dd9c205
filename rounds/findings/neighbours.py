"""Which rounds stand next to each other.

What a visitor may see is not always all there is: a number that is missing may be a round that
is not published yet. So what is said of two rounds as neighbours, of the time between them or of
who came after whom, is said only where every number between them is there.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Protocol, TypeVar


class Numbered(Protocol):
    @property
    def number(self) -> int: ...


AnyRound = TypeVar("AnyRound", bound=Numbered)


def is_unbroken(numbers: Collection[int], first: int, last: int) -> bool:
    """Whether all numbers between two are among those given."""
    return all(number in numbers for number in range(first + 1, last))


def neighbours(
    rounds: Iterable[AnyRound], numbers: Collection[int]
) -> Iterator[tuple[AnyRound, AnyRound]]:
    """Each of the rounds with the next of them, where no other round may have been between.

    ``numbers`` are those of all rounds that the visitor may see.
    """
    for one, other in pairwise(rounds):
        if is_unbroken(numbers, *sorted((one.number, other.number))):
            yield one, other
