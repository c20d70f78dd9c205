from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from rounds.participants.models import Participant, Person


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def get_by_natural_key(self, slug: str) -> Participant:
        return self.get(slug=slug)


class PersonQuerySet(models.QuerySet["Person"]):
    def get_by_natural_key(self, slug: str) -> Person:
        return self.get(slug=slug)
