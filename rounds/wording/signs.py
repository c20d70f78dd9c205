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
