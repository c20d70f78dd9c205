"""Formsets of the admin: parts of a round, checked against each other and saved in order."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet, UniqueConstraint
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from nested_admin.formsets import NestedInlineFormSet

Slot = tuple[Any, ...]


class StoredRow(forms.Field):
    """The row that a form is about, one of those that were read."""

    widget = forms.HiddenInput

    def __init__(self, rows: Mapping[str, Model], **options: Any) -> None:
        super().__init__(**options)
        self.rows = rows

    def to_python(self, value: Any) -> Model | None:
        if value in self.empty_values:
            return None
        try:
            return self.rows[str(value)]
        except KeyError:
            raise ValidationError(_("This row is not there any more.")) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str(data or "")


class PartFormSet(NestedInlineFormSet):
    """The parts of one kind that a round, delegation or dispute has.

    Django checks no row of an inline against a constraint that names its parent, and compares
    the rows with each other only where a constraint has no condition. The rest would fail
    in the database, and what the editor entered would be lost. So each row is seen to occupy
    slots: a number, a participant, the head's.
    """

    reading: Any = None  # what reads the rows of all formsets of a page, if anything does

    def get_queryset(self) -> QuerySet[Any]:
        """The rows that were sent; none where one of them names no row that can be."""
        if self.reading:
            return self._rows
        try:
            rows: QuerySet[Any] = super().get_queryset()
        except ValueError:
            rows = self.model._default_manager.none().order_by("pk")
        return rows

    @cached_property
    def _rows(self) -> QuerySet[Any]:
        if self.is_bound:
            name = self.model._meta.pk.name
            places = range(self.initial_form_count())
            sent = {self.data.get(f"{self.add_prefix(place)}-{name}") for place in places}
            found = [one for one in self.reading.rows(self.model) if str(one.pk) in sent]
        else:
            above = self.instance.pk
            rows = self.reading.rows(self.model) if above else ()
            found = [one for one in rows if getattr(one, self.fk.attname) == above]
        rows = self.model._default_manager.order_by("pk")
        rows._result_cache = found
        return rows

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.parent_formset = self
        if self.reading:
            rows = {str(one.pk): one for one in self.get_queryset()}
            form.fields[self.model._meta.pk.name] = StoredRow(
                rows, initial=form.instance.pk, required=False
            )

    def total_form_count(self) -> int:
        """How many rows there are: no more than were sent, whatever number comes with them."""
        total = super().total_form_count()
        return min(total, self._sent) if self.is_bound else total

    def initial_form_count(self) -> int:
        """How many of them are stored: no more than there are, whatever is sent as well."""
        initial = super().initial_form_count()
        return min(initial, self.total_form_count()) if self.is_bound else initial

    @cached_property
    def _sent(self) -> int:
        """One more than the place of the last row of which anything was sent."""
        start = f"{self.prefix}-"
        places = (
            name.removeprefix(start).partition("-")[0]
            for name in (*self.data, *self.files)
            if name.startswith(start)
        )
        return max((int(one) + 1 for one in places if one.isdecimal() and len(one) < 9), default=0)

    @property
    def initial_forms(self) -> list[Any]:
        """The forms of rows that are stored; Django would show no other of those that were."""
        return [form for form in super().initial_forms if form.instance.pk or not self.is_bound]

    @property
    def extra_forms(self) -> list[Any]:
        """Those of new rows, and of those that somebody deleted meanwhile."""
        stored = self.initial_forms
        return [form for form in self.forms if form not in stored]

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        """A row; one that is gone and is to be added again needs no key."""
        form = super()._construct_form(i, **kwargs)
        name = self._pk_field.name
        if self.is_bound and self.data.get(form.add_prefix(name)) == "":
            form.fields[name].required = False
        return form

    def validate_unique(self) -> None:
        self._refuse_vanished()
        taken: set[Slot] = set()
        for row in self._unsent:
            taken |= self._slots(row).keys()
        for form in self._kept():
            slots = self._slots_now(form)
            for slot in slots.keys() & taken:
                form.add_error(None, slots[slot].get_violation_error_message())
            taken |= slots.keys()
        _ordered, waiting = self._in_order(self._kept())
        for form in waiting:
            form.add_error(
                None, _("Another row of this page has this place; move that one first and save.")
            )

    def process_forms_pre_save(self, forms: list[Any]) -> list[Any]:
        """Save a row that gives up a slot before the one that takes it, and none that stays.

        Three times it would be read again, while others wait.
        """
        for form in forms:
            form._is_initial = form._is_initial and form.instance.pk is not None
        rows = [form for form in super().process_forms_pre_save(forms) if not self._stays(form)]
        deleted = [form for form in rows if self._should_delete_form(form)]
        ordered, waiting = self._in_order([form for form in rows if form not in deleted])
        return [*deleted, *ordered, *waiting]

    def _stays(self, form: Any) -> bool:
        """Whether the row is as it was stored, and where."""
        is_there = form.initial.get(self.fk.name) == self.instance.pk
        return is_there and not form.has_changed() and not self._should_delete_form(form)

    def _should_delete_form(self, form: Any) -> bool:
        """Rows go with what they belong to, also where the browser does not say so."""
        above = getattr(self, "parent_form", None)
        return bool(
            super()._should_delete_form(form)
            or (above and above.parent_formset._should_delete_form(above))
        )

    @cached_property
    def _unsent(self) -> list[dict[str, Any]]:
        """What is stored here beside the rows that were sent: somebody else added it meanwhile.

        It is not read where the rows stay as they are, or nothing is stored yet.
        """
        if self.instance.pk is None or not any(form.has_changed() for form in self.forms):
            return []
        others = self.model._base_manager.filter(**{self.fk.name: self.instance.pk})
        sent = [form.instance.pk for form in self.forms if form.instance.pk]
        names = [field.name for field in self.model._meta.concrete_fields]
        return list(others.exclude(pk__in=sent).values(*names))

    def _kept(self) -> list[Any]:
        return [
            form
            for form in self.forms
            if form.is_valid() and form.has_changed() | bool(form.instance.pk)
            if not self._should_delete_form(form)
        ]

    def _refuse_vanished(self) -> None:
        """Say that rows are gone; Django does not even show the error, for lack of a row."""
        name = self.model._meta.pk.name
        if any(name in form.errors and not self._should_delete_form(form) for form in self.forms):
            raise ValidationError(
                _("Somebody else has deleted one of these. Choose above what becomes of it.")
            )

    def _in_order(self, rows: list[Any]) -> tuple[list[Any], list[Any]]:
        """The rows in an order that the database allows, and those that wait for each other."""
        now = {form: self._slots_now(form).keys() for form in rows}
        before = {form: self._slots(form.initial).keys() for form in rows if form.instance.pk}
        ordered: list[Any] = []
        while rows:
            ready = [
                form
                for form in rows
                if not any(now[form] & before.get(one, set()) for one in rows if one is not form)
            ]
            if not ready:
                break
            ordered += ready
            rows = [form for form in rows if form not in ready]
        return ordered, rows

    def _slots_now(self, form: Any) -> dict[Slot, UniqueConstraint]:
        fields = self.model._meta.concrete_fields
        return self._slots({one.name: getattr(form.instance, one.attname) for one in fields})

    def _slots(self, values: Mapping[str, Any]) -> dict[Slot, UniqueConstraint]:
        """What a row with these values occupies among the rows of its parent."""
        found = {}
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and applies(constraint, values):
                unique = [values.get(name) for name in constraint.fields if name != self.fk.name]
                if None not in unique:
                    found[(constraint.name, *unique)] = constraint
        return found


class NumberedPartFormSet(PartFormSet):
    """Gives parts without a number the next one that is free."""

    place = "number"

    def clean(self) -> None:
        super().clean()
        rows = [form for form in self.forms if not self._should_delete_form(form)]
        numbers = [getattr(form.instance, self.place) for form in rows]
        numbers += [form.initial.get(self.place) for form in rows]
        numbers += [row[self.place] for row in self._unsent]
        following = max((number for number in numbers if number), default=0) + 1
        for form in rows:
            if form.has_changed() and getattr(form.instance, self.place) is None:
                setattr(form.instance, self.place, following)
                following += 1


class OrderedPartFormSet(NumberedPartFormSet):
    """The same of parts whose place is no number that readers see."""

    place = "order"


def applies(constraint: UniqueConstraint, values: Mapping[str, Any]) -> bool:
    """Whether a row with these values meets the constraint's condition.

    Knows the lookups that conditions of ours use: equality and ``isnull``.
    """
    lookups: Any = constraint.condition.children if constraint.condition else []
    return all(
        (values.get(lookup.removesuffix("__isnull")) is None) == expected
        if lookup.endswith("__isnull")
        else values.get(lookup) == expected
        for lookup, expected in lookups
    )
