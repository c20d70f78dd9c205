"""The filters in groups, as the page folds them, each choice with how many rounds it leaves."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.selection.choices import COUNTED, Counts
from rounds.selection.filters import RoundFilterSet
from rounds.topics.models import Theme, Topic

GROUPS = {
    "stage": (_("Stage of the topic"), ("stage", "match")),
    "who": (_("Who came"), ("participant", "role", "absent", "person")),
    "when": (_("When"), ("year", "date_after", "date_before")),
    "where": (_("Where"), ("city", "country")),
    "result": (_("What came of it"), ("outcome", "commitment")),
}


@dataclass(frozen=True)
class Choice:
    """A value to choose; ``count`` is None where it is not a matter of rounds."""

    value: str
    label: str
    is_chosen: bool
    count: int | None

    def __str__(self) -> str:
        """In one line, where nothing can stand beside it."""
        if self.count is None:
            return str(self.label)
        return gettext("%(label)s (%(count)d)") % {"label": self.label, "count": self.count}


@dataclass(frozen=True)
class FilterField:
    """A filter in the form; ``counts`` are those of its choices, None where it has no such."""

    field: forms.BoundField
    counts: Mapping[str, int] | None = None

    @property
    def template(self) -> str:
        if not self._is_select:
            return "includes/input.html"
        is_several = self.field.field.widget.allow_multiple_selected
        return f"rounds/_{'checkboxes' if is_several else 'select'}.html"

    @property
    def key(self) -> Hashable:
        """All that it depends on, besides the record."""
        value = self.field.value()
        chosen = tuple(value) if isinstance(value, list) else value
        counts = None if self.counts is None else tuple(sorted(self.counts.items()))
        return self.field.name, chosen, tuple(self.field.errors), counts

    @property
    def choices(self) -> list[Choice]:
        """Its choices; none where it is typed."""
        rows = [option.data for option in self.field] if self._is_select else []
        return [
            Choice(str(one["value"]), one["label"], one["selected"], self._count(str(one["value"])))
            for one in rows
        ]

    @property
    def _is_select(self) -> bool:
        return isinstance(self.field.field.widget, forms.Select)

    def _count(self, value: str) -> int | None:
        return None if self.counts is None or not value else self.counts.get(value, 0)


@dataclass(frozen=True)
class Group:
    """Some filters under one heading; ``chosen`` is how many of them are set."""

    name: str
    label: str
    fields: list[FilterField]
    chosen: int

    @property
    def is_open(self) -> bool:
        return bool(self.chosen) or any(one.field.errors for one in self.fields)


class Panel:
    """All filters as the page shows them."""

    def __init__(self, filterset: RoundFilterSet) -> None:
        self.filterset, self.form, self.counts = filterset, filterset.form, Counts(filterset)

    @property
    def groups(self) -> list[Group]:
        chosen = self.filterset.chosen
        return [
            Group(name, str(label), [*map(self.field, names)], len(chosen.keys() & set(names)))
            for name, (label, names) in GROUPS.items()
        ]

    def field(self, name: str) -> FilterField:
        return FilterField(self.form[name], self.counts.of(name) if name in COUNTED else None)

    @cached_property
    def chosen_topics(self) -> list[str]:
        return self.form["topic"].value() or []

    @property
    def topics_key(self) -> Hashable:
        """All that the topics depend on, besides the record."""
        return tuple(sorted(self.counts.of("topic").items())), tuple(self.chosen_topics)

    def topics_by_theme(self) -> list[tuple[str, list[Choice], int]]:
        """All topics by theme, with how many of the theme are chosen."""
        counts, chosen = self.counts.of("topic"), self.chosen_topics
        themes: dict[str, list[Choice]] = {str(theme.label): [] for theme in Theme}
        for topic in Topic.objects.visible_to(self.filterset.user):
            choice = Choice(
                topic.slug, topic.label, topic.slug in chosen, counts.get(topic.slug, 0)
            )
            themes[topic.get_theme_display()].append(choice)
        return [
            (theme, topics, sum(topic.is_chosen for topic in topics))
            for theme, topics in themes.items()
            if topics
        ]
