from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rounds.sources.querysets import NamedFactQuerySet

if TYPE_CHECKING:
    from rounds.participants.models import Participant, Person  # noqa: F401 (named below)


class ParticipantQuerySet(NamedFactQuerySet["Participant"]):
    def with_names(self) -> Self:
        return self.prefetch_related("names")

    def with_mentions(self) -> Self:
        return super().with_mentions().with_names()


class PersonQuerySet(NamedFactQuerySet["Person"]):
    def with_names(self) -> Self:
        return self.select_related("participant").prefetch_related("names")

    def with_mentions(self) -> Self:
        return super().with_mentions().with_names().prefetch_related("participant__names")

    def of_participant(self, participant: Participant) -> Self:
        return self.filter(participant=participant)

    def by_participant(self) -> Self:
        """People in the order of the participants, then by name."""
        return self.order_by("participant", "name")
