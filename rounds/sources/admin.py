"""What the screens of the whole record share, and that of sources."""

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import chain
from typing import Any, TypeVar

from django import forms
from django.contrib import admin
from django.contrib.admin.filters import FieldListFilter, RelatedFieldListFilter
from django.contrib.admin.options import BaseModelAdmin, ModelAdmin
from django.contrib.admin.utils import NestedObjects
from django.contrib.admin.widgets import (
    AdminDateWidget,
    AdminSplitDateTime,
    RelatedFieldWidgetWrapper,
)
from django.db import models, router
from django.db.models import QuerySet
from django.forms.utils import ErrorList
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext

from rounds.access import (
    EDITED_APPS,
    Visitor,
    has_page,
    may_delete,
    may_see_unpublished,
    public,
    seen_by,
)
from rounds.lookups import TolerantAdmin, TolerantFields
from rounds.sources.days import AdminDayInput, DayField
from rounds.sources.link_screen import LinkFilter, LinkScreen
from rounds.sources.models import SameAddressError, Source
from rounds.wording.dates import DAY_FORMAT, DAY_WANTED

Rows = TypeVar("Rows", bound=QuerySet[Any])


def is_of_record(model: type[models.Model] | None) -> bool:
    return model is not None and model._meta.app_label in EDITED_APPS


def shown_to(user: Visitor, rows: Rows) -> Rows:
    """The rows of the record that the admin shows to the user; others are left as they are."""
    is_free = may_see_unpublished(user) or not is_of_record(rows.model)
    return rows if is_free else seen_by(user, rows)


class DayFields(BaseModelAdmin[Any]):
    """Forms whose days are typed in one form, which an empty field shows."""

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        shown = {"placeholder": gettext("YYYY-MM-DD")}
        if isinstance(db_field, models.DateTimeField):
            widget: Any = AdminSplitDateTime()
            day = shown | {"aria-label": gettext("Day")}
            widget.widgets[0] = AdminDateWidget(attrs=day, format=DAY_FORMAT)
            widget.widgets[1].attrs["aria-label"] = gettext("Time")
            options |= {
                "widget": widget,
                "input_date_formats": [DAY_FORMAT],
                "error_messages": {"invalid_date": DAY_WANTED},
            }
        elif isinstance(db_field, models.DateField):
            options |= {
                "form_class": DayField,
                "widget": AdminDayInput(attrs=shown, format=DAY_FORMAT),
                "input_formats": [DAY_FORMAT],
                "error_messages": {"invalid": DAY_WANTED},
            }
        return super().formfield_for_dbfield(db_field, request, **options)


class RecordAdmin(DayFields, TolerantFields):
    """A screen of the record, which shows no draft to who may not see it.

    Every screen of the record descends from this, also the rows on the page of another.
    """

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return shown_to(request.user, super().get_queryset(request))

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **options)
        if field:
            field.label_from_instance = with_round
        return field

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        """Beside a choice stands no ✖ that would delete what is chosen from the record."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field

    def get_field_queryset(
        self, db: str | None, db_field: Any, request: HttpRequest
    ) -> QuerySet[Any] | None:
        """The objects that a field offers, and takes; None for all of them."""
        rows = super().get_field_queryset(db, db_field, request)
        if may_see_unpublished(request.user):
            return rows
        related = db_field.remote_field.model
        return shown_to(request.user, related._default_manager.using(db) if rows is None else rows)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Pages that everybody may see are withdrawn by who publishes. ``obj`` of rows is above."""
        may: bool = super().has_delete_permission(request, obj)
        return may and (obj is None or not has_page(self.model) or may_delete(request.user, obj))

    def get_deleted_objects(
        self, objs: Iterable[Any], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[Any], list[Any]]:
        """What would be deleted, of what kinds, what forbids it, and what refers to it.

        Who may not see drafts, which may be among these, learns that there is something, not what.
        """
        found: Any = super().get_deleted_objects(objs, request)  # type: ignore[misc]
        _deleted, counts, forbidden, protecting = found
        if may_see_unpublished(request.user):
            collector: Any = NestedObjects(using=router.db_for_write(self.model), origin=objs)
            collector.collect(objs)
            know_rounds([*chain(*collector.model_objs.values()), *collector.protected])
            protecting = sorted(collector.protected, key=in_order)
            return collector.nested(linked), counts, forbidden, list(map(linked, protecting))
        protecting = [gettext("what refers to it")] if protecting else []
        return [str(one) for one in objs], {}, forbidden, protecting


class ShownObjectsFilter(RelatedFieldListFilter):
    """The filter of a list by related objects, which offers those that the admin shows."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Any:
        if may_see_unpublished(request.user):
            return super().field_choices(field, request, model_admin)
        return field.get_choices(
            include_blank=False,
            ordering=self.field_admin_ordering(field, request, model_admin),
            limit_choices_to=public(field.remote_field.model),
        )


FieldListFilter.register(
    lambda field: is_of_record(getattr(field.remote_field, "model", None)),
    ShownObjectsFilter,
    take_priority=True,
)


class SourcedAdmin(RecordAdmin):
    """The form of a fact: publisher and title of its sources can be read in full."""

    autocomplete_fields = ["sources"]

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField[Any] | None:
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field and db_field.name == "sources":
            field.widget.attrs["data-width"] = "min(40rem, 100%)"
        return field


class SourceForm(forms.ModelForm[Source]):
    """Leads to the source that is on record already, as far as the visitor may see it."""

    visitor: Visitor

    def validate_unique(self) -> None:
        super().validate_unique()
        for error in self.errors.get("url", ErrorList()).as_data():
            if isinstance(error, SameAddressError):
                error.message = self._said(error.slug)

    def _said(self, slug: str) -> str:
        first = shown_to(self.visitor, Source.objects.all()).of_slug(slug)
        if first is None:
            return gettext("This is the address of a source that you may not see.")
        address = reverse("admin:sources_source_change", args=[first.pk])
        link = format_html('<a href="{}">{}</a>', address, first)
        return format_html(gettext("This is the address of a source on record: {}"), link)


@admin.register(Source)
class SourceAdmin(RecordAdmin, TolerantAdmin, LinkScreen, admin.ModelAdmin[Source]):
    form = SourceForm
    list_display = ["slug", "link", "title", "publisher", "published", "language"]
    list_filter = [LinkFilter, "language", "title_is_descriptive"]
    readonly_fields = ["checked_link"]
    search_fields = ["slug", "title", "publisher", "url"]
    date_hierarchy = "published"

    def get_form(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        form: Any = super().get_form(request, *args, **options)
        form.visitor = request.user
        return form

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """A whole address finds its source however it is written, also that of a copy."""
        there = queryset.filter(pk__in=Source.objects.at(search_term).values("pk"))
        if there.exists():
            return there, False
        return super().get_search_results(request, queryset, search_term)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """As Django has it, but what protects a source are the facts that name it."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            protected = [linked(fact) for fact in facts_naming(objs, request.user)]
            protected = protected or [gettext("Facts of rounds that you may not see.")]
        return deleted, counts, lacking, protected


def facts_naming(sources: Iterable[Source], user: Visitor) -> Iterator[Any]:
    """The facts that name one of the sources, as far as the user may see them."""
    for relation in Source._meta.related_objects:
        if relation.many_to_many:
            facts: Any = relation.related_model
            seen = facts.objects.visible_to(user).with_words()
            yield from seen.filter(sources__in=list(sources)).distinct()


def round_of(one: models.Model) -> Any:
    """The round that something belongs to, None for a round and for what belongs to none."""
    path = getattr(one, "path_to_round", None)
    return reduce(getattr, path.split("__"), one) if path else None


def know_rounds(some: Iterable[models.Model]) -> None:
    """Read the rounds of all of these at once."""
    by_kind: dict[type[models.Model], list[models.Model]] = {}
    for one in some:
        by_kind.setdefault(type(one), []).append(one)
    for kind, rows in by_kind.items():
        if path := getattr(kind, "path_to_round", None):
            models.prefetch_related_objects(rows, path)


def in_order(one: models.Model) -> tuple[Any, ...]:
    """By the order of the rounds; what belongs to none comes first."""
    round_ = round_of(one)
    return (round_.number if round_ else 0, str(one._meta.verbose_name), one.pk)


def with_round(one: models.Model) -> str:
    """What something is called, after its round: rounds have parts of the same name."""
    round_ = round_of(one)
    return f"{round_} · {one}" if round_ else str(one)


def linked(one: models.Model) -> str:
    """Something with its kind and round, as a link to where it is changed, if that is."""
    kind, round_ = capfirst(one._meta.verbose_name), round_of(one)
    said = f"{round_} · {kind}: {one}" if round_ else f"{kind}: {one}"
    if not admin.site.is_registered(type(one)):
        return said
    name = f"admin:{one._meta.app_label}_{one._meta.model_name}_change"
    return format_html('<a href="{}">{}</a>', reverse(name, args=[one.pk]), said)
