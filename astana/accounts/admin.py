"""The audit list in the admin: to read and filter, for administrators."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from astana.accounts.models import Entry


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin[Entry]):
    """Nobody adds, changes or deletes a line by hand, not even a superuser."""

    list_display = ["at", "action", "name", "subject", "detail", "network"]
    list_filter = ["action", "at", "name"]
    search_fields = ["name", "subject", "detail"]
    fields = ["at", "action", "name", "subject", "detail", "network"]
    list_per_page = 100
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
