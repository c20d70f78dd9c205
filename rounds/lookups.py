"""What the admin makes of parameters in its addresses that make no sense: nothing."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin, IncorrectLookupParameters, ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError, ProgrammingError, connection, transaction
from django.db.models import ForeignKey, IntegerField, ManyToManyField, QuerySet
from django.db.models.lookups import In
from django.http import HttpRequest

# How Django and the databases say that a value cannot be looked for.
SENSELESS = (
    ValueError,
    TypeError,
    LookupError,
    OverflowError,
    IncorrectLookupParameters,
    DataError,
    ProgrammingError,
)


def guarded() -> AbstractContextManager[Any]:
    """Lets a transaction that may be there survive a query that fails."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


@IntegerField.register_lookup
class IntegerIn(In):
    """A number that the column cannot hold is in no row; SQLite fails on those past 64 bits."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value():
            kind = self.lhs.output_field.get_internal_type()
            lowest, highest = connection.ops.integer_field_range(kind)
            self.rhs = [
                one
                for one in self.rhs
                if not isinstance(one, int)
                or ((lowest is None or lowest <= one) and (highest is None or one <= highest))
            ]
        return super().process_rhs(compiler, connection)


class Choices:
    """Choices that are looked up while typing, without what was sent and is none of them."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        field = self.choices.queryset.model._meta.pk  # type: ignore[attr-defined]
        keys = [one for one in value if is_value(field, one)]
        return super().optgroups(name, keys, attr)  # type: ignore[misc]


class TolerantSelect(Choices, AutocompleteSelect):
    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> Any:
        """What is chosen can be taken out again, where something has to be chosen too."""
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "true"}


class TolerantSelectMultiple(Choices, AutocompleteSelectMultiple):
    pass


def is_value(field: Any, value: Any) -> bool:
    """Whether a field of a model can have the value."""
    try:
        field.clean(value, None)
    except (ValidationError, *SENSELESS):
        return False
    return True


class TolerantChangeList(ChangeList):
    """A list that has no rows where its address asks for what cannot be."""

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: list[str | None] | None = None
    ) -> QuerySet[Any]:
        # PostgreSQL fails on a NUL, and SQLite takes a text to end there.
        if any("\0" in value for _name, values in request.GET.lists() for value in values):
            return self._nothing()
        try:
            return super().get_queryset(request, exclude_parameters)
        except SENSELESS:
            return self._nothing()

    def get_results(self, request: HttpRequest) -> None:
        try:
            with guarded():
                super().get_results(request)
        except SENSELESS:
            self.queryset = self._nothing()
            super().get_results(request)

    def _nothing(self) -> QuerySet[Any]:
        """No rows, and none of the parameters, which the page would read again."""
        self.params, self.filter_params, self.filter_specs = {}, {}, []
        self.has_filters, self.has_active_filters = False, True
        self.page_num, self.show_all = 1, False
        return self.root_queryset.none()


class TolerantFields(BaseModelAdmin[Any]):
    """Forms that can be shown again whatever was sent, also the rows of others."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            options.setdefault("widget", TolerantSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            options.setdefault("widget", TolerantSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **options)


class TolerantAdmin(TolerantFields, ModelAdmin[Any]):
    """Lists without rows and forms without values, where an address has none that can be."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TolerantChangeList

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Regular expressions are left out: a short one may keep a database busy for hours."""
        if lookup.endswith("regex"):
            return False
        return super().lookup_allowed(lookup, value, request)

    def response_action(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """What comes of an action on rows; a key that cannot be is that of none."""
        sent: Any = request.POST.copy()
        keys = sent.getlist(ACTION_CHECKBOX_NAME)
        sent.setlist(ACTION_CHECKBOX_NAME, [one for one in keys if is_value(self.opts.pk, one)])
        request.POST = sent
        return super().response_action(request, *args, **options)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The object; an empty ``_to_field`` asks for it by no other field."""
        return super().get_object(request, object_id, from_field or None)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        return {name: value for name, value in initial.items() if self._fits(name, value)}

    def _fits(self, name: str, value: Any) -> bool:
        try:
            field: Any = self.model._meta.get_field(name)
            with guarded():
                field.formfield().clean(value)
        except (FieldDoesNotExist, ValidationError, AttributeError, *SENSELESS):
            return False
        return True
