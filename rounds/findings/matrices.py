"""Subjects against rounds: topics by stage, participants by attendance."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rounds.models import AgendaItem, Delegation, Member
from rounds.participants.models import Participant, Person
from rounds.querysets import Outline, RoundReport
from rounds.topics.models import Topic
from rounds.wording.lists import listed
from rounds.wording.numbers import ranges

AGENDA, STATEMENT = AgendaItem.Stage.AGENDA.value, AgendaItem.Stage.STATEMENT.value
ATTENDED = Delegation.Attendance.ATTENDED.value
LAST = 99_999  # beyond the number of any round


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
class Cell:
    """What is reported of a subject at a round: states in order, and a remark such as a head.

    Where nothing is reported, ``states`` are empty and ``said`` and ``href`` are "".
    """

    round: Outline
    states: list[str]
    said: str
    remark: str
    href: str

    @property
    def state(self) -> str:
        """The furthest state, the css class of the cell."""
        return self.states[-1] if self.states else ""

    @property
    def number(self) -> int:
        return self.round.number

    @property
    def year(self) -> int:
        return self.round.start.year

    @property
    def text(self) -> str:
        """What is said, and of which round."""
        if not self.states:
            return gettext("Round %(number)d: nothing reported") % {"number": self.number}
        named = {"number": self.number, "reports": self.said}
        return gettext("Round %(number)d: %(reports)s") % named


@dataclass(frozen=True)
class Strip:
    """One subject at every round: a row of a matrix; ``labels`` give the states in order."""

    subject: Any
    cells: list[Cell]
    labels: dict[str, str]

    @property
    def reported(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.states]

    @property
    def first_attended(self) -> Cell | None:
        """The first round that the participant attended."""
        return next((cell for cell in self.cells if ATTENDED in cell.states), None)

    @property
    def first_stated(self) -> Cell | None:
        """The first round with the topic in its statement."""
        return next((cell for cell in self.cells if STATEMENT in cell.states), None)

    @property
    def by_state(self) -> list[tuple[str, str]]:
        """Each state with the numbers of its rounds, in words."""
        return [
            (label, ranges(cell.number for cell in self.cells if state in cell.states))
            for state, label in self.labels.items()
        ]

    @property
    def not_stated(self) -> str:
        """The rounds at which the topic was announced but not in the statement."""
        return ranges(
            cell.number
            for cell in self.cells
            if AGENDA in cell.states and STATEMENT not in cell.states
        )


class Matrix:
    """Rows of subjects, each with a cell for every round.

    ``reports`` name subject, round and state by their keys; ``labels`` give the states in
    order with their words. ``anchor_of`` says where a subject stands on the page of a round,
    ``group_of`` names the group under which it is listed.
    """

    def __init__(
        self,
        rounds: Iterable[Outline],
        subjects: Iterable[Any],
        reports: Iterable[RoundReport],
        labels: dict[str, str],
        anchor_of: Callable[[Any], str],
        group_of: Callable[[Any], str],
    ) -> None:
        self.rounds, self.labels, self.group_of = list(rounds), labels, group_of
        found: dict[tuple[int, int], list[RoundReport]] = defaultdict(list)
        for report in reports:
            found[report.subject, report.round].append(report)
        self.rows = [
            Strip(
                one,
                [
                    self._cell(row, anchor_of(one), found.get((one.pk, row.pk), ()))
                    for row in self.rounds
                ],
                labels,
            )
            for one in subjects
        ]

    def _cell(self, row: Outline, anchor: str, reports: Collection[RoundReport]) -> Cell:
        if not reports:
            return Cell(row, [], "", "", "")
        states = [state for state in self.labels if any(one.state == state for one in reports)]
        said = listed(self.labels[state] for state in states)
        remark = listed(report.remark for report in reports if report.remark)
        if remark:
            said = gettext("%(reports)s, %(remark)s") % {"reports": said, "remark": remark}
        return Cell(row, states, said, remark, f"{row.get_absolute_url()}#{anchor}")

    def sorted(self, sort: Sort, order: Columns) -> "Matrix":
        """The matrix itself, with rows and columns in that order."""
        keys: dict[Sort, Callable[[Strip], Any]] = {
            Sort.FREQUENCY: lambda row: (-len(row.reported), str(row.subject)),
            Sort.NAME: lambda row: str(row.subject),
            Sort.FIRST: lambda row: (_first(row), str(row.subject)),
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
    def groups(self) -> dict[str, list[Strip]]:
        """The rows by group, in the order of the groups' first rows."""
        found: dict[str, list[Strip]] = {}
        for row in self.rows:
            found.setdefault(self.group_of(row.subject), []).append(row)
        return found


def _first(strip: Strip) -> int:
    """Number of the first round that reports the subject; beyond all where none does."""
    return min((cell.number for cell in strip.reported), default=LAST)


def topic_matrix(
    rounds: Iterable[Outline],
    topics: Iterable[Topic],
    reports: Iterable[RoundReport],
    points: Mapping[tuple[int, int], int] | None = None,
) -> Matrix:
    """Where topics come up: a cell shows the furthest stage, its text says all of them.

    ``points`` are how many points each topic has in each round's statement, by their keys.
    """
    return Matrix(
        rounds,
        topics,
        [_with_points(report, points or {}) for report in reports],
        _labels(AgendaItem.Stage),
        lambda topic: f"topic-{topic.slug}",
        Topic.get_theme_display,
    )


def _with_points(report: RoundReport, points: Mapping[tuple[int, int], int]) -> RoundReport:
    number = points.get((report.subject, report.round), 0)
    if report.state != STATEMENT or not number:
        return report
    counted = ngettext("%(number)d point recorded", "%(number)d points recorded", number)
    return report._replace(remark=counted % {"number": number})


def attendance_matrix(
    rounds: Iterable[Outline], participants: Iterable[Participant], reports: Iterable[RoundReport]
) -> Matrix:
    """Where participants attended, were announced, or stayed away."""
    return Matrix(
        rounds,
        participants,
        reports,
        _labels(Delegation.Attendance),
        lambda participant: f"delegation-{participant.slug}",
        Participant.get_usual_role_display,
    )


def person_strip(rounds: Iterable[Outline], person: Person, memberships: Iterable[Member]) -> Strip:
    """Where a person led a delegation or was a member, or was only announced with it."""
    labels = _labels(Delegation.Attendance)
    labels |= {"member": gettext("member"), "head": gettext("head of the delegation")}
    reports = []
    for one in memberships:
        part = "head" if one.is_head else "member"
        attendance = one.delegation.attendance
        state = part if attendance == ATTENDED else attendance
        reports.append(RoundReport(person.pk, one.delegation.round_id, state))
    anchor = f"delegation-{person.participant.slug}"
    (strip,) = Matrix(rounds, [person], reports, labels, lambda _: anchor, str).rows
    return strip


def _labels(choices: type[TextChoices]) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices.choices}
