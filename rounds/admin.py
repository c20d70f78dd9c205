from typing import Any

import nested_admin
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import QuerySet, TextField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from rounds.forms import NumberedPartFormSet, PartFormSet
from rounds.models import (
    AgendaItem,
    Claim,
    Delegation,
    Dispute,
    Document,
    Member,
    Milestone,
    Outcome,
    Round,
    Session,
)
from rounds.sources.admin import SourcedAdmin

admin.site.site_header = _("Astana process tracker")
admin.site.site_title = _("Astana process tracker")
admin.site.index_title = _("The record")


class PartInline(SourcedAdmin, nested_admin.NestedInlineModelAdmin):
    formset = PartFormSet
    extra = 0
    formfield_overrides = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 2})}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.prefetch_related(*self.autocomplete_fields)


class SessionInline(PartInline, nested_admin.NestedTabularInline):
    model = Session
    fields = ["kind", "day", "sources"]


class MemberInline(PartInline, nested_admin.NestedTabularInline):
    model = Member
    fields = ["person", "position", "is_head"]
    autocomplete_fields = ["person"]


class DelegationInline(PartInline, nested_admin.NestedStackedInline):
    model = Delegation
    fields = [("participant", "role", "attendance"), "note", "sources"]
    inlines = [MemberInline]
    autocomplete_fields = ["participant", "sources"]


class AgendaItemInline(PartInline, nested_admin.NestedStackedInline):
    model = AgendaItem
    fields = [("topic", "stage"), "note", "sources"]
    autocomplete_fields = ["topic", "sources"]


class OutcomeInline(PartInline, nested_admin.NestedStackedInline):
    model = Outcome
    formset = NumberedPartFormSet
    fields = ["number", "kind", "text", ("planned_from", "planned_to", "planned_place"), "sources"]


class DocumentInline(PartInline, nested_admin.NestedStackedInline):
    model = Document
    formset = NumberedPartFormSet
    fields = ["number", "title", ("kind", "date", "language"), "url", "sources"]


class ClaimInline(PartInline, nested_admin.NestedStackedInline):
    model = Claim
    formset = NumberedPartFormSet
    fields = [("number", "is_kept"), "value", "sources"]


class DisputeInline(PartInline, nested_admin.NestedStackedInline):
    model = Dispute
    formset = NumberedPartFormSet
    fields = ["number", "subject", "resolution", "sources"]
    inlines = [ClaimInline]


@admin.register(Round)
class RoundAdmin(SourcedAdmin, nested_admin.NestedModelAdmin):
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
    inlines = [
        SessionInline,
        DelegationInline,
        AgendaItemInline,
        OutcomeInline,
        DocumentInline,
        DisputeInline,
    ]


class RoundPartAdmin(SourcedAdmin, nested_admin.NestedModelAdmin):
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
class MemberAdmin(admin.ModelAdmin[Member]):
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
class ClaimAdmin(SourcedAdmin, admin.ModelAdmin[Claim]):
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


@admin.register(Milestone)
class MilestoneAdmin(SourcedAdmin, admin.ModelAdmin[Milestone]):
    list_display = ["title", "start", "kind", "place"]
    list_filter = ["kind"]
    search_fields = ["title", "slug", "text", "place"]
    date_hierarchy = "start"
    autocomplete_fields = ["related_round", "sources"]
    prepopulated_fields = {"slug": ["title"]}
