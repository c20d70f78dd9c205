"""The filters in groups, as the page folds them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

GROUPS = {
    "stage": (_("Stage of the topic"), ("stage", "match")),
    "who": (_("Who came"), ("participant", "role", "absent", "person")),
    "when": (_("When"), ("year", "date_after", "date_before")),
    "where": (_("Where"), ("city", "country")),
    "result": (_("What came of it"), ("outcome", "commitment")),
}


@dataclass(frozen=True)
class Group:
    """Some filters under one heading; ``chosen`` is how many of them are set."""

    name: str
    label: str
    fields: list[forms.BoundField]
    chosen: int

    @property
    def fields_with_templates(self) -> list[tuple[forms.BoundField, str]]:
        return [(field, _template(field.field.widget)) for field in self.fields]

    @property
    def is_open(self) -> bool:
        return bool(self.chosen) or any(field.errors for field in self.fields)


def _template(widget: forms.Widget) -> str:
    if not isinstance(widget, forms.Select):
        return "includes/input.html"
    return f"includes/{'checkboxes' if widget.allow_multiple_selected else 'choice'}.html"


def groups(form: forms.Form, chosen: dict[str, Any]) -> list[Group]:
    """The groups of a form, with what is ``chosen`` by the names of the filters."""
    return [
        Group(name, str(label), [form[one] for one in names], len(chosen.keys() & set(names)))
        for name, (label, names) in GROUPS.items()
    ]
