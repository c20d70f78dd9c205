"""What the screens of the whole record share, and that of sources."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django import forms
from django.contrib import admin
from django.contrib.admin.filters import FieldListFilter, RelatedFieldListFilter
from django.contrib.admin.options import BaseModelAdmin, ModelAdmin
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext

from rounds.access import EDITED_APPS, Visitor, may_see_unpublished, public, seen_by
from rounds.lookups import TolerantAdmin, TolerantFields
from rounds.sources.models import Source
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
            widget.widgets[0] = AdminDateWidget(attrs=shown, format=DAY_FORMAT)
            options |= {
                "widget": widget,
                "input_date_formats": [DAY_FORMAT],
                "error_messages": {"invalid_date": DAY_WANTED},
            }
        elif isinstance(db_field, models.DateField):
            options |= {
                "widget": AdminDateWidget(attrs=shown, format=DAY_FORMAT),
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

    def get_field_queryset(
        self, db: str | None, db_field: Any, request: HttpRequest
    ) -> QuerySet[Any] | None:
        """The objects that a field offers, and takes; None for all of them."""
        rows = super().get_field_queryset(db, db_field, request)
        if may_see_unpublished(request.user):
            return rows
        related = db_field.remote_field.model
        return shown_to(request.user, related._default_manager.using(db) if rows is None else rows)

    def get_deleted_objects(
        self, objs: Iterable[Any], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[Any], list[Any]]:
        """What would be deleted, of what kinds, what forbids it, and what refers to it.

        Who may not see drafts, which may be among these, learns that there is something, not what.
        """
        found = super().get_deleted_objects(objs, request)  # type: ignore[misc]
        if may_see_unpublished(request.user):
            return found
        forbidden, protecting = found[2], [gettext("what refers to it")] if found[3] else []
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


@admin.register(Source)
class SourceAdmin(RecordAdmin, TolerantAdmin, admin.ModelAdmin[Source]):
    list_display = ["slug", "title", "publisher", "published", "published_precision", "language"]
    list_filter = ["language", "title_is_descriptive"]
    search_fields = ["slug", "title", "publisher"]
    date_hierarchy = "published"

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


def linked(fact: Any) -> str:
    """A fact with its round, as a link to where its sources are changed."""
    name = f"admin:{fact._meta.app_label}_{fact._meta.model_name}_change"
    kind = capfirst(fact._meta.verbose_name)
    round_ = fact.its_round
    said = f"{kind}: {fact}" if round_ in (None, fact) else f"{round_} · {kind}: {fact}"
    return format_html('<a href="{}">{}</a>', reverse(name, args=[fact.pk]), said)
