"""What was promised at rounds, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from rounds.querysets.part import RoundPartQuerySet
from rounds.sources.querysets import FactQuerySet

if TYPE_CHECKING:
    from rounds.models import Commitment, Evidence
    from rounds.participants.models import Participant
    from rounds.topics.models import Topic


class CommitmentQuerySet(RoundPartQuerySet):
    def get_by_natural_key(self, slug: str) -> Commitment:
        return self.get(slug=slug)

    def of_slug(self, slug: str) -> Commitment | None:
        return self.filter(slug=slug).first()

    def in_states(self, states: Collection[str]) -> Self:
        """Commitments in any of the states, in whichever where none is given.

        Each has its state as ``last_verdict``, which ``Commitment.state`` says too.
        """
        found = self.annotate(last_verdict=self._last_verdict())
        return found.filter(last_verdict__in=states) if states else found

    def among(
        self, *, topics: Collection[str], rounds: Collection[str], makers: Collection[str]
    ) -> Self:
        """Those on any of the topics, of any of the rounds, by any of the makers; none mean all."""
        found = self
        if topics:
            found = found.filter(topic__slug__in=topics)
        if rounds:
            found = found.filter(round__number__in=rounds)
        if makers:  # not joined, or those of several makers would be there several times
            made = self.model._base_manager.filter(by__slug__in=makers)
            found = found.filter(pk__in=made.values("pk"))
        return found

    def counts_by_state(self) -> dict[str, int]:
        """How many there are in each state that occurs."""
        states = self.order_by().values_list(self._last_verdict())
        return dict(states.annotate(Count("pk")))

    def _last_verdict(self) -> Coalesce:
        evidence: Any = self.related("evidence").filter(commitment=OuterRef("pk"))
        last = evidence.order_by("-date", "-number").values("verdict")[:1]
        return Coalesce(Subquery(last), Value(str(self.model.State.NO_INFORMATION)))

    def beside(self, commitment: Commitment) -> Self:
        """The others of its round or on its topic."""
        near = Q(round=commitment.round_id)
        if commitment.topic_id:
            near |= Q(topic=commitment.topic_id)
        return self.filter(near).exclude(pk=commitment.pk)

    def on(self, topic: Topic) -> Self:
        return self.filter(topic=topic)

    def made_by(self, participant: Participant) -> Self:
        return self.filter(by=participant)

    def for_page(self) -> Self:
        return super().for_page().select_related("topic").prefetch_related("by", "evidence")

    def with_evidence(self) -> Self:
        """With all that their own pages show."""
        return self.select_related("round").for_page().prefetch_related("evidence__sources")

    def by_round(self) -> Self:
        """In the order of the rounds, with these."""
        return self.select_related("round").order_by("round__number", "pk")

    def with_mentions(self) -> Self:
        commitments = super().with_mentions().select_related("topic")
        return commitments.prefetch_related("topic__names", "by__names")


class EvidenceQuerySet(FactQuerySet["Evidence"]):
    def get_by_natural_key(self, number: int, slug: str) -> Evidence:
        return self.get(number=number, commitment__slug=slug)
