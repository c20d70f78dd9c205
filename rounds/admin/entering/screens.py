"""Screens of the record whose forms are pages of lines, ticks and a tray of sources."""

from typing import Any

import nested_admin
from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse

from rounds.admin.entering.inlines import PlainFields, forget_reading, reading_of
from rounds.admin.entering.rows import PageForm
from rounds.admin.entering.sections import Page, Section
from rounds.sources.admin import RecordAdmin


class PageAdmin(PlainFields, RecordAdmin, nested_admin.NestedModelAdmin):
    """A screen whose form is such a page; to who may only look, it is as Django has it."""

    page_class = Page
    form = PageForm

    def _changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Read everything anew, also where the same is tried once more."""
        forget_reading(request)
        view: Any = super()._changeform_view
        return view(request, *args, **options)

    def get_field_queryset(
        self, db: str | None, db_field: Any, request: HttpRequest
    ) -> QuerySet[Any] | None:
        """With what the names of the objects need."""
        rows = super().get_field_queryset(db, db_field, request)
        screen = admin.site._registry.get(db_field.remote_field.model)
        needed = getattr(screen, "list_select_related", None)
        if isinstance(db_field, ForeignKey) and isinstance(needed, list):
            rows = db_field.remote_field.model._default_manager.all() if rows is None else rows
            return rows.select_related(*needed)
        return rows

    def get_inline_formsets(
        self,
        request: HttpRequest,
        formsets: list[Any],
        inline_instances: list[Any],
        obj: Any = None,
        **options: Any,
    ) -> list[Any]:
        """The rows in sections of the page, where the user may edit all of them."""
        if not all(may_edit_rows(one, request, obj) for one in (self, *inline_instances)):
            return super().get_inline_formsets(request, formsets, inline_instances, obj, **options)
        pairs = zip(inline_instances, formsets, strict=False)
        return [Section(one, formset) for one, formset in pairs if formset.is_nested is False]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        sections = context["inline_admin_formsets"]
        is_whole = len(sections) == len(self.get_inlines(request, obj))
        is_ours = is_whole and all(isinstance(one, Section) for one in sections)
        if is_ours and may_edit_rows(self, request, obj):
            context["page"] = self.page_class(context["adminform"], sections, reading_of(request))
        return super().render_change_form(request, context, obj, add, change, form_url)

    @property
    def media(self) -> forms.Media:
        """Without the scripts that drag rows: those of the page are not dragged."""
        return admin.ModelAdmin.media.fget(self)  # type: ignore[attr-defined]


def may_edit_rows(screen: Any, request: HttpRequest, obj: Any) -> bool:
    """Whether the user may change what a screen or inline shows, and add to it."""
    if isinstance(screen, admin.ModelAdmin):
        may: bool = screen.has_change_permission(request, obj) or obj is None
        return may
    return screen.has_change_permission(request, obj) and screen.has_add_permission(request, obj)
