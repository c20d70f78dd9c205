from django.contrib import admin

from rounds.lookups import TolerantAdmin
from rounds.sources.admin import SourcedAdmin
from rounds.topics.models import Topic


@admin.register(Topic)
class TopicAdmin(TolerantAdmin, SourcedAdmin, admin.ModelAdmin[Topic]):
    list_display = ["label", "theme", "slug"]
    list_filter = ["theme"]
    search_fields = ["label", "slug", "names__text"]
    prepopulated_fields = {"slug": ["label"]}
