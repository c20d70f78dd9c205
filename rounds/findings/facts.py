"""The facts of the record that a visitor may see, each with its place on the site."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rounds.access import Visitor
from rounds.models import FACTS, Round
from rounds.sources.models import Source, Sourced


@dataclass(frozen=True)
class Fact:
    """A fact with its place on the site; ``round`` is None where it belongs to none.

    ``kinds`` is the plural of ``kind``, "" for what a round has but one of.
    """

    round: Round | None
    kind: str
    kinds: str
    text: str
    href: str


def facts_by(source: Source, user: Visitor) -> list[tuple[Round | None, list[Fact]]]:
    """The facts that rest on the source, by round; those of no round come last."""
    groups: dict[Round | None, list[Fact]] = {}
    for fact in facts_seen_by(user, FACTS, lambda facts: facts.citing(source)):
        groups.setdefault(fact.round, []).append(fact)
    return sorted(groups.items(), key=lambda group: group[0].number if group[0] else 99_999)


def facts_of_rounds(user: Visitor, narrowed: Callable[[Any], Iterable[Any]]) -> Iterator[Fact]:
    """The facts of the rounds that a visitor may see, as far as ``narrowed`` leaves them."""
    kinds = [model for model in FACTS if model.path_to_round is not None]
    return facts_seen_by(user, kinds, narrowed)


def facts_seen_by(
    user: Visitor,
    kinds: Iterable[type[Sourced]],
    narrowed: Callable[[Any], Iterable[Any]],
) -> Iterator[Fact]:
    """The facts of the kinds that a visitor may see, as far as ``narrowed`` leaves them.

    It gets the queryset of each kind in turn.
    """
    for model in kinds:
        kind, several = model.names_of_kind()
        facts: Any = model._default_manager
        for fact in narrowed(facts.visible_to(user).with_words()):
            address = fact.get_absolute_url()
            yield Fact(fact.its_round, kind, several, fact.words().line, address)
