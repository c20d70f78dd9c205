"""Where the marks of a picture lead: what can be pointed at, and the name that is then shown."""

from dataclasses import dataclass

from rounds.pictures.axis import Box, Point

TARGET = 28  # side of what is pointed at; 24 pixels where the picture is shown at its smallest
NAME = 230  # width of the longest line of a name
NAME_HEIGHT = 110  # room for the lines of the longest one


@dataclass(frozen=True)
class Link:
    """The link of a mark: the area that is pointed at, and the room of its name next to that.

    ``side`` is the one from which the name is written: left, centre or right; ``is_above``
    whether its last line touches the area, else its first.
    """

    href: str
    text: str
    area: Box
    name: Box
    side: str
    is_above: bool

    @classmethod
    def of(cls, href: str, text: str, area: Box, width: float, height: float) -> "Link":
        """The link, with a name that stays within a picture of that size."""
        middle = area.middle
        if middle.x < width / 3:
            side, start, end = "left", area.x, min(width, area.x + NAME)
        elif middle.x > width * 2 / 3:
            side, start, end = "right", max(0, area.x + area.width - NAME), area.x + area.width
        else:
            reach = min(NAME / 2, middle.x, width - middle.x)
            side, start, end = "centre", middle.x - reach, middle.x + reach
        is_above = middle.y > height / 2
        top = area.y - NAME_HEIGHT if is_above else area.y + area.height
        name = Box(round(start, 1), round(top, 1), round(end - start, 1), NAME_HEIGHT)
        return cls(href, text, area, name, side, is_above)


def area_around(at: Point) -> Box:
    """What is pointed at to reach a mark that is smaller."""
    return Box(round(at.x - TARGET / 2, 1), round(at.y - TARGET / 2, 1), TARGET, TARGET)
