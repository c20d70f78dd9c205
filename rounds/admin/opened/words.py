"""In which words two versions of a text differ."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

WORDS = re.compile(r"\s+|[^\s]+")
LIKE = 0.4  # of all words, how many two versions share; others are two texts, with nothing to mark
MOST = 2_000  # words that are compared


class Piece(NamedTuple):
    text: str
    differs: bool


def compared(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, each with whether the other text lacks it."""
    words, others = WORDS.findall(one), WORDS.findall(other)
    if max(len(words), len(others)) <= MOST:
        matcher = SequenceMatcher(None, words, others, autojunk=False)
        if matcher.ratio() >= LIKE:
            steps = matcher.get_opcodes()
            first = [(words[i:j], tag) for tag, i, j, _k, _l in steps]
            second = [(others[k:end], tag) for tag, _i, _j, k, end in steps]
            return list(pieces(first)), list(pieces(second))
    return [Piece(one, differs=False)], [Piece(other, differs=False)]


def pieces(runs: Iterable[tuple[list[str], str]]) -> Iterator[Piece]:
    for words, tag in runs:
        if words:
            yield Piece("".join(words), differs=tag != "equal")
