"""What readers see of a fact elsewhere than at its place."""

from datetime import date
from typing import NamedTuple


class Words(NamedTuple):
    """A fact in words: what it is called and what it says.

    ``label`` is its kind or stage. ``brief`` is the whole of it in one line where that is not
    title and text. ``day`` is that by which the newest come first, ``language`` that of the
    title, "" for the language of the page.
    """

    title: str = ""
    text: str = ""
    label: str = ""
    brief: str = ""
    day: date | None = None
    language: str = ""

    @property
    def line(self) -> str:
        """All of it in one line."""
        return self.brief or ": ".join(filter(None, (self.title, self.text)))
