"""Delegations at rounds, and their members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from rounds import addresses
from rounds.participants.models import Role
from rounds.querysets.part import RoundPartQuerySet, RoundReport
from rounds.sources.querysets import RecordQuerySet

if TYPE_CHECKING:
    from rounds.models import Delegation, Member
    from rounds.participants.models import Participant, Person


class NamedDelegation(NamedTuple):
    """What a card says of a delegation; ``head`` is "" where none is recorded."""

    round: int
    attendance: str
    name: str
    slug: str
    head: str
    head_slug: str

    @property
    def address(self) -> str:
        """Of the participant's page."""
        return addresses.of_participant(self.slug)

    @property
    def head_address(self) -> str:
        return addresses.of_person(self.head_slug)


class DelegationQuerySet(RoundPartQuerySet):
    def get_by_natural_key(self, participant: str, round_number: int) -> Delegation:
        return self.get(participant__slug=participant, round__number=round_number)

    def attended(self) -> Self:
        return self.filter(attendance=self.model.Attendance.ATTENDED)

    def absent(self) -> Self:
        """Delegations of which a source says that they stayed away."""
        return self.filter(attendance=self.model.Attendance.ABSENT)

    def in_roles(self, roles: Collection[str]) -> Self:
        """Delegations in any of the roles; in whichever where none is given."""
        return self.filter(role__in=roles) if roles else self

    def sent_by_any(self, participants: Collection[Participant]) -> Self:
        """Delegations of any of the participants; of whichever where none is given."""
        keys = [one.pk for one in participants]
        return self.filter(participant__in=keys) if keys else self

    def with_any(self, people: Collection[Person]) -> Self:
        """Delegations with any of the people as a member; with whomever where none is given."""
        return self.filter(people__in=[one.pk for one in people]) if people else self

    def names_on_cards(self) -> Iterable[NamedDelegation]:
        """Of the guarantors, and of whoever stayed away, by round."""
        away = Q(attendance=self.model.Attendance.ABSENT)
        rows = (
            self.filter(Q(role=Role.GUARANTOR) | away)
            .annotate(head=self._of_head("name"), head_slug=self._of_head("slug"))
            .values_list(
                "round", "attendance", "participant__name", "participant__slug", "head", "head_slug"
            )
        )
        return map(NamedDelegation._make, rows)

    def _of_head(self, field: str) -> Coalesce:
        """A field of the person who led the delegation, "" where none is recorded."""
        heads = self._heads().values(f"person__{field}")
        return Coalesce(Subquery(heads), Value(""))

    def _heads(self) -> models.QuerySet[Any]:
        return self.related("members").filter(delegation=OuterRef("pk"), is_head=True)

    def with_people(self) -> Self:
        members = self.related("members").select_related("person")
        return self.select_related("participant").prefetch_related(Prefetch("members", members))

    def for_page(self) -> Self:
        return super().for_page().by_role().with_people()

    def with_words(self) -> Self:
        return super().with_words().with_people()

    def with_mentions(self) -> Self:
        delegations = super().with_mentions()
        return delegations.prefetch_related("participant__names", "members__person__names")

    def reports(self) -> Iterable[RoundReport]:
        """Participant, round, attendance, and the head's name if one is recorded."""
        rows = self.annotate(head=self._of_head("name"))
        values = rows.values_list("participant", "round", "attendance", "head")
        return map(RoundReport._make, values)

    def without_head(self) -> Self:
        """Delegations that attended and of which no head is recorded."""
        related = (
            self.attended().filter(~Exists(self._heads())).select_related("participant", "round")
        )
        return related.order_by("participant", "round__number")

    def sent_by(self, participant: Participant) -> Self:
        """The delegations of one participant, by round, with their sources."""
        return (
            self.filter(participant=participant)
            .select_related("round", "participant")
            .prefetch_related("sources")
            .order_by("round__number")
        )

    def by_role(self) -> Self:
        """Guarantors, conflict parties, mediators, hosts, observers."""
        places = [models.When(role=role, then=place) for place, role in enumerate(Role.values)]
        return self.order_by("round", models.Case(*places), "pk")


class MemberQuerySet(RecordQuerySet["Member"]):
    def get_by_natural_key(self, person: str, participant: str, round_number: int) -> Member:
        return self.get(
            person__slug=person,
            delegation__participant__slug=participant,
            delegation__round__number=round_number,
        )

    def heads_of(self, participant: Participant) -> Self:
        """Who led a participant's delegations, by round; not who was only announced to."""
        delegations: Any = self.related("delegation")
        came = delegations.attended().filter(participant=participant)
        return self._by_round().filter(delegation__in=came, is_head=True)

    def of_person(self, person: Person) -> Self:
        """The memberships of a person, by round, with the delegations' sources."""
        return self._by_round().filter(person=person).prefetch_related("delegation__sources")

    def rounds_by_person(self) -> dict[int, list[int]]:
        """For the key of each person the numbers of the rounds, lowest first."""
        found: dict[int, list[int]] = defaultdict(list)
        rows = self.order_by("delegation__round__number")
        for person, number in rows.values_list("person", "delegation__round__number"):
            found[person].append(number)
        return found

    def _by_round(self) -> Self:
        related = self.select_related("person", "delegation__round", "delegation__participant")
        return related.order_by("delegation__round__number")
