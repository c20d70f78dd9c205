"""The picture of the timeline as a file to take along: with title, legend and where it is from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, ngettext

from rounds.pictures.axis import Point
from rounds.pictures.drawn import Ink, Text
from rounds.pictures.letters import PLAIN, TITLE, Face, lines
from rounds.pictures.timeline import Picture

MARGIN = 32
EMPTY = 1112  # width within the margins where there is nothing to draw
WIDER = 1.2  # how much wider than ours letters may be where the file is opened
KEY = 22  # height of a line of the legend
SIDE = 11  # half of the side of a sign in the legend


@dataclass(frozen=True)
class Look:
    """How a mark is drawn: its shape, and the colours and lines of that.

    ``inner`` is the colour of the inner line of a ring.
    """

    shape: str
    fill: str
    stroke: str
    letters: str
    inner: str = ""
    line: float = 1.5
    dashes: str = ""
    weight: int = 700

    @classmethod
    def of(cls, shape: str, *, is_hollow: bool = False, matches: bool = True) -> "Look":
        """The look of a round: its city gives the shape; it is hollow before it was held."""
        colour = Ink.second if shape in ("square", "diamond") else Ink.accent
        if not matches:
            inner = "" if is_hollow else Ink.soft
            dashes = "4 2" if is_hollow else ""
            return cls(shape, Ink.ground, Ink.soft, Ink.soft, inner, 0.8, dashes, 400)
        if is_hollow:
            return cls(shape, Ink.ground, colour, Ink.ink, "", 2, "4 2")
        return cls(shape, colour, colour, Ink.on_accent, Ink.on_accent)


DOT = Look("dot", Ink.soft, Ink.soft, Ink.ground)
BUNDLE = Look("bundle", Ink.soft, Ink.soft, Ink.ground)
ALL = Look("bar", Ink.line, Ink.line, Ink.ink)
MATCHING = Look("bar", Ink.accent, Ink.accent, Ink.ink)


@dataclass(frozen=True)
class Mark:
    """A sign where it stands, with what is written on it."""

    at: Point
    look: Look
    label: str = ""
    link: Any = None


@dataclass
class Plate:
    """A picture with all that it needs where nothing stands around it.

    ``sentence`` says which rounds match, ``address`` is that of the selection, ``root`` that of
    the site without a slash; ``edition`` says which edition it shows and of which day.
    """

    picture: Picture
    sentence: str
    root: str
    address: str
    edition: str = ""
    is_filtered: bool = False
    texts: list[Text] = field(default_factory=list)
    keys: list[Mark] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.title = gettext("The rounds of the Astana process by date")
        self.inside = EMPTY if self.picture.is_empty else self.picture.width
        self.width = self.inside + 2 * MARGIN
        self._write(self.title, MARGIN + 24, TITLE, 28)
        y = self._write(self.sentence, MARGIN + 56, PLAIN, 17, most=4)
        self.top = y + 4
        y = self.top
        if not self.picture.is_empty:
            y = self._explain(self.top + self.picture.height + 26)
        source = gettext("Astana process tracker, %(address)s") % {"address": self.address}
        y = self._write(source, y + 30, PLAIN, 12, ink=Ink.soft)
        self.edition_y = y
        licence = gettext("Data under CC BY 4.0: free to use with a reference to this site.")
        self.said = " ".join(filter(None, (self.edition, licence)))
        self.height = y + MARGIN - 8

    def _write(
        self, text: str, y: float, face: Face, size: float, *, ink: str = Ink.ink, most: int = 1
    ) -> float:
        """Write a text from there on; gives where the next line may stand."""
        for line in lines(text, face, size, self.inside / WIDER, most):
            self.texts.append(Text(MARGIN, y, line, face, size, ink))
            y += round(size * 1.45)
        return y

    def _explain(self, y: float) -> float:
        """Write the legend from there on; gives where its last line stands."""
        x: float = MARGIN
        for look, label in self._legend():
            start = x + 2 * SIDE + 6 if look else x
            text = Text(start, y, label, PLAIN, 13)
            end = start + (text.end - start) * WIDER
            if end > self.width - MARGIN and x > MARGIN:
                y += KEY
                text = Text(MARGIN + start - x, y, label, PLAIN, 13)
                x, end = MARGIN, MARGIN + end - x
            if look:
                sign = "2" if look is BUNDLE else ""
                self.keys.append(Mark(Point(x + SIDE, y - 4.5), look, sign))
            self.texts.append(text)
            x = end + 18
        return y

    def _legend(self) -> Iterator[tuple[Look | None, str]]:
        """Each sign with what it means, and what the picture leaves out."""
        picture = self.picture
        if picture.has_bars:
            yield ALL, gettext("rounds")
            yield MATCHING, gettext("rounds that match the filters")
        else:
            for shape, city in picture.legend:
                yield Look.of(shape), city
            if picture.has_announced:
                yield Look.of("circle", is_hollow=True), gettext("announced")
            if self.is_filtered:
                yield Look.of("circle", matches=False), gettext("does not match the filters")
        if picture.dots:
            yield DOT, gettext("milestone")
        if picture.has_bundles:
            yield BUNDLE, gettext("milestones close together: how many")
        if picture.earlier:
            yield (
                None,
                ngettext(
                    "%(number)s milestone before the first round",
                    "%(number)s milestones before the first round",
                    picture.earlier,
                )
                % {"number": picture.earlier},
            )
        if picture.later:
            yield (
                None,
                ngettext(
                    "%(number)s milestone long after the last round",
                    "%(number)s milestones long after the last round",
                    picture.later,
                )
                % {"number": picture.later},
            )

    @property
    def marks(self) -> Iterator[Mark]:
        """The rounds and the milestones, each with its link."""
        for one in self.picture.marks:
            look = Look.of(one.shape, is_hollow=one.is_hollow, matches=one.matches)
            yield Mark(one.at, look, one.label, one.link)
        for dot in self.picture.dots:
            if dot.number > 1:
                yield Mark(dot.at, BUNDLE, str(dot.number), dot.link)
            else:
                yield Mark(dot.at, DOT, link=dot.link)
