from django.contrib import admin

from rounds.sources.models import Source


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin[Source]):
    list_display = ["slug", "title", "publisher", "published", "language"]
    list_filter = ["language", "title_is_descriptive"]
    search_fields = ["slug", "title", "publisher"]
    date_hierarchy = "published"
