"""Parts of a round as rows of its page."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.forms import HiddenInput
from django.http import HttpRequest

from rounds.admin.entering.fields import AS_ROUND, NamedField, NamesField, NumbersField, day_field
from rounds.admin.entering.reading import NAMED, Reading
from rounds.admin.entering.rows import MemberForm, PersonField, RowForm
from rounds.admin.inlines import inlines_of_rounds
from rounds.models import AgendaItem, Delegation, Member, Session
from rounds.participants.models import Person
from rounds.sources.models import SourcesField


def reading_of(request: HttpRequest) -> Reading:
    """What this request reads for the page, the same whoever asks."""
    found: Reading | None = getattr(request, "reading", None)
    if found is None:
        found = request.reading = Reading(request, models_of(INLINES))  # type: ignore[attr-defined]
    return found


# What the place of a row on the page says, by the kind of the row.
PLACES: dict[Any, tuple[str, ...]] = {AgendaItem: ("topic", "stage"), Session: ("kind",)}


def forget_reading(request: HttpRequest) -> None:
    request.__dict__.pop("reading", None)


class PlainFields(BaseModelAdmin[Any]):
    """Fields that are typed: names, numbers of sources, days."""

    first_sources: str | None = None  # what stands in the field of a new row

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        reading, related = reading_of(request), db_field.related_model
        common = {
            "label": db_field.verbose_name,
            "help_text": db_field.help_text,
            "required": not db_field.blank,
        }
        if isinstance(db_field, SourcesField):
            return NumbersField(reading=reading, initial=self.first_sources, **common)
        if related in NAMED and not is_said_by_rows(db_field):
            kind = NamesField if db_field.many_to_many else NamedField
            kind = PersonField if related is Person else kind
            return kind(reading=reading, model=related, **common)  # type: ignore[arg-type]
        if isinstance(db_field, models.DateField):
            return day_field(db_field, **options)
        return super().formfield_for_dbfield(db_field, request, **options)


def is_said_by_rows(db_field: Any) -> bool:
    """Whether what a relation leads to has rows of its own between the two."""
    return db_field.many_to_many and not db_field.remote_field.through._meta.auto_created


class RowFields(PlainFields):
    form = RowForm
    first_sources = AS_ROUND
    are_read_at_once = False  # the rows of all formsets of this kind on the page

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name == "attendance":
            field.initial = Delegation.Attendance.ANNOUNCED
        if db_field.name in PLACES.get(self.model, ()):
            field.widget = HiddenInput()
        return field

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """The class of the formset, made once, not for each row that has such rows."""
        reading = reading_of(request)
        if self.model not in reading.formsets:
            formset = super().get_formset(request, obj, **options)  # type: ignore[misc]
            formset.reading = reading if self.are_read_at_once else None
            reading.formsets[self.model] = formset
        return reading.formsets[self.model]


def on_page(inline: type[Any], *, of_round: bool = False) -> type[Any]:
    """An inline with the fields and rows of the page, and so the inlines within."""
    options: dict[str, Any] = {
        "inlines": [on_page(one, of_round=of_round) for one in inline.inlines],
        "autocomplete_fields": [],
        "are_read_at_once": of_round,
    }
    if inline.model is Member:
        options["form"] = MemberForm
    return type(f"{inline.__name__}OnPage", (RowFields, inline), options)


def models_of(inlines: list[Any]) -> Iterator[Any]:
    """The models of inlines, and of those within."""
    for inline in inlines:
        yield inline.model
        yield from models_of(inline.inlines)


INLINES: list[Any] = [on_page(one, of_round=True) for one in inlines_of_rounds()]
