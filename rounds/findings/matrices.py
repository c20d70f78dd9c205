"""Subjects against rounds: topics by stage, participants by attendance."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.participants.models import Participant
from rounds.querysets import Outline, RoundReport
from rounds.topics.models import Topic
from rounds.wording.lists import listed

Subject = Topic | Participant


class Sort(TextChoices):
    """The order of the rows."""

    FIRST = "first", _("first appearance")
    FREQUENCY = "frequency", _("frequency")
    NAME = "name", _("name")


class Columns(TextChoices):
    """The order of the columns."""

    OLDEST = "oldest", _("oldest first")
    NEWEST = "newest", _("newest first")
    FREQUENCY = "frequency", _("most reported first")


@dataclass(frozen=True)
class MatrixCell:
    """What is reported of a subject at a round: states in order, and a remark such as a head.

    ``states`` are empty where nothing is reported.
    """

    round: Outline
    states: list[str]
    said: str
    remark: str

    @property
    def state(self) -> str:
        """The furthest state, the css class of the cell."""
        return self.states[-1] if self.states else ""


@dataclass(frozen=True)
class MatrixRow:
    subject: Subject
    cells: list[MatrixCell]

    @property
    def count(self) -> int:
        return sum(bool(cell.states) for cell in self.cells)

    @property
    def first(self) -> int:
        """Number of the first round that reports it; beyond all where none does."""
        return min((cell.round.number for cell in self.cells if cell.states), default=99_999)


class Matrix:
    """Rows of subjects, each with a cell for every round.

    ``reports`` name subject, round and state by their keys; ``labels`` give the states in
    order with their words. ``group_of`` names the group under which a subject stands.
    """

    def __init__(
        self,
        rounds: Sequence[Outline],
        subjects: Iterable[Subject],
        reports: Iterable[RoundReport],
        labels: dict[str, str],
        group_of: Callable[[Any], str],
    ) -> None:
        self.rounds, self.labels, self.group_of = list(rounds), labels, group_of
        found: dict[tuple[int, int], list[RoundReport]] = defaultdict(list)
        for report in reports:
            found[report.subject, report.round].append(report)
        self.rows = [
            MatrixRow(
                one, [self._cell(row, found.get((one.pk, row.pk), [])) for row in self.rounds]
            )
            for one in subjects
        ]

    def _cell(self, row: Outline, reports: list[RoundReport]) -> MatrixCell:
        states = [state for state in self.labels if any(one.state == state for one in reports)]
        said = listed(self.labels[state] for state in states)
        remark = listed(report.remark for report in reports if report.remark)
        if remark:
            said = gettext("%(reports)s, %(remark)s") % {"reports": said, "remark": remark}
        return MatrixCell(row, states, said, remark)

    def sorted(self, sort: Sort, order: Columns) -> "Matrix":
        """The matrix itself, with rows and columns in that order."""
        keys: dict[Sort, Callable[[MatrixRow], Any]] = {
            Sort.FREQUENCY: lambda row: (-row.count, str(row.subject)),
            Sort.NAME: lambda row: str(row.subject),
            Sort.FIRST: lambda row: (row.first, str(row.subject)),
        }
        self.rows.sort(key=keys[sort])
        places = list(range(len(self.rounds)))
        if order == Columns.NEWEST:
            places.reverse()
        elif order == Columns.FREQUENCY:
            places.sort(key=lambda place: -self._reported(place))
        self.rounds = [self.rounds[place] for place in places]
        for row in self.rows:
            row.cells[:] = [row.cells[place] for place in places]
        return self

    def _reported(self, place: int) -> int:
        """How many rows report something at the round in that place."""
        return sum(bool(row.cells[place].states) for row in self.rows)

    @property
    def width(self) -> int:
        return len(self.rounds) + 1

    @property
    def groups(self) -> dict[str, list[MatrixRow]]:
        """The rows by group, in the order of the groups' first rows."""
        found: dict[str, list[MatrixRow]] = {}
        for row in self.rows:
            found.setdefault(self.group_of(row.subject), []).append(row)
        return found
