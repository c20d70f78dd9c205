"""A round with all its parts."""

import nested_admin
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from rounds.admin.inlines import inlines_of_rounds
from rounds.admin.saving import BrieflySaved
from rounds.lookups import TolerantAdmin
from rounds.models import Round
from rounds.sources.admin import SourcedAdmin


@admin.register(Round)
class RoundAdmin(BrieflySaved, TolerantAdmin, SourcedAdmin, nested_admin.NestedModelAdmin):
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
    inlines = inlines_of_rounds()
