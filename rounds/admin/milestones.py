from django.contrib import admin

from rounds.admin.saving import BrieflySaved
from rounds.lookups import TolerantAdmin
from rounds.models import Milestone
from rounds.sources.admin import SourcedAdmin


@admin.register(Milestone)
class MilestoneAdmin(BrieflySaved, TolerantAdmin, SourcedAdmin, admin.ModelAdmin[Milestone]):
    list_display = ["title", "start", "kind", "place"]
    list_filter = ["kind"]
    search_fields = ["title", "slug", "text", "place"]
    date_hierarchy = "start"
    autocomplete_fields = ["related_round", "sources"]
    prepopulated_fields = {"slug": ["title"]}
