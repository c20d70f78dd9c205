"""Signs that no page can show, that nobody sees, and that look like others."""

import re
import unicodedata

NO_SIGNS = re.compile("[\0\ud800-\udfff]")  # NUL, and halves of what Unicode writes in two


def storable(text: str) -> str:
    """The text with the sign for the unknown in place of what is none."""
    return NO_SIGNS.sub("\N{REPLACEMENT CHARACTER}", text)


# Cyrillic letters that no reader can tell from Latin ones, large and small.
TWINS = str.maketrans("АВЕЅІЈКМНОРСТХаеѕіјорсух", "ABESIJKMHOPCTXaesijopcyx")
UNSEEN = re.compile("[\u034f\u115f\u1160\ufe00-\ufe0f]")  # beside those of the category Cf


def as_seen(text: str) -> str:
    """What the eye makes of a name: without case, spaces too many, and what nobody sees.

    >>> as_seen("Idlib\\u200b") == as_seen(" idlib")
    True
    """
    plain = unicodedata.normalize("NFKC", text)
    seen = "".join(one for one in plain if unicodedata.category(one) != "Cf")
    return " ".join(UNSEEN.sub("", seen).translate(TWINS).casefold().split())


# Beside NUL those that neither XML nor iCalendar has, and no reader sees.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def without_controls(text: str) -> str:
    """The text without signs that steer machines, but for tabs and ends of lines, written one way.

    >>> without_controls("Round\\x1b 22\\r\\n")
    'Round 22\\n'
    """
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
