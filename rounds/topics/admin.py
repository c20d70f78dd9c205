from django.contrib import admin

from rounds.topics.models import Topic


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin[Topic]):
    list_display = ["label", "theme", "slug"]
    list_filter = ["theme"]
    search_fields = ["label", "slug", "other_names"]
    autocomplete_fields = ["sources"]
    prepopulated_fields = {"slug": ["label"]}
