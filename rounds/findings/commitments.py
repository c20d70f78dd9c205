"""What became of commitments, counted."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from rounds.models import Commitment, Verdict
from rounds.wording.lists import listed


@dataclass(frozen=True)
class Ledger:
    """Some commitments, and how many of them are in each state."""

    commitments: Collection[Commitment]

    @property
    def states(self) -> str:
        return tallied(Counter(str(one.state) for one in self.commitments))


def tallied(counts: Mapping[str, int]) -> str:
    """The counts in words, in the order of the verdicts: “12 kept, 9 partly kept”."""
    return listed(
        gettext("%(number)d %(state)s") % {"number": counts[state], "state": state.in_sentence}
        for state in Verdict
        if state in counts
    )
