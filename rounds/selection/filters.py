"""The filters of rounds."""

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from functools import cache
from operator import itemgetter
from typing import Any

import django_filters as filters
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, TextChoices
from django.http import HttpRequest, QueryDict
from django.utils.choices import CallableChoiceIterator
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from rounds import kept
from rounds.access import Visitor, may_see_unpublished
from rounds.findings.outline import outline_seen_by
from rounds.models import AgendaItem, Outcome, Round, Verdict
from rounds.participants.models import Participant, Person, Role
from rounds.querysets import Outline, RoundQuerySet
from rounds.search.query import Query
from rounds.search.results import mentioning
from rounds.selection.demands import OF_FACTS, Chosen, Demand, Match, OfRounds
from rounds.selection.parameters import given
from rounds.topics.models import Topic
from rounds.wording.dates import DAY_FORMAT, DAY_WANTED
from rounds.wording.signs import storable


class Order(TextChoices):
    NEWEST = "newest", _("newest first")
    OLDEST = "oldest", _("oldest first")


def visitor(request: HttpRequest | None) -> Visitor:
    """Who asks; without a request somebody who sees what everybody may."""
    return request.user if request else AnonymousUser()


def as_query(data: Mapping[str, Any] | None) -> QueryDict:
    """The data as a query string has it, whatever mapping it came in: lists are several values.

    What is empty or said twice is left out.
    """
    query = QueryDict(mutable=True)
    pairs = data.lists() if isinstance(data, MultiValueDict) else (data or {}).items()
    for name, value in pairs:
        values = value if isinstance(value, list | tuple | set) else [value]
        # What no database has becomes a sign that nothing contains, so it is a wrong value.
        if found := given([storable(str(one)) for one in values if one is not None]):
            query.setlist(name, found)
    return query


def is_empty(value: Any) -> bool:
    """Whether a field was left empty; a queryset says so without being read."""
    return bool(value.query.is_empty()) if isinstance(value, QuerySet) else not value


def must_be_known(message: Any) -> dict[str, Any]:
    """The error messages of a field whose values must be known."""
    return {"error_messages": {"invalid_choice": message, "invalid_pk_value": message}}


# What fields of days take.
DAY = {"input_formats": [DAY_FORMAT], "error_messages": {"invalid": DAY_WANTED}}


class RoundFilterForm(forms.Form):
    def clean(self) -> dict[str, Any]:
        after, before = self.cleaned_data.get("date_after"), self.cleaned_data.get("date_before")
        if after and before and before < after:
            self.add_error("date_before", _("This day is before the first one. Swap the two."))
        return self.cleaned_data


class Filters(dict[str, filters.Filter]):
    """The filters of a set, of which each takes a copy: not of their messages, which takes long."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, filters.Filter]:
        copies = {name: copy(one) for name, one in self.items()}
        for one in copies.values():
            one.extra = dict(one.extra)
        return copies


class Shared(dict[str, forms.Field]):
    """The fields of a form, which does not copy them: nobody changes them, and it takes long."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "Shared":
        return self


class RoundFilterSet(filters.FilterSet):
    """Narrows rounds: one set for the page, the exports and the API; README has the parameters.

    ``data`` is any mapping. Without a queryset it narrows all that the user of the request may
    see. ``qs`` has the rounds that match, in order; none at all while a value is wrong, so that
    no filter is dropped silently. ``outline`` has all rounds before filtering.
    """

    q = filters.CharFilter(
        label=_("Words"),
        max_length=200,
        error_messages={"max_length": _("Use at most %(limit_value)d characters.")},
    )
    topic = filters.ModelMultipleChoiceFilter(
        label=_("Topics"),
        queryset=lambda request: Topic.objects.visible_to(visitor(request)),
        to_field_name="slug",
        **must_be_known(_("“%(value)s” is not a topic here. Choose one from the list.")),
    )
    stage = filters.MultipleChoiceFilter(
        label=_("Stage of the topic"),
        choices=AgendaItem.Stage.choices,
        **must_be_known(_("“%(value)s” is not a stage: use agenda, discussed or statement.")),
    )
    participant = filters.ModelMultipleChoiceFilter(
        label=_("Attended by"),
        queryset=lambda request: Participant.objects.visible_to(visitor(request)),
        to_field_name="slug",
        **must_be_known(_("“%(value)s” is not a participant here. Choose one from the list.")),
    )
    role = filters.MultipleChoiceFilter(
        label=_("Its role"),
        choices=Role.choices,
        **must_be_known(_("“%(value)s” is not a role. Choose one from the list.")),
    )
    match = filters.ChoiceFilter(
        label=_("Several topics or participants"),
        choices=Match.choices,
        empty_label=None,
        **must_be_known(_("“%(value)s” is neither “any” nor “all”.")),
    )
    absent = filters.ModelChoiceFilter(
        label=_("Stayed away"),
        queryset=lambda request: Participant.objects.visible_to(visitor(request)),
        to_field_name="slug",
        empty_label=_("anybody or nobody"),
        **must_be_known(_("“%(value)s” is not a participant here. Choose one from the list.")),
    )
    person = filters.ModelChoiceFilter(
        label=_("Person"),
        queryset=lambda request: Person.objects.visible_to(visitor(request)),
        to_field_name="slug",
        empty_label=_("anybody"),
        **must_be_known(_("“%(value)s” is not a person here. Choose one from the list.")),
    )
    city = filters.ChoiceFilter(
        label=_("City"),
        empty_label=_("any"),
        **must_be_known(_("No round was held in “%(value)s”. Choose a city from the list.")),
    )
    country = filters.ChoiceFilter(
        label=_("Country"),
        empty_label=_("any"),
        **must_be_known(_("No round was held in “%(value)s”. Choose a country from the list.")),
    )
    year = filters.MultipleChoiceFilter(
        label=_("Years"),
        **must_be_known(_("No round is recorded for “%(value)s”. Choose a year from the list.")),
    )
    date_after = filters.DateFilter(label=_("From"), **DAY)
    date_before = filters.DateFilter(label=_("Until"), **DAY)
    outcome = filters.MultipleChoiceFilter(
        label=_("Outcomes"),
        choices=Outcome.Kind.choices,
        **must_be_known(_("“%(value)s” is not a kind of outcome. Choose one from the list.")),
    )
    commitment = filters.MultipleChoiceFilter(
        label=_("Commitments, by the last evidence"),
        choices=Verdict.choices,
        **must_be_known(_("“%(value)s” says nothing of a commitment. Choose one from the list.")),
    )
    order = filters.ChoiceFilter(
        label=_("Order"),
        choices=Order.choices,
        empty_label=None,
        **must_be_known(_("“%(value)s” is neither “newest” nor “oldest”.")),
    )

    class Meta:
        model = Round
        fields: list[str] = []
        form = RoundFilterForm

    @classmethod
    def get_filters(cls) -> Filters:
        return Filters(super().get_filters())

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        queryset: RoundQuerySet | None = None,
        *,
        request: HttpRequest | None = None,
        prefix: str | None = None,
    ) -> None:
        self.user = visitor(request)
        # The same rounds for everybody, so that much of it can be kept.
        self.is_public = queryset is None and kept.is_on() and not may_see_unpublished(self.user)
        if queryset is None:
            queryset = Round.objects.visible_to(self.user)
        super().__init__(as_query(data), queryset, request=request, prefix=prefix)
        # Read only where a form is shown or a value is to be checked. Functions, as a form copies
        # its fields, and with a method the whole set.
        for name, choices in (("city", cities), ("country", countries_of), ("year", years)):
            self.filters[name].extra["choices"] = CallableChoiceIterator(
                lambda choices=choices: choices(self.outline)
            )

    def get_form_class(self) -> type[forms.Form]:
        return form_of_everybody() if self.is_public else super().get_form_class()

    @property
    def outline(self) -> list[Outline]:
        """All rounds before filtering, oldest first."""
        return outline_seen_by(self.user) if self.is_public else self._outline

    @cached_property
    def _outline(self) -> list[Outline]:
        return list(self.queryset.outline())

    @cached_property
    def chosen(self) -> Chosen:
        """The values given, without the empty ones; {} while one of them is wrong."""
        if self.errors:
            return {}
        given = self.form.cleaned_data.items()
        return {name: value for name, value in given if not is_empty(value)}

    @cached_property
    def matching(self) -> list[Outline]:
        """The rounds of the outline that match, oldest first; none while a value is wrong."""
        keys = self.meeting_all()
        return [] if self.errors else [row for row in self.outline if row.pk in keys]

    def meeting_all(self) -> set[int]:
        """The keys of the rounds that meet every demand."""
        return self.meeting_others(())

    def meeting_others(self, names: tuple[str, ...]) -> set[int]:
        """The keys of the rounds that meet every demand but the one that has one of the filters."""
        found = {row.pk for row in self.outline}
        for one, keys in self._met.items():
            if not set(one) & set(names):
                found &= keys
        return found

    @cached_property
    def _met(self) -> dict[tuple[str, ...], set[int]]:
        """For each demand, by its filters, the keys of the rounds that meet it."""
        rounds = self.queryset.order_by()
        return {
            one.names: set(one.narrow(rounds, self.chosen).values_list("pk", flat=True))
            for one in self.demands
        }

    @cached_property
    def listed(self) -> list[Outline]:
        """The rounds that match, in the order that was chosen."""
        return self.matching if self.is_oldest_first else self.matching[::-1]

    @property
    def is_oldest_first(self) -> bool:
        return self.chosen_order == Order.OLDEST

    def mask(self, rows: Collection[Outline]) -> bytes:
        """Which rounds of the outline these are: what tells one selection from another."""
        keys = {row.pk for row in rows}
        return bytes(row.pk in keys for row in self.outline)

    @property
    def first_year(self) -> int:
        return self.outline[0].start.year

    @property
    def last_year(self) -> int:
        return max(row.end.year for row in self.outline)

    @property
    def chosen_order(self) -> str:
        return str(self.chosen.get("order", Order.NEWEST))

    def filter_queryset(self, queryset: RoundQuerySet) -> RoundQuerySet:
        if self.errors:
            return queryset.none()
        for demand in self.demands:
            queryset = demand.narrow(queryset, self.chosen)
        return queryset.oldest() if self.is_oldest_first else queryset.newest()

    @property
    def demands(self) -> list[Demand]:
        """What the chosen values demand of rounds; each demand stands by itself."""
        demands: list[Demand] = [*OF_FACTS, *self._of_rounds]
        return [one for one in demands if self.chosen.keys() & set(one.names)]

    @property
    def _of_rounds(self) -> tuple[OfRounds, ...]:
        return (
            OfRounds(("city",), lambda rounds, chosen: rounds.in_city(chosen["city"])),
            OfRounds(("country",), lambda rounds, chosen: rounds.in_country(chosen["country"])),
            OfRounds(("year",), lambda rounds, chosen: rounds.in_years(chosen["year"])),
            OfRounds(("q",), lambda rounds, chosen: rounds.with_keys(mentioning(self.query))),
            OfRounds(
                ("date_after", "date_before"),
                lambda rounds, chosen: rounds.between(
                    chosen.get("date_after"), chosen.get("date_before")
                ),
            ),
        )

    @cached_property
    def query(self) -> Query:
        """The query for the chosen words, which reads their other spellings once."""
        return Query(self.chosen.get("q", ""), self.user)


@cache
def form_of_everybody() -> type[forms.Form]:
    """The form of all who see what everybody may; its choices are read where they are needed."""
    form: type[forms.Form] = super(RoundFilterSet, RoundFilterSet()).get_form_class()
    form.base_fields = Shared(form.base_fields)
    return form


def cities(rounds: Iterable[Outline]) -> list[tuple[str, str]]:
    return [(city, city) for city in sorted({row.city for row in rounds})]


def countries_of(rounds: Iterable[Outline]) -> list[tuple[str, str]]:
    codes = {row.country for row in rounds}
    return sorted(((code, countries.name(code)) for code in codes), key=itemgetter(1))


def years(rounds: Iterable[Outline]) -> list[tuple[str, str]]:
    found = sorted({row.start.year for row in rounds})
    return [(str(year), str(year)) for year in found]
