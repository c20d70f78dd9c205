from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from rounds.sources.querysets import NamedFactQuerySet

if TYPE_CHECKING:
    from rounds.topics.models import Topic


class TopicQuerySet(NamedFactQuerySet["Topic"]):
    def with_names(self) -> Self:
        return self.prefetch_related("names")

    def with_mentions(self) -> Self:
        return super().with_mentions().with_names()

    def together_with(self, topic: Topic, rounds: models.QuerySet[Any]) -> Self:
        """The other topics of the rounds with this one, each with its ``shared`` rounds.

        Those that share most come first.
        """
        return (
            self.exclude(pk=topic.pk)
            .filter(agenda_items__round__in=rounds.filter(agenda_items__topic=topic))
            .annotate(shared=models.Count("agenda_items__round", distinct=True))
            .order_by("-shared", "label")
        )
