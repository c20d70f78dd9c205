"""Days as editors type them: one far from all others is asked about before it is taken."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext

from rounds.wording.dates import written

FIRST_YEAR = 2011  # what is on record is of later years, but for a resolution or so
MOST_DAYS_AHEAD = 366


def is_far(day: date) -> bool:
    """Whether a day is so far from those on record that another one may be meant."""
    return day.year < FIRST_YEAR or (day - timezone.localdate()).days > MOST_DAYS_AHEAD


class Typed(str):
    """A day as it was typed, and about which day the form asked before."""

    asked: str

    def __new__(cls, value: str, asked: str) -> "Typed":
        one = super().__new__(cls, value)
        one.asked = asked
        return one


class AskingInput(forms.DateInput):
    """Keeps in mind about which far day the form asks, or that it is on record."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return Typed(value, data.get(f"{name}-asked", "")) if isinstance(value, str) else value

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        html = super().render(name, value, attrs, renderer)
        day = _day(value)
        if day is None or not is_far(day):
            return html
        return html + format_html('<input type="hidden" name="{}-asked" value="{}">', name, day)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value.strip()) if isinstance(value, str) else value
    except ValueError:
        return None


class DayInput(AskingInput):
    """A plain field for a day."""


class AdminDayInput(AskingInput, AdminDateWidget):
    """Django's field for a day, with its calendar."""


class DayField(forms.DateField):
    """A day; of one that is far it asks whether it is meant, and takes it the second time."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and is_far(day) and isinstance(value, Typed) and value.asked != day.isoformat():
            raise ValidationError(
                gettext("Is %(day)s meant? If it is, save once more.") % {"day": written(day)},
                code="far",
            )
        return day
