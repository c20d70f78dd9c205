"""The filters of sources."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import django_filters as filters
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.search.words import folded
from rounds.selection.filters import as_query, must_be_known
from rounds.sources.models import Source
from rounds.sources.querysets import SourceQuerySet
from rounds.wording.languages import language_name

UNDATED = "undated"
MOST_BARS = 60


class YearBar(NamedTuple):
    """The sources of a year; ``share`` is their percentage of those of the fullest year."""

    year: int
    total: int
    share: int

    @property
    def top(self) -> int:
        return 100 - self.share


class SourceFilterSet(filters.FilterSet):
    """Narrows sources; ``rounds`` gives, by number, the keys of the sources of a round."""

    publisher = filters.CharFilter(
        label=_("Publisher"),
        max_length=100,
        error_messages={"max_length": _("Use at most %(limit_value)d characters.")},
    )
    language = filters.ChoiceFilter(
        label=_("Language"),
        empty_label=_("any"),
        **must_be_known(_("No source is in “%(value)s”. Choose a language from the list.")),
    )
    year = filters.ChoiceFilter(
        label=_("Year"),
        empty_label=_("any"),
        **must_be_known(_("No source is of “%(value)s”. Choose a year from the list.")),
    )
    round = filters.ChoiceFilter(
        label=_("Round"),
        empty_label=_("any"),
        **must_be_known(_("No source of round “%(value)s” is here. Choose one from the list.")),
    )

    class Meta:
        model = Source
        fields: list[str] = []

    def __init__(
        self,
        data: Mapping[str, Any],
        queryset: SourceQuerySet,
        rounds: Mapping[int, set[int]],
    ) -> None:
        super().__init__(as_query(data), queryset)
        self.rounds = rounds
        rows = list(queryset.values_list("language", "published", "publisher"))
        languages = Counter(code for code, _day, _publisher in rows)
        self.years = Counter(day.year for _code, day, _publisher in rows if day)
        self.publishers = {publisher for _code, _day, publisher in rows}
        self.filters["language"].extra["choices"] = sorted(
            ((code, f"{language_name(code)} ({count})") for code, count in languages.items()),
            key=lambda pair: pair[1],
        )
        undated = f"{gettext('undated')} ({len(rows) - self.years.total()})"
        self.filters["year"].extra["choices"] = [
            *((str(year), f"{year} ({self.years[year]})") for year in sorted(self.years)),
            (UNDATED, undated),
        ]
        self.filters["round"].extra["choices"] = [(str(n), str(n)) for n in sorted(rounds)]

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The values given, without the empty ones; {} while one of them is wrong."""
        if self.errors:
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def year_bars(self) -> list[YearBar]:
        """Every year from the first to the last with its sources; of very many the filled ones."""
        if not self.years:
            return []
        years = range(min(self.years), max(self.years) + 1)
        span: Iterable[int] = years if len(years) <= MOST_BARS else sorted(self.years)
        most = max(self.years.values())
        return [
            YearBar(year, self.years[year], round(100 * self.years[year] / most)) for year in span
        ]

    def publishers_like(self, words: str) -> list[str]:
        """The publishers whose names contain the words, whatever the case and the accents.

        SQLite would know the case of ASCII letters alone, and neither database the accents.
        """
        return [one for one in self.publishers if folded(words) in folded(one)]

    def filter_queryset(self, queryset: SourceQuerySet) -> SourceQuerySet:
        if self.errors:
            return queryset.none()
        if "publisher" in self.chosen:
            queryset = queryset.by_publishers(self.publishers_like(self.chosen["publisher"]))
        if "language" in self.chosen:
            queryset = queryset.in_language(self.chosen["language"])
        if "year" in self.chosen:
            year = self.chosen["year"]
            queryset = queryset.undated() if year == UNDATED else queryset.published_in(int(year))
        if "round" in self.chosen:
            queryset = queryset.with_keys(self.rounds[int(self.chosen["round"])])
        return queryset
