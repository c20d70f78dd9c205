"""What something is called: by language, and otherwise."""

from typing import Any, NamedTuple

from rounds.names import Name
from rounds.participants.models import Participant, Person
from rounds.topics.models import Topic


class Naming(NamedTuple):
    """The usual names, one for each language, and other spellings and words."""

    usual: list[Name]
    others: list[str]

    @property
    def is_checked(self) -> bool:
        """Whether it is recorded which of the usual names were seen."""
        return any(name.is_seen for name in self.usual)


def naming(named: Participant | Person | Topic) -> Naming:
    """The names of something whose names are read."""
    rows: list[Any] = list(named.names.all())
    usual = [name for name in rows if name.is_label]
    known = {str(named), *(name.text for name in usual)}
    others = dict.fromkeys(name.text for name in rows if name.text not in known)
    return Naming(usual, list(others))
