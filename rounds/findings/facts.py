"""The facts of the record that a visitor may see, each with its place on the site."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from django.utils.translation import gettext

from rounds.access import Visitor
from rounds.models import (
    AgendaItem,
    Claim,
    Delegation,
    Dispute,
    Document,
    Milestone,
    Outcome,
    Round,
    Session,
)
from rounds.participants.models import Participant, Person
from rounds.sources.models import Source
from rounds.topics.models import Topic


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


class Shown(NamedTuple):
    """How a part of a round is written elsewhere, and its anchor on the page of the round.

    ``related`` is what a query has to fetch with it for that.
    """

    text: Callable[[Any], str]
    anchor: str
    related: tuple[str, ...] = ("round",)


def _noted(subject: object, note: str) -> str:
    return f"{subject}: {note}" if note else str(subject)


PARTS: dict[Any, Shown] = {
    Session: Shown(str, "{0.anchor}"),
    Delegation: Shown(
        lambda part: _noted(part, part.note),
        "delegation-{0.participant.slug}",
        ("round", "participant"),
    ),
    AgendaItem: Shown(
        lambda part: _noted(part.topic, part.note), "topic-{0.topic.slug}", ("round", "topic")
    ),
    Outcome: Shown(attrgetter("text"), "outcome-{0.number}"),
    Document: Shown(attrgetter("title"), "document-{0.number}"),
    Dispute: Shown(attrgetter("subject"), "dispute-{0.number}"),
    Claim: Shown(
        lambda claim: f"{claim.dispute}: {claim.value}",
        "dispute-{0.dispute.number}",
        ("dispute__round",),
    ),
}
BESIDE_ROUNDS: tuple[Any, ...] = (Milestone, Topic, Participant, Person)


def facts_by(source: Source, user: Visitor) -> list[tuple[Round | None, list[Fact]]]:
    """The facts that rest on the source, by round; those of no round come last."""
    groups: dict[Round | None, list[Fact]] = {}
    for fact in _facts(source, user):
        groups.setdefault(fact.round, []).append(fact)
    return sorted(groups.items(), key=lambda group: group[0].number if group[0] else 99_999)


def _facts(source: Source, user: Visitor) -> Iterator[Fact]:
    yield from facts_of_rounds(user, lambda facts: facts.citing(source))
    for model in BESIDE_ROUNDS:
        kind, kinds = _names(model)
        for one in model.objects.citing(source):
            yield Fact(None, kind, kinds, str(one), one.get_absolute_url())


def facts_of_rounds(user: Visitor, narrowed: Callable[[Any], Iterable[Any]]) -> Iterator[Fact]:
    """The facts of the rounds that a visitor may see, as far as ``narrowed`` leaves them.

    It gets the queryset of each kind of facts in turn.
    """
    for round_ in narrowed(Round.objects.visible_to(user)):
        text = f"{round_.city}, {round_.country.name}"
        yield Fact(round_, gettext("dates and place"), "", text, round_.get_absolute_url())
    for model, shown in PARTS.items():
        kind, kinds = _names(model)
        visible = model.objects.visible_to(user).select_related(*shown.related)
        for part in narrowed(visible):
            round_ = part.dispute.round if isinstance(part, Claim) else part.round
            href = f"{round_.get_absolute_url()}#{shown.anchor.format(part)}"
            yield Fact(round_, kind, kinds, shown.text(part), href)


def _names(model: Any) -> tuple[str, str]:
    """The names of one and of several."""
    return str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
