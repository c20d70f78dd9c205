"""What a source supports, everywhere in the record."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

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
from rounds.querysets import Visitor
from rounds.sources.models import Source
from rounds.topics.models import Topic


@dataclass(frozen=True)
class Fact:
    """A fact with its place on the site; ``round`` is None where it belongs to none."""

    round: Round | None
    kind: str
    text: str
    href: str


PARTS: tuple[tuple[Any, str, Callable[[Any], str]], ...] = (
    (Session, "", lambda part: str(part)),
    (Delegation, "delegation-{0.participant.slug}", lambda part: part.note or str(part)),
    (AgendaItem, "topic-{0.topic.slug}", lambda part: f"{part.topic}: {part.note}"),
    (Outcome, "outcome-{0.number}", lambda part: part.text),
    (Document, "document-{0.number}", lambda part: part.title),
    (Dispute, "dispute-{0.number}", lambda part: part.subject),
)
RELATED: dict[Any, str] = {Delegation: "participant", AgendaItem: "topic"}


def facts_by(source: Source, user: Visitor) -> list[tuple[Round | None, list[Fact]]]:
    """The facts that rest on the source, by round; those of no round come last."""
    groups: dict[Round | None, list[Fact]] = {}
    for fact in _facts(source, user):
        groups.setdefault(fact.round, []).append(fact)
    return sorted(groups.items(), key=lambda group: group[0].number if group[0] else 99_999)


def _facts(source: Source, user: Visitor) -> Iterator[Fact]:
    for round_ in Round.objects.visible_to(user).citing(source):
        text = f"{round_.city}, {round_.country.name}"
        yield Fact(round_, "dates and place", text, round_.get_absolute_url())
    for model, anchor, text_of in PARTS:
        parts = model.objects.visible_to(user).citing(source, RELATED.get(model))
        for part in parts:
            yield _part(part.round, part, text_of(part), anchor.format(part))
    for claim in Claim.objects.visible_to(user).citing(source):
        yield _part(claim.dispute.round, claim, claim.value, f"dispute-{claim.dispute.number}")
    for milestone in Milestone.objects.citing(source):
        href = milestone.get_absolute_url()
        yield Fact(None, str(milestone._meta.verbose_name), milestone.title, href)
    for kind in (Topic, Participant, Person):
        for one in kind.objects.citing(source):
            yield Fact(None, str(one._meta.verbose_name), str(one), one.get_absolute_url())


def _part(round_: Round, part: Any, text: str, anchor: str) -> Fact:
    address = reverse("rounds:detail", args=[round_.number])
    return Fact(round_, str(part._meta.verbose_name), text, f"{address}#{anchor or 'content'}")
