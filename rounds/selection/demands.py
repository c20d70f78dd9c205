"""What filters demand of rounds, and which of their facts meet it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from rounds.models import AgendaItem, Commitment, Delegation, Outcome
from rounds.querysets import RoundQuerySet

Chosen = dict[str, Any]  # the values given, by the names of their filters


class Match(TextChoices):
    ANY = "any", _("any of them")
    ALL = "all", _("all of them")


def is_every(chosen: Chosen) -> bool:
    """Whether every one of several topics or participants is demanded."""
    return chosen.get("match") == Match.ALL


class Demand(Protocol):
    """What some filters demand of rounds together; each demand stands by itself."""

    @property
    def names(self) -> tuple[str, ...]: ...

    def narrow(self, rounds: RoundQuerySet, chosen: Chosen) -> RoundQuerySet:
        """Those of the rounds that meet it."""


@dataclass(frozen=True)
class OfRounds:
    """A demand on rounds themselves."""

    names: tuple[str, ...]
    narrowed: Callable[[RoundQuerySet, Chosen], RoundQuerySet]

    def narrow(self, rounds: RoundQuerySet, chosen: Chosen) -> RoundQuerySet:
        return self.narrowed(rounds, chosen)


@dataclass(frozen=True)
class OfFacts:
    """A demand that facts of a round meet: those that ``facts`` gives for what is chosen.

    ``columns`` are, by the names of the filters, where the facts have their values.
    """

    facts: Callable[[Chosen], Any]
    columns: dict[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.columns)

    @property
    def subject(self) -> str:
        """The filter of which every one of several values may be demanded; "" for none."""
        return self.names[0] if len(self.names) > 1 else ""

    def narrow(self, rounds: RoundQuerySet, chosen: Chosen) -> RoundQuerySet:
        facts: QuerySet[Any] = self.facts(chosen)
        if self.subject and is_every(chosen):
            return rounds.having_every(facts, self.subject, chosen.get(self.subject, ()))
        return rounds.having(facts)


OF_FACTS = (
    OfFacts(
        lambda chosen: AgendaItem.objects.at(chosen.get("stage", ())).on(chosen.get("topic", ())),
        {"topic": "topic__slug", "stage": "stage"},
    ),
    OfFacts(
        lambda chosen: (
            Delegation.objects.attended()
            .in_roles(chosen.get("role", ()))
            .sent_by_any(chosen.get("participant", ()))
        ),
        {"participant": "participant__slug", "role": "role"},
    ),
    OfFacts(
        lambda chosen: Delegation.objects.absent().sent_by_any(one_of(chosen, "absent")),
        {"absent": "participant__slug"},
    ),
    OfFacts(
        lambda chosen: Delegation.objects.with_any(one_of(chosen, "person")),
        {"person": "people__slug"},
    ),
    OfFacts(
        lambda chosen: Outcome.objects.of_kinds(chosen.get("outcome", ())),
        {"outcome": "kind"},
    ),
    OfFacts(
        lambda chosen: Commitment.objects.in_states(chosen.get("commitment", ())),
        {"commitment": "last_verdict"},
    ),
)


def one_of(chosen: Chosen, name: str) -> list[Any]:
    """The value of a filter that has one, as a list."""
    return [chosen[name]] if name in chosen else []
