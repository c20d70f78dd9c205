from typing import Any

import nested_admin
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from nested_admin.formsets import NestedInlineFormSet

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

admin.site.site_header = _("Astana process tracker")
admin.site.site_title = _("Astana process tracker")
admin.site.index_title = _("The record")


class NumberingFormSet(NestedInlineFormSet):
    """Gives parts without a number the next one that is free."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if not self._should_delete_form(form)]
        numbers = [form.instance.number for form in kept if form.instance.number]
        following = max(numbers, default=0) + 1
        for form in kept:
            if form.has_changed() and form.instance.number is None:
                form.instance.number = following
                following += 1


class SessionInline(nested_admin.NestedTabularInline):
    model = Session
    extra = 0
    fields = ["kind", "day", "sources"]
    autocomplete_fields = ["sources"]


class MemberInline(nested_admin.NestedTabularInline):
    model = Member
    extra = 0
    fields = ["person", "position", "is_head"]
    autocomplete_fields = ["person"]


class DelegationInline(nested_admin.NestedStackedInline):
    model = Delegation
    extra = 0
    fields = [("participant", "role", "attendance"), "note", "sources"]
    inlines = [MemberInline]
    autocomplete_fields = ["participant", "sources"]


class AgendaItemInline(nested_admin.NestedTabularInline):
    model = AgendaItem
    extra = 0
    fields = ["topic", "stage", "note", "sources"]
    autocomplete_fields = ["topic", "sources"]


class OutcomeInline(nested_admin.NestedStackedInline):
    model = Outcome
    formset = NumberingFormSet
    extra = 0
    autocomplete_fields = ["sources"]
    fields = ["number", "kind", "text", ("planned_from", "planned_to", "planned_place"), "sources"]


class DocumentInline(nested_admin.NestedStackedInline):
    model = Document
    formset = NumberingFormSet
    extra = 0
    fields = ["number", "title", ("kind", "date", "language"), "url", "sources"]
    autocomplete_fields = ["sources"]


class ClaimInline(nested_admin.NestedTabularInline):
    model = Claim
    formset = NumberingFormSet
    extra = 0
    fields = ["number", "value", "is_kept", "sources"]
    autocomplete_fields = ["sources"]


class DisputeInline(nested_admin.NestedStackedInline):
    model = Dispute
    formset = NumberingFormSet
    extra = 0
    fields = ["number", "subject", "resolution", "sources"]
    inlines = [ClaimInline]
    autocomplete_fields = ["sources"]


@admin.register(Round)
class RoundAdmin(nested_admin.NestedModelAdmin):
    list_display = ["number", "start", "end", "city", "status", "publication"]
    list_display_links = ["number", "start"]
    list_filter = ["publication", "status", "city"]
    search_fields = ["=number", "city", "summary"]
    date_hierarchy = "start"
    ordering = ["-number"]
    autocomplete_fields = ["sources"]
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


class RoundPartAdmin(nested_admin.NestedModelAdmin):
    """A part on its own page; the round's page has them all."""

    list_display = ["round", "__str__"]
    list_display_links = ["__str__"]
    list_filter = ["round"]
    list_select_related = ["round"]
    autocomplete_fields: list[str] = ["round", "sources"]


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
class ClaimAdmin(admin.ModelAdmin[Claim]):
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
class MilestoneAdmin(admin.ModelAdmin[Milestone]):
    list_display = ["title", "start", "kind", "place"]
    list_filter = ["kind"]
    search_fields = ["title", "slug", "text", "place"]
    date_hierarchy = "start"
    autocomplete_fields = ["related_round", "sources"]
    prepopulated_fields = {"slug": ["title"]}
