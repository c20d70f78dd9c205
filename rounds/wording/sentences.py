"""Sentences of a text."""

import re

# Not after a capital alone: “Geir O. Pedersen”.
END = re.compile(r"(?<![\s.][^\W\d_a-z])[.!?؟。](?=\s)")


def first_sentence(text: str) -> str:
    """The first sentence of a text; all of a text of one.

    >>> first_sentence("Geir O. Pedersen came. He spoke.")
    'Geir O. Pedersen came.'
    """
    found = END.search(text)
    return text[: found.end()] if found else text
