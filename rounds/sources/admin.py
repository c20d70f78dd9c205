from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.http import HttpRequest

from rounds.sources.models import Source


class SourcedAdmin(BaseModelAdmin[Any]):
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
class SourceAdmin(admin.ModelAdmin[Source]):
    list_display = ["slug", "title", "publisher", "published", "language"]
    list_filter = ["language", "title_is_descriptive"]
    search_fields = ["slug", "title", "publisher"]
    date_hierarchy = "published"
