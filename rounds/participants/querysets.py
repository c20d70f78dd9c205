from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from rounds.participants.models import Participant, Person
    from rounds.sources.models import Source


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def get_by_natural_key(self, slug: str) -> Participant:
        return self.get(slug=slug)

    def of_slug(self, slug: str) -> Participant | None:
        return self.filter(slug=slug).first()

    def citing(self, source: Source) -> Self:
        return self.filter(sources=source)


class PersonQuerySet(models.QuerySet["Person"]):
    def get_by_natural_key(self, slug: str) -> Person:
        return self.get(slug=slug)

    def of_slug(self, slug: str) -> Person | None:
        return self.filter(slug=slug).first()

    def citing(self, source: Source) -> Self:
        return self.filter(sources=source)

    def by_participant(self) -> Self:
        """People in the order of the participants, then by name."""
        return self.order_by("participant", "name")
