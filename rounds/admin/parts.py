"""Each part of a round on its own page; the round's page has them all."""

from typing import Any

import nested_admin
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from rounds.admin.inlines import ClaimInline, MemberInline
from rounds.admin.saving import BrieflySaved
from rounds.lookups import TolerantAdmin
from rounds.models import (
    FACTS,
    AgendaItem,
    Claim,
    Delegation,
    Dispute,
    Document,
    Member,
    Outcome,
    RoundPart,
    Session,
)
from rounds.sources.admin import RecordAdmin, SourcedAdmin


class RoundPartAdmin(BrieflySaved, TolerantAdmin, SourcedAdmin, nested_admin.NestedModelAdmin):
    """A part on its own page; the round's page has them all."""

    list_display = ["round", "__str__"]
    list_display_links = ["__str__"]
    list_filter = ["round"]
    list_select_related = ["round"]
    autocomplete_fields = ["round", "sources"]


@admin.register(Session)
class SessionAdmin(RoundPartAdmin):
    list_filter = ["kind", "round"]


@admin.register(Delegation)
class DelegationAdmin(RoundPartAdmin):
    list_display = ["round", "participant", "role", "attendance"]
    list_display_links = ["participant"]
    list_filter = ["role", "attendance", "participant", "round"]
    list_select_related = ["round", "participant"]
    search_fields = ["participant__name", "=round__number"]
    autocomplete_fields = ["round", "participant", "sources"]
    inlines = [MemberInline]


@admin.register(Member)
class MemberAdmin(BrieflySaved, RecordAdmin, TolerantAdmin, admin.ModelAdmin[Member]):
    list_display = ["person", "delegation", "delegation__round", "position", "is_head"]
    list_filter = ["is_head", "delegation__participant"]
    search_fields = ["person__name", "person__other_spellings", "position"]
    autocomplete_fields = ["delegation", "person"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Member]:
        rows = super().get_queryset(request)
        return rows.select_related("person", "delegation__participant", "delegation__round")


@admin.register(AgendaItem)
class AgendaItemAdmin(RoundPartAdmin):
    list_display = ["round", "topic", "stage", "note"]
    list_display_links = ["topic"]
    list_filter = ["stage", "topic", "round"]
    list_select_related = ["round", "topic"]
    search_fields = ["topic__label", "note"]
    autocomplete_fields = ["round", "topic", "sources"]


class NumberedPartAdmin(RoundPartAdmin):
    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        part = super().save_form(request, form, change)
        if part.number is None:
            numbers = type(part).objects.of([part.round_id]).values_list("number", flat=True)
            part.number = max(numbers, default=0) + 1
        return part


@admin.register(Outcome)
class OutcomeAdmin(NumberedPartAdmin):
    list_display = ["round", "number", "kind", "text"]
    list_display_links = ["text"]
    list_filter = ["kind", "round"]
    search_fields = ["text"]


@admin.register(Document)
class DocumentAdmin(NumberedPartAdmin):
    list_display = ["round", "number", "title", "kind", "date"]
    list_display_links = ["title"]
    list_filter = ["kind", "round"]
    search_fields = ["title"]
    date_hierarchy = "date"


@admin.register(Dispute)
class DisputeAdmin(NumberedPartAdmin):
    list_display = ["round", "number", "subject"]
    list_display_links = ["subject"]
    search_fields = ["subject", "=round__number"]
    inlines = [ClaimInline]


@admin.register(Claim)
class ClaimAdmin(BrieflySaved, TolerantAdmin, SourcedAdmin, admin.ModelAdmin[Claim]):
    list_display = ["dispute", "number", "value", "is_kept"]
    list_display_links = ["value"]
    list_filter = ["is_kept", "dispute__round"]
    list_select_related = ["dispute"]
    search_fields = ["value"]
    autocomplete_fields = ["dispute", "sources"]

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Claim:
        claim: Claim = super().save_form(request, form, change)
        if claim.number is None:
            claim.number = max((one.number for one in claim.dispute.claims.all()), default=0) + 1
        return claim


for model in FACTS:
    if issubclass(model, RoundPart) and not admin.site.is_registered(model):
        admin.site.register(model, RoundPartAdmin)
