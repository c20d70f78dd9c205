"""Rounds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch

from rounds import addresses
from rounds.querysets.visibility import Visitor, visible
from rounds.sources.querysets import FactQuerySet

if TYPE_CHECKING:
    from rounds.models import Round
    from rounds.participants.models import Participant, Person
    from rounds.topics.models import Topic


class Outline(NamedTuple):
    """What a picture of all rounds needs of each."""

    pk: int
    number: int
    start: date
    end: date
    date_precision: str
    city: str
    country: str
    status: str

    def get_absolute_url(self) -> str:
        return addresses.of_round(self.number)


class RoundQuerySet(FactQuerySet["Round"]):
    def get_by_natural_key(self, number: int) -> Round:
        return self.get(number=number)

    def visible_to(self, user: Visitor) -> Self:
        """The rounds this user may see. Every page, feed and export reads through here."""
        return self.filter(visible(user))

    def upcoming(self) -> Self:
        """Rounds announced but not yet held."""
        return self.filter(status="announced")

    def past(self) -> Self:
        """Rounds that took place or were to take place."""
        return self.exclude(status="announced")

    def between(self, start: date | None, end: date | None) -> Self:
        """Rounds with a day from start to end; None leaves that side open."""
        rounds = self
        if start:
            rounds = rounds.filter(end__gte=start)
        if end:
            rounds = rounds.filter(start__lte=end)
        return rounds

    def with_topics(self, topics: Collection[Topic], stages: Collection[str], every: bool) -> Self:
        """Rounds with any or every one of the topics, at any of the stages (none: at all)."""
        from rounds.models import AgendaItem

        items = AgendaItem.objects.filter(round=OuterRef("pk"))
        if stages:
            items = items.filter(stage__in=stages)
        return self._with_each_of(items, "topic", topics, every)

    def attended_by(
        self, participants: Collection[Participant], roles: Collection[str], every: bool
    ) -> Self:
        """Rounds that any or every one of the participants attended, in any of the roles."""
        from rounds.models import Delegation

        delegations = Delegation.objects.filter(round=OuterRef("pk"), attendance="attended")
        if roles:
            delegations = delegations.filter(role__in=roles)
        return self._with_each_of(delegations, "participant", participants, every)

    def _with_each_of(
        self, parts: models.QuerySet[Any], name: str, wanted: Collection[Any], every: bool
    ) -> Self:
        if not wanted:
            return self.filter(Exists(parts))
        groups = [[one] for one in wanted] if every else [wanted]
        return self.filter(*(Exists(parts.filter(**{f"{name}__in": group})) for group in groups))

    def without(self, participant: Participant) -> Self:
        """Rounds of which a source says that the participant stayed away."""
        return self.filter(delegations__participant=participant, delegations__attendance="absent")

    def with_person(self, person: Person) -> Self:
        """Rounds at which the person was in a delegation."""
        from rounds.models import Member

        members = Member.objects.filter(delegation__round=OuterRef("pk"), person=person)
        return self.filter(Exists(members))

    def with_outcome(self, kinds: Collection[str]) -> Self:
        from rounds.models import Outcome

        return self.filter(Exists(Outcome.objects.filter(round=OuterRef("pk"), kind__in=kinds)))

    def in_city(self, city: str) -> Self:
        """Rounds in the city, by the name it had at the time."""
        return self.filter(city=city)

    def in_country(self, code: str) -> Self:
        return self.filter(country=code)

    def with_keys(self, keys: Collection[int] | models.QuerySet[Any, Any]) -> Self:
        return self.filter(pk__in=keys)

    def in_years(self, years: Collection[int]) -> Self:
        """Rounds that began in one of the years."""
        return self.filter(start__year__in=years)

    def without_venue(self) -> Self:
        return self.filter(venue="").oldest()

    def numbered(self, *numbers: int) -> Self:
        return self.filter(number__in=numbers)

    def before(self, number: int) -> Self:
        """Rounds with a lower number, nearest first."""
        return self.filter(number__lt=number).order_by("-number")

    def after(self, number: int) -> Self:
        """Rounds with a higher number, nearest first."""
        return self.filter(number__gt=number).order_by("number")

    def nearest(self, number: int) -> list[Round]:
        """Up to three rounds with the nearest numbers, lowest first."""
        near = [*self.before(number)[:3], *self.after(number - 1)[:3]]
        near.sort(key=lambda round_: abs(round_.number - number))
        return sorted(near[:3], key=lambda round_: round_.number)

    def newest(self) -> Self:
        return self.order_by("-start", "-number")

    def oldest(self) -> Self:
        return self.order_by("start", "number")

    def outline(self) -> Iterable[Outline]:
        """The bare rounds, oldest first, for what needs all of them at once."""
        rows = self.oldest().values_list(*Outline._fields)
        return map(Outline._make, rows)

    def with_outcomes(self) -> Self:
        return self.order_by("number").prefetch_related("outcomes__sources")

    def with_comparison(self) -> Self:
        """With what is compared of two rounds."""
        from rounds.models import Delegation

        return self.prefetch_related(
            Prefetch("delegations", Delegation.objects.by_role().with_people()),
            "agenda_items__topic",
            "outcomes",
        )

    def with_everything(self) -> Self:
        """With all parts of each round and their sources."""
        from rounds.models import Claim, Delegation

        return self.prefetch_related(
            "sources",
            "sessions__sources",
            Prefetch("delegations", Delegation.objects.by_role().with_people()),
            "delegations__sources",
            "agenda_items__topic",
            "agenda_items__sources",
            "outcomes__sources",
            "documents__sources",
            "disputes__sources",
            Prefetch("disputes__claims", Claim.objects.prefetch_related("sources")),
        )
