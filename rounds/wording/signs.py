"""Signs that no page can show and no database stores."""

import re

NO_SIGNS = re.compile("[\0\ud800-\udfff]")  # NUL, and halves of what Unicode writes in two


def storable(text: str) -> str:
    """The text with the sign for the unknown in place of what is none."""
    return NO_SIGNS.sub("\N{REPLACEMENT CHARACTER}", text)
