"""Delegations at rounds, and their members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from rounds.querysets.part import RoundPartQuerySet, RoundReport
from rounds.querysets.visibility import Visitor, visible

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


class DelegationQuerySet(RoundPartQuerySet):
    def get_by_natural_key(self, participant: str, round_number: int) -> Delegation:
        return self.get(participant__slug=participant, round__number=round_number)

    def names_on_cards(self) -> Iterable[NamedDelegation]:
        """Of the guarantors, and of whoever stayed away, by round."""
        from rounds.models import Member

        heads = Member.objects.filter(delegation=OuterRef("pk"), is_head=True)
        rows = (
            self.filter(Q(role="guarantor") | Q(attendance="absent"))
            .annotate(
                head=Coalesce(Subquery(heads.values("person__name")), Value("")),
                head_slug=Coalesce(Subquery(heads.values("person__slug")), Value("")),
            )
            .values_list(
                "round", "attendance", "participant__name", "participant__slug", "head", "head_slug"
            )
        )
        return map(NamedDelegation._make, rows)

    def with_people(self) -> Self:
        from rounds.models import Member

        return self.select_related("participant").prefetch_related(
            Prefetch("members", Member.objects.select_related("person"))
        )

    def reports(self) -> Iterable[RoundReport]:
        """Participant, round, attendance, and the head's name if one is recorded."""
        from rounds.models import Member

        heads = Member.objects.filter(delegation=OuterRef("pk"), is_head=True)
        rows = self.annotate(head=Coalesce(Subquery(heads.values("person__name")), Value("")))
        values = rows.values_list("participant", "round", "attendance", "head")
        return map(RoundReport._make, values)

    def without_head(self) -> Self:
        """Delegations that attended and of which no head is recorded."""
        from rounds.models import Member

        heads = Member.objects.filter(delegation=OuterRef("pk"), is_head=True)
        attended = self.filter(~Exists(heads), attendance="attended")
        related = attended.select_related("participant", "round")
        return related.order_by("participant", "round__number")

    def sent_by(self, participant: Participant) -> Self:
        """The delegations of one participant, by round, with their sources."""
        return (
            self.filter(participant=participant)
            .select_related("round")
            .prefetch_related("sources")
            .order_by("round__number")
        )

    def by_role(self) -> Self:
        """Guarantors, conflict parties, mediators, hosts, observers."""
        from rounds.participants.models import Role

        places = [models.When(role=role, then=place) for place, role in enumerate(Role.values)]
        return self.order_by("round", models.Case(*places), "pk")


class MemberQuerySet(models.QuerySet["Member"]):
    def get_by_natural_key(self, person: str, participant: str, round_number: int) -> Member:
        return self.get(
            person__slug=person,
            delegation__participant__slug=participant,
            delegation__round__number=round_number,
        )

    def visible_to(self, user: Visitor) -> Self:
        return self.filter(visible(user, "delegation__round__"))

    def heads_of(self, participant: Participant) -> Self:
        """The heads of a participant's delegations, by round."""
        return self._by_round().filter(delegation__participant=participant, is_head=True)

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
