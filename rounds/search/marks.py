"""Showing where the words of a query stand in a text."""

import unicodedata
from collections.abc import Collection

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from rounds.search.words import WORD, stem

BEFORE, LENGTH = 60, 260  # characters before the first hit, and in all


def marked(text: str, words: Collection[str]) -> SafeString:
    """The text as HTML, with a ``mark`` around each word whose stem is one of the words."""
    text = unicodedata.normalize("NFC", text)
    pieces, end = [], 0
    for found in WORD.finditer(text):
        if stem(found.group()) in words:
            pieces += [text[end : found.start()], format_html("<mark>{}</mark>", found.group())]
            end = found.end()
    return mark_safe("".join(map(conditional_escape, [*pieces, text[end:]])))  # noqa: S308


def snippet(text: str, words: Collection[str]) -> SafeString:
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
