"""A round with all its parts."""

from typing import Any

import nested_admin
from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from rounds.admin.entering.inlines import INLINES, PlainFields, reading_of
from rounds.admin.entering.sections import Page, Section
from rounds.admin.publication import PublicationAdmin
from rounds.admin.saving import BrieflySaved
from rounds.lookups import TolerantAdmin
from rounds.models import Round
from rounds.sources.admin import RecordAdmin


@admin.register(Round)
class RoundAdmin(
    BrieflySaved,
    PublicationAdmin,
    TolerantAdmin,
    PlainFields,
    RecordAdmin,
    nested_admin.NestedModelAdmin,
):
    list_display = ["number", "start", "end", "city", "status", "publication"]
    list_display_links = ["number", "start"]
    list_filter = ["publication", "status", "city"]
    search_fields = ["=number", "city", "summary"]
    date_hierarchy = "start"
    ordering = ["-number"]
    fieldsets = [
        (None, {"fields": [("number", "publication", "status"), "summary"]}),
        (
            _("Dates and place"),
            {
                "fields": [
                    ("start", "end", "date_precision"),
                    "date_note",
                    ("city", "country"),
                    "venue",
                    "sources",
                ]
            },
        ),
    ]
    inlines = INLINES

    def get_form(
        self, request: HttpRequest, obj: Round | None = None, change: bool = False, **options: Any
    ) -> type[forms.ModelForm[Round]]:
        reading_of(request).know(obj)
        return super().get_form(request, obj, change, **options)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new round follows the last one, in its city."""
        last = Round.objects.order_by("number").last()
        proposed: dict[str, Any] = {"number": 1 if last is None else last.number + 1}
        if last:
            proposed |= {"city": last.city, "country": last.country}
        return proposed | super().get_changeform_initial_data(request)

    def get_inline_formsets(
        self,
        request: HttpRequest,
        formsets: list[Any],
        inline_instances: list[Any],
        obj: Round | None = None,
        **options: Any,
    ) -> list[Any]:
        """The parts in sections of the page; where the user may only look, as Django has them."""
        if obj and not self.has_change_permission(request, obj):
            return super().get_inline_formsets(request, formsets, inline_instances, obj, **options)
        pairs = zip(inline_instances, formsets, strict=False)
        return [Section(one, formset) for one, formset in pairs if formset.is_nested is False]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        sections = context["inline_admin_formsets"]
        if all(isinstance(one, Section) for one in sections):
            context["page"] = Page(context["adminform"].form, sections, reading_of(request))
        return super().render_change_form(request, context, *args, **options)

    @property
    def media(self) -> forms.Media:
        """Without the scripts that drag rows: those of the page are not dragged."""
        return admin.ModelAdmin.media.fget(self)  # type: ignore[attr-defined]
