"""The filters of rounds: one set for the page, the exports and the API."""

from collections.abc import Mapping
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Count, TextChoices
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from rounds.models import AgendaItem, Outcome, Round
from rounds.participants.models import Participant, Person, Role
from rounds.querysets import Outline, RoundQuerySet
from rounds.search.results import mentioning
from rounds.topics.models import Theme, Topic


class Match(TextChoices):
    ANY = "any", _("any of them")
    ALL = "all", _("all of them")


class Order(TextChoices):
    NEWEST = "newest", _("newest first")
    OLDEST = "oldest", _("oldest first")


class Shown(TextChoices):
    ON = "on", _("shown")


def must_be_known(message: Any) -> dict[str, Any]:
    """The error messages of a field whose values must be known."""
    return {"error_messages": {"invalid_choice": message, "invalid_pk_value": message}}


class RoundFilterForm(forms.Form):
    def clean(self) -> dict[str, Any]:
        after, before = self.cleaned_data.get("date_after"), self.cleaned_data.get("date_before")
        if after and before and before < after:
            self.add_error("date_before", _("This day is before the first one. Swap the two."))
        return self.cleaned_data


class RoundFilterSet(filters.FilterSet):
    """Narrows the rounds that a visitor may see; ``design`` of the parameters: README.

    ``qs`` has the rounds that match, in order; none at all while a value is wrong, so
    that no filter is dropped silently. ``outline`` has all rounds before filtering.
    """

    q = filters.CharFilter(
        label=_("Words"),
        max_length=200,
        error_messages={"max_length": _("Use at most %(limit_value)d characters.")},
    )
    topic = filters.ModelMultipleChoiceFilter(
        label=_("Topics"),
        queryset=Topic.objects.all(),
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
        queryset=Participant.objects.all(),
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
        queryset=Participant.objects.all(),
        to_field_name="slug",
        empty_label=_("anybody or nobody"),
        **must_be_known(_("“%(value)s” is not a participant here. Choose one from the list.")),
    )
    person = filters.ModelChoiceFilter(
        label=_("Person"),
        queryset=Person.objects.all(),
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
    date_after = filters.DateFilter(
        label=_("From"),
        error_messages={"invalid": _("Give the day as year-month-day, like 2018-01-31.")},
    )
    date_before = filters.DateFilter(
        label=_("Until"),
        error_messages={"invalid": _("Give the day as year-month-day, like 2018-01-31.")},
    )
    outcome = filters.MultipleChoiceFilter(
        label=_("Outcomes"),
        choices=Outcome.Kind.choices,
        **must_be_known(_("“%(value)s” is not a kind of outcome. Choose one from the list.")),
    )
    order = filters.ChoiceFilter(
        label=_("Order"),
        choices=Order.choices,
        empty_label=None,
        **must_be_known(_("“%(value)s” is neither “newest” nor “oldest”.")),
    )
    milestones = filters.ChoiceFilter(
        label=_("Milestones between the rounds"),
        choices=Shown.choices,
        empty_label=_("hidden"),
        **must_be_known(_("“%(value)s” is not possible here: use “on” or leave it out.")),
    )

    class Meta:
        model = Round
        fields: list[str] = []
        form = RoundFilterForm

    def __init__(self, data: Mapping[str, Any] | None, queryset: RoundQuerySet) -> None:
        # PostgreSQL has no NUL; as another sign that nothing contains, it is a wrong value.
        clean = QueryDict(mutable=True)
        for name, values in QueryDict.lists(data) if isinstance(data, QueryDict) else ():
            clean.setlist(name, [value.replace("\0", "�") for value in values])
        super().__init__(clean, queryset)
        self.outline = list(queryset.outline())
        found_countries = {row.country for row in self.outline}
        self.filters["city"].extra["choices"] = [
            (city, city) for city in sorted({row.city for row in self.outline})
        ]
        self.filters["country"].extra["choices"] = sorted(
            ((code, countries.name(code)) for code in found_countries), key=lambda pair: pair[1]
        )
        self.filters["year"].extra["choices"] = [
            (str(year), str(year)) for year in sorted({row.start.year for row in self.outline})
        ]

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The values given, without the empty ones; {} while one of them is wrong."""
        if self.errors:
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @cached_property
    def matching(self) -> list[Outline]:
        """The rounds of the outline that match, oldest first."""
        keys = set(self.qs.order_by().values_list("pk", flat=True))
        return [row for row in self.outline if row.pk in keys]

    @property
    def unknown_parameters(self) -> list[str]:
        """Names in the address that are no filters."""
        return sorted(set(self.data) - set(self.filters) - {"page"})

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
        rounds = self._narrowed(queryset, self.chosen)
        return rounds.oldest() if self.chosen_order == Order.OLDEST else rounds.newest()

    def _narrowed(self, rounds: RoundQuerySet, chosen: dict[str, Any]) -> RoundQuerySet:
        every = chosen.get("match") == Match.ALL
        if {"topic", "stage"} & chosen.keys():
            rounds = rounds.with_topics(chosen.get("topic", ()), chosen.get("stage", ()), every)
        if {"participant", "role"} & chosen.keys():
            rounds = rounds.attended_by(
                chosen.get("participant", ()), chosen.get("role", ()), every
            )
        if "absent" in chosen:
            rounds = rounds.without(chosen["absent"])
        if "person" in chosen:
            rounds = rounds.with_person(chosen["person"])
        if "city" in chosen:
            rounds = rounds.in_city(chosen["city"])
        if "country" in chosen:
            rounds = rounds.in_country(chosen["country"])
        if "year" in chosen:
            rounds = rounds.in_years(chosen["year"])
        if "outcome" in chosen:
            rounds = rounds.with_outcome(chosen["outcome"])
        if "q" in chosen:
            rounds = rounds.with_keys(mentioning(chosen["q"]))
        return rounds.between(chosen.get("date_after"), chosen.get("date_before"))

    def topics_by_theme(self) -> list[tuple[str, list[Topic]]]:
        """All topics by theme, each with ``round_count`` and whether it ``is_chosen``."""
        counts, chosen = self.counts_by_topic(), self.data.getlist("topic")
        themes: dict[str, list[Topic]] = {str(theme.label): [] for theme in Theme}
        for topic in Topic.objects.all():
            topic.round_count = counts.get(topic.pk, 0)
            topic.is_chosen = topic.slug in chosen
            themes[topic.get_theme_display()].append(topic)
        return [(theme, topics) for theme, topics in themes.items() if topics]

    def counts_by_topic(self) -> dict[int, int]:
        """For each topic's key, how many rounds choosing it would leave.

        The other filters apply; so do the topics chosen already where all must match.
        """
        chosen = dict(self.chosen)
        stages = chosen.get("stage", ())
        if chosen.get("match") != Match.ALL:
            chosen.pop("topic", None)
            chosen.pop("stage", None)
        items = AgendaItem.objects.of(self._narrowed(self.queryset, chosen)).at(stages)
        counts = items.order_by().values_list("topic").annotate(Count("round", distinct=True))
        return dict(counts)
