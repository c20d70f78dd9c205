"""Topics at rounds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Self

from rounds.querysets.part import RoundPartQuerySet, RoundReport

if TYPE_CHECKING:
    from rounds.models import AgendaItem
    from rounds.topics.models import Topic


class AgendaItemQuerySet(RoundPartQuerySet):
    def get_by_natural_key(self, topic: str, stage: str, round_number: int) -> AgendaItem:
        return self.get(topic__slug=topic, stage=stage, round__number=round_number)

    def reports(self) -> Iterable[RoundReport]:
        """Topic, round and stage."""
        return (RoundReport(*row) for row in self.values_list("topic", "round", "stage"))

    def about(self, topic: Topic) -> Self:
        """The items of one topic, by round and stage, with their sources."""
        items = self.filter(topic=topic).select_related("round", "topic")
        return items.prefetch_related("sources").order_by("round__number", "pk")

    def for_page(self) -> Self:
        return super().for_page().select_related("topic")

    def with_words(self) -> Self:
        return super().with_words().select_related("topic")

    def with_mentions(self) -> Self:
        return super().with_mentions().prefetch_related("topic__names")

    def at(self, stages: Collection[str]) -> Self:
        """Items at any of the stages; at all where none is given."""
        return self.filter(stage__in=stages) if stages else self

    def on(self, topics: Collection[Topic]) -> Self:
        """Items on any of the topics; on whichever where none is given."""
        return self.filter(topic__in=[one.pk for one in topics]) if topics else self
