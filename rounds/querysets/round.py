"""Rounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch
from django.utils.translation import gettext

from rounds import addresses
from rounds.sources.querysets import FactQuerySet

if TYPE_CHECKING:
    from rounds.models import Round


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

    def __str__(self) -> str:
        return gettext("Round %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return addresses.of_round(self.number)

    @property
    def anchor(self) -> str:
        return addresses.anchor_of_round(self.number)


class RoundQuerySet(FactQuerySet["Round"]):
    def get_by_natural_key(self, number: int) -> Round:
        return self.get(number=number)

    def upcoming(self) -> Self:
        """Rounds announced but not yet held."""
        return self.filter(status=self.model.Status.ANNOUNCED)

    def past(self) -> Self:
        """Rounds that took place or were to take place."""
        return self.exclude(status=self.model.Status.ANNOUNCED)

    def between(self, start: date | None, end: date | None) -> Self:
        """Rounds with a day from start to end; None leaves that side open."""
        rounds = self
        if start:
            rounds = rounds.filter(end__gte=start)
        if end:
            rounds = rounds.filter(start__lte=end)
        return rounds

    def having(self, parts: models.QuerySet[Any]) -> Self:
        """Rounds with one of the parts."""
        return self.filter(Exists(parts.filter(round=OuterRef("pk"))))

    def having_every(self, parts: models.QuerySet[Any], name: str, wanted: Collection[Any]) -> Self:
        """Rounds whose parts together name every one of what is wanted in that field."""
        # Counted at once: PostgreSQL plans an Exists for each of them for minutes.
        found = parts.order_by().values("round").annotate(found=Count(name, distinct=True))
        return self.filter(pk__in=found.filter(found__gte=len(wanted)).values("round"))

    def lacking_one(
        self, parts: models.QuerySet[Any], name: str, wanted: Collection[Any]
    ) -> dict[int, int]:
        """For the key of each of what is wanted, how many rounds have all the others alone."""
        keys = {one.pk for one in wanted}
        there: dict[int, set[int]] = {pk: set() for pk in self.values_list("pk", flat=True)}
        for round_, key in parts.filter(round__in=there).values_list("round", name):
            there[round_].add(key)
        missing = (keys - those for those in there.values())
        return Counter(those.pop() for those in missing if len(those) == 1)

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
        """With what is compared of two rounds, and whether papers have points recorded."""
        delegations: Any = self.related("delegations")
        with_points = self.related("documents").filter(paragraphs__isnull=False)
        rounds = self.annotate(has_points=Exists(with_points.filter(round=OuterRef("pk"))))
        return rounds.prefetch_related(
            Prefetch("delegations", delegations.by_role().with_people()),
            Prefetch("agenda_items", self.related("agenda_items").select_related("topic")),
            "outcomes",
        )

    def with_everything(self) -> Self:
        """With all parts of each round and their sources."""
        parts: list[Any] = [
            relation
            for relation in self.model._meta.related_objects
            if getattr(relation.related_model, "path_to_round", None) == "round"
        ]
        return self.prefetch_related(
            "sources",
            *(
                Prefetch(one.get_accessor_name(), one.related_model.objects.for_page())
                for one in parts
            ),
        )
