from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from rounds.sources.models import Source
    from rounds.topics.models import Topic


class TopicQuerySet(models.QuerySet["Topic"]):
    def get_by_natural_key(self, slug: str) -> Topic:
        return self.get(slug=slug)

    def of_slug(self, slug: str) -> Topic | None:
        return self.filter(slug=slug).first()

    def citing(self, source: Source) -> Self:
        return self.filter(sources=source)

    def together_with(self, topic: Topic, rounds: models.QuerySet[Any]) -> Self:
        """The other topics of the rounds with this one, each with its ``shared`` rounds.

        Those that share most come first.
        """
        return (
            self.exclude(pk=topic.pk)
            .filter(agenda_items__round__in=rounds.filter(agendaitems__topic=topic))
            .annotate(shared=models.Count("agenda_items__round", distinct=True))
            .order_by("-shared", "label")
        )
