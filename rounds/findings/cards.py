"""What the list shows of each round, read for all of them at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.utils.timezone import localdate
from django.utils.translation import ngettext
from django_countries import countries

from rounds.access import Visitor
from rounds.findings.sourcing import sources_by_round
from rounds.findings.state import is_overdue
from rounds.models import AgendaItem, Delegation, Outcome, Round
from rounds.querysets import NamedDelegation, Outline
from rounds.topics.models import Topic
from rounds.wording.sentences import first_sentence

# Kinds of outcomes, the one first that tells most of a round.
WEIGHTIEST = [
    Outcome.Kind.AGREEMENT,
    Outcome.Kind.WORKING_GROUP,
    Outcome.Kind.NO_AGREEMENT,
    Outcome.Kind.STATEMENT,
    Outcome.Kind.NEXT_ROUND,
    Outcome.Kind.OTHER,
]


@dataclass
class Card:
    """A round in the list.

    ``guarantors`` are the delegations in that role, and ``absentees`` those of which a source
    says that they stayed away. ``outcomes`` begin with what matters most.
    """

    round: Round
    country: str
    topics: dict[int, Topic] = field(default_factory=dict)
    guarantors: list[NamedDelegation] = field(default_factory=list)
    absentees: list[NamedDelegation] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    source_count: int = 0

    @property
    def gist(self) -> str:
        """The first sentence of the summary."""
        return first_sentence(self.round.summary)

    @property
    def rest(self) -> str:
        """What the summary says besides."""
        return self.round.summary.removeprefix(self.gist).strip()

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.round, localdate())

    @property
    def sources(self) -> str:
        """How many sources its facts name, in words."""
        return ngettext("%d source", "%d sources", self.source_count) % self.source_count


class CardList:
    """Rounds in the order of a list; all their cards are read when the first is asked for."""

    def __init__(
        self,
        rows: Iterable[Outline],
        user: Visitor,
        *,
        opened: int | None = None,
        why: Mapping[int, Any] | None = None,
    ) -> None:
        self.user = user
        self.entries = [
            Listed(row, self, row.pk == opened, (why or {}).get(row.pk)) for row in rows
        ]

    @cached_property
    def cards(self) -> dict[int, Card]:
        """The cards by the keys of their rounds."""
        keys = [one.pk for one in self.entries]
        # Asked again who may see them: the list may be of an edition that is over.
        rounds = Round.objects.visible_to(self.user).of(keys)
        return {card.round.pk: card for card in cards(rounds)}


@dataclass(frozen=True)
class Listed:
    """The place of a round in a list, among milestones; ``is_open`` if all of it is shown.

    ``why`` it is there, where that is not plain.
    """

    is_round: ClassVar[bool] = True
    row: Outline
    list: CardList
    is_open: bool = False
    why: Any = None

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def start(self) -> date:
        return self.row.start

    @property
    def card(self) -> Card | None:
        """None where the round was deleted or hidden since the list was made."""
        return self.list.cards.get(self.pk)


def cards(rounds: Iterable[Round]) -> list[Card]:
    """A card for each round, in five queries for any number of them."""
    rounds = list(rounds)
    names = {code: countries.name(code) for code in {str(round_.country) for round_ in rounds}}
    found = {round_.pk: Card(round_, names[str(round_.country)]) for round_ in rounds}
    agenda = list(AgendaItem.objects.of(found).values_list("round", "topic"))
    topics = Topic.objects.in_bulk()  # after what names them, so that those just added are there
    for pk, topic in agenda:
        if topic in topics:
            found[pk].topics[topic] = topics[topic]
    for one in Delegation.objects.of(found).names_on_cards():
        card, is_absent = found[one.round], one.attendance == Delegation.Attendance.ABSENT
        (card.absentees if is_absent else card.guarantors).append(one)
    for outcome in sorted(Outcome.objects.of(found), key=lambda one: WEIGHTIEST.index(one.kind)):
        found[outcome.round_id].outcomes.append(outcome)
    for pk, sources in sources_by_round(found).items():
        found[pk].source_count = len(sources)
    return list(found.values())
