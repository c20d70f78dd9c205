from django.contrib import admin

from rounds.admin.entering.screens import PageAdmin
from rounds.admin.saving import BrieflySaved
from rounds.lookups import TolerantAdmin
from rounds.models import Milestone


@admin.register(Milestone)
class MilestoneAdmin(BrieflySaved, TolerantAdmin, PageAdmin):
    list_display = ["title", "start", "kind", "place"]
    list_filter = ["kind"]
    search_fields = ["title", "slug", "text", "place"]
    date_hierarchy = "start"
    prepopulated_fields = {"slug": ["title"]}
