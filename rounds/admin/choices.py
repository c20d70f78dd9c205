"""What is proposed while an editor types in a field that takes an object."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

from rounds.sources.admin import with_round


class ChoicesView(AutocompleteJsonView):
    """Django's, which would call the delegations of a participant at all rounds the same."""

    def get_queryset(self) -> QuerySet[Any]:
        read_too = self.model_admin.list_select_related
        if "\0" in self.term:  # on which PostgreSQL fails
            return self.model_admin.model._default_manager.none().order_by("pk")
        rows: QuerySet[Any] = super().get_queryset()
        return rows.select_related(*read_too) if isinstance(read_too, list) else rows

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return super().serialize_result(obj, to_field_name) | {"text": with_round(obj)}


def choices(request: HttpRequest) -> HttpResponseBase:
    return ChoicesView.as_view(admin_site=admin.site)(request)
