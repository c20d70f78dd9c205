"""A strip of all rounds that shows where one subject comes up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from rounds.models import AgendaItem, Delegation, Member
from rounds.participants.models import Person
from rounds.querysets import Outline
from rounds.wording.lists import listed
from rounds.wording.numbers import ranges

AGENDA, STATEMENT = AgendaItem.Stage.AGENDA.value, AgendaItem.Stage.STATEMENT.value
ATTENDED = Delegation.Attendance.ATTENDED.value
Report = tuple[int, str]  # key of a round, and the stage or attendance reported there


@dataclass(frozen=True)
class Cell:
    """One round in a strip: ``state`` is the css class of what is reported, "" for nothing.

    ``states`` has all that is reported, the furthest last.
    """

    number: int
    year: int
    states: list[str]
    text: str
    href: str

    @property
    def state(self) -> str:
        return self.states[-1] if self.states else ""


@dataclass(frozen=True)
class Strip:
    """All rounds, and what is reported at them; ``labels`` give the states in order."""

    cells: list[Cell]
    labels: dict[str, str]

    @property
    def reported(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.state]

    @property
    def first_attended(self) -> Cell | None:
        """The first round that the participant attended."""
        return next((cell for cell in self.cells if ATTENDED in cell.states), None)

    @property
    def first_stated(self) -> Cell | None:
        """The first round with the topic in its joint statement."""
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
        """The rounds at which the topic was announced but not in the joint statement."""
        return ranges(
            cell.number
            for cell in self.cells
            if AGENDA in cell.states and STATEMENT not in cell.states
        )


def topic_strip(rounds: Iterable[Outline], slug: str, reports: Iterable[Report]) -> Strip:
    """Where a topic comes up; a round shows the furthest stage, its text says all of them."""
    labels = {str(value): str(label) for value, label in AgendaItem.Stage.choices}
    return _strip(rounds, f"topic-{slug}", reports, labels)


def attendance_strip(rounds: Iterable[Outline], slug: str, reports: Iterable[Report]) -> Strip:
    """Where a participant attended, was announced, or stayed away."""
    labels = {str(value): str(label) for value, label in Delegation.Attendance.choices}
    return _strip(rounds, f"delegation-{slug}", reports, labels)


def person_strip(rounds: Iterable[Outline], person: Person, memberships: Iterable[Member]) -> Strip:
    """Where a person led a delegation or was a member, or was only announced with it."""
    attendance = Delegation.Attendance
    labels = {str(value): str(label) for value, label in attendance.choices}
    labels |= {"member": gettext("member"), "head": gettext("head of the delegation")}
    reports = []
    for one in memberships:
        part = "head" if one.is_head else "member"
        came = one.delegation.attendance == attendance.ATTENDED
        reports.append((one.delegation.round_id, part if came else one.delegation.attendance))
    return _strip(rounds, f"delegation-{person.participant.slug}", reports, labels)


def _strip(
    rounds: Iterable[Outline], anchor: str, reports: Iterable[Report], labels: dict[str, str]
) -> Strip:
    found: dict[int, list[str]] = defaultdict(list)
    for pk, state in reports:
        found[pk].append(state)
    cells = [_cell(row, anchor, found.get(row.pk, ()), labels) for row in rounds]
    return Strip(cells, labels)


def _cell(row: Outline, anchor: str, states: Sequence[str], labels: dict[str, str]) -> Cell:
    ordered = [state for state in labels if state in states]
    return Cell(
        number=row.number,
        year=row.start.year,
        states=ordered,
        text=_text(row.number, [labels[state] for state in ordered]),
        href=f"{row.get_absolute_url()}#{anchor}" if ordered else "",
    )


def _text(number: int, said: list[str]) -> str:
    if not said:
        return gettext("Round %(number)d: nothing reported") % {"number": number}
    return gettext("Round %(number)d: %(reports)s") % {"number": number, "reports": listed(said)}


def reports_by_key(rows: Iterable[tuple[int, int, str]]) -> dict[int, list[Report]]:
    """Group rows of subject, round and state by subject."""
    found: dict[int, list[Report]] = defaultdict(list)
    for subject, round_, state in rows:
        found[subject].append((round_, state))
    return found
