"""Showing where the words of a query stand in a text."""

import unicodedata
from collections.abc import Collection, Iterator

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from rounds.search.words import CHAIN, WORD, readings, stem

BEFORE, LENGTH = 60, 260  # characters before the first hit, and in all


def marked(text: str, words: Collection[str]) -> SafeString:
    """The text as HTML, with a ``mark`` around each word whose stem is one of the words."""
    text = unicodedata.normalize("NFC", text)
    pieces, end = [], 0
    for start, stop in _spans(text, words):
        pieces += [text[end:start], format_html("<mark>{}</mark>", text[start:stop])]
        end = stop
    return mark_safe("".join(map(conditional_escape, [*pieces, text[end:]])))  # noqa: S308


def _spans(text: str, words: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where in the text the words stand: as one word, or as a part of “one-word”."""
    for chain in CHAIN.finditer(text):
        if stem(readings(chain.group())[-1]) in words:
            yield chain.span()
            continue
        for found in WORD.finditer(text, *chain.span()):
            if stem(found.group()) in words:
                yield found.span()


def snippet(text: str, words: Collection[str]) -> SafeString:
    """The part of the text around its first hit, marked; its beginning where there is none."""
    text = unicodedata.normalize("NFC", text)
    if len(text) <= LENGTH:
        return marked(text, words)
    start = max(0, next((start for start, _stop in _spans(text, words)), 0) - BEFORE)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = start + LENGTH
    if end < len(text):
        end = text.rfind(" ", start, end)
        end = end if end > start else start + LENGTH
    cut = f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"
    return marked(cut, words)
