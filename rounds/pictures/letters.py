"""The letters of pictures that are files: their faces, how wide texts are, where lines break.

A server has no fonts, so they come as packages: Source Serif 4 and Source Sans 3, in which the
languages of the site are written in Latin and Cyrillic letters. Who opens an SVG elsewhere sees
it in faces of their own, which may be wider.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import fontpkg
from PIL import ImageFont

SANS_FAMILY, SERIF_FAMILY = "Source Sans 3", "Source Serif 4"
SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif"
SERIF = "'Iowan Old Style', 'Palatino Linotype', Palatino, 'Noto Serif', Georgia, serif"
FILES = [str(fontpkg.path(name)) for name in (SANS_FAMILY, SERIF_FAMILY)]
MEASURED = 100  # size at which letters are measured
CUT = "…"


@dataclass(frozen=True)
class Face:
    """A family in one weight, by which ``stack`` of names a picture asks for it."""

    family: str
    stack: str
    weight: int = 400


PLAIN = Face(SANS_FAMILY, SANS)
STRONG = Face(SANS_FAMILY, SANS, 600)
TITLE = Face(SERIF_FAMILY, SERIF, 600)


@lru_cache
def _font(face: Face, size: float) -> Any:
    """The face at that size: the smaller it is, the wider are letters of one that knows of it."""
    font = ImageFont.truetype(fontpkg.path(face.family, face.weight), MEASURED)
    wanted = {b"Weight": face.weight, b"Optical Size": size}
    axes: list[Any] = font.get_variation_axes()
    font.set_variation_by_axes(
        [min(max(wanted[axis["name"]], axis["minimum"]), axis["maximum"]) for axis in axes]
    )
    return font


def width(text: str, face: Face, size: float) -> float:
    """How wide a line of text is; the same unit as the size of its letters."""
    return float(_font(face, size).getlength(text)) * size / MEASURED


def lines(text: str, face: Face, size: float, room: float, most: int) -> list[str]:
    """The text in at most so many lines, each within the room; what is left out is marked."""
    found = list(_lines(text.split(), face, size, room))
    if len(found) <= most:
        return found
    last = found[most - 1]
    while width(last + CUT, face, size) > room:
        shorter, space, _word = last.rpartition(" ")
        last = shorter if space else last[:-1]
    return [*found[: most - 1], last + CUT]


def balanced(text: str, face: Face, size: float, room: float, most: int) -> list[str]:
    """The text in as few lines as ``lines`` makes of it, and these as even as they get."""
    found = lines(text, face, size, room, most)
    if not 1 < len(found) <= most or found[-1].endswith(CUT):
        return found
    narrowest, widest = room / 2, room
    while widest - narrowest > size / 4:
        middle = (narrowest + widest) / 2
        tried = lines(text, face, size, middle, most + 1)
        if len(tried) == len(found):
            found, widest = tried, middle
        else:
            narrowest = middle
    return found


def _lines(words: list[str], face: Face, size: float, room: float) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if width(longer, face, size) <= room:
            line = longer
            continue
        if line:
            yield line
        *full, line = _pieces(word, face, size, room)
        yield from full
    if line:
        yield line


def _pieces(word: str, face: Face, size: float, room: float) -> Iterator[str]:
    """A word in pieces that are no wider than the room."""
    piece = ""
    for letter in word:
        if piece and width(piece + letter, face, size) > room:
            yield piece
            piece = ""
        piece += letter
    yield piece
