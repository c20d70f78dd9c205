"""Showing where the words of a query stand in a text."""

import unicodedata
from collections.abc import Collection
from typing import NamedTuple

from rounds.search.words import WORD, stem

BEFORE, LENGTH = 60, 260  # characters before the first hit, and in all


class Piece(NamedTuple):
    text: str
    is_hit: bool


def marked(text: str, words: Collection[str]) -> list[Piece]:
    """The text in pieces; those are hits whose stem is one of the words."""
    text = unicodedata.normalize("NFC", text)
    pieces, end = [], 0
    for found in WORD.finditer(text):
        if stem(found.group()) in words:
            pieces += [Piece(text[end : found.start()], False), Piece(found.group(), True)]
            end = found.end()
    pieces.append(Piece(text[end:], False))
    return [piece for piece in pieces if piece.text]


def snippet(text: str, words: Collection[str]) -> list[Piece]:
    """The part of the text around its first hit, marked; its beginning where there is none."""
    text = unicodedata.normalize("NFC", text)
    if len(text) <= LENGTH:
        return marked(text, words)
    spans = (found.start() for found in WORD.finditer(text) if stem(found.group()) in words)
    start = max(0, next(spans, 0) - BEFORE)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = start + LENGTH
    if end < len(text):
        end = text.rfind(" ", start, end)
        end = end if end > start else start + LENGTH
    cut = f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"
    return marked(cut, words)
