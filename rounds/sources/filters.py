"""The filters of sources."""

from collections.abc import Mapping
from typing import Any

import django_filters as filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from rounds.sources.languages import language_name
from rounds.sources.models import Source
from rounds.sources.querysets import SourceQuerySet


class SourceFilterSet(filters.FilterSet):
    """Narrows sources; ``rounds`` gives, by number, the keys of the sources of a round."""

    publisher = filters.CharFilter(label=_("Publisher"), max_length=100)
    language = filters.ChoiceFilter(label=_("Language"), empty_label=_("any"))
    year = filters.ChoiceFilter(label=_("Year"), empty_label=_("any"))
    round = filters.ChoiceFilter(label=_("Round"), empty_label=_("any"))

    class Meta:
        model = Source
        fields: list[str] = []

    def __init__(
        self,
        data: Mapping[str, Any],
        queryset: SourceQuerySet,
        rounds: Mapping[int, set[int]],
    ) -> None:
        super().__init__(data, queryset)
        self.rounds = rounds
        rows = list(queryset.values_list("language", "published"))
        languages = {code: language_name(code) for code, _day in rows}
        years = {day.year for _code, day in rows if day}
        self.filters["language"].extra["choices"] = sorted(
            languages.items(), key=lambda pair: pair[1]
        )
        self.filters["year"].extra["choices"] = [(str(y), str(y)) for y in sorted(years)]
        self.filters["round"].extra["choices"] = [(str(n), str(n)) for n in sorted(rounds)]

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The values given, without the empty ones; {} while one of them is wrong."""
        if self.errors:
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def filter_queryset(self, queryset: SourceQuerySet) -> SourceQuerySet:
        if self.errors:
            return queryset.none()
        if "publisher" in self.chosen:
            queryset = queryset.by_publisher(self.chosen["publisher"])
        if "language" in self.chosen:
            queryset = queryset.in_language(self.chosen["language"])
        if "year" in self.chosen:
            queryset = queryset.published_in(int(self.chosen["year"]))
        if "round" in self.chosen:
            queryset = queryset.with_keys(self.rounds[int(self.chosen["round"])])
        return queryset
