"""A round with all its parts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from rounds.admin.entering.inlines import INLINES, reading_of
from rounds.admin.entering.screens import PageAdmin
from rounds.admin.entering.sections import RoundPage
from rounds.admin.publication import PublicationAdmin
from rounds.admin.saving import BrieflySaved
from rounds.lookups import TolerantAdmin
from rounds.models import Round
from rounds.sources.admin import shown_to


@admin.register(Round)
class RoundAdmin(
    BrieflySaved,
    PublicationAdmin,
    TolerantAdmin,
    PageAdmin,
):
    page_class = RoundPage
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
        last = shown_to(request.user, Round.objects.order_by("number")).last()
        proposed: dict[str, Any] = {"number": 1 if last is None else last.number + 1}
        if last:
            proposed |= {"city": last.city, "country": last.country}
        return proposed | super().get_changeform_initial_data(request)
