"""Each part of a round on its own page; the round's page has them all."""

from typing import Any

from django.contrib import admin
from django.db.models import Max, QuerySet
from django.http import HttpRequest

from rounds.admin.entering.inlines import on_page
from rounds.admin.entering.screens import PageAdmin
from rounds.admin.inlines import ClaimInline, EvidenceInline, MemberInline, ParagraphInline
from rounds.admin.saving import BrieflySaved
from rounds.lookups import TolerantAdmin
from rounds.models import (
    FACTS,
    AgendaItem,
    Claim,
    Commitment,
    Delegation,
    Dispute,
    Document,
    Evidence,
    Member,
    Outcome,
    Paragraph,
    RoundPart,
    Session,
)


class RoundPartAdmin(BrieflySaved, TolerantAdmin, PageAdmin):
    """A part on its own page; the round's page has them all."""

    list_display = ["round", "__str__"]
    list_display_links = ["__str__"]
    list_filter = ["round"]
    list_select_related = ["round"]


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
    inlines = [on_page(MemberInline)]


@admin.register(Member)
class MemberAdmin(BrieflySaved, TolerantAdmin, PageAdmin):
    list_display = ["person", "delegation", "delegation__round", "position", "is_head"]
    list_filter = ["is_head", "delegation__participant"]
    search_fields = ["person__name", "person__names__text", "position"]

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
    search_fields = ["title", "=round__number"]
    date_hierarchy = "date"
    inlines = [on_page(ParagraphInline)]


@admin.register(Dispute)
class DisputeAdmin(NumberedPartAdmin):
    list_display = ["round", "number", "subject"]
    list_display_links = ["subject"]
    search_fields = ["subject", "=round__number"]
    inlines = [on_page(ClaimInline)]


@admin.register(Commitment)
class CommitmentAdmin(RoundPartAdmin):
    list_display = ["round", "text", "topic"]
    list_display_links = ["text"]
    list_filter = ["topic", "by", "round"]
    list_select_related = ["round", "topic"]
    search_fields = ["text", "slug"]
    inlines = [on_page(EvidenceInline)]


class PlacedAdmin(BrieflySaved, TolerantAdmin, PageAdmin):
    """A part of a part, which gets the next free place in it."""

    above = ""
    place = "number"

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        part = super().save_form(request, form, change)
        if getattr(part, self.place) is None:
            others = type(part)._default_manager.filter(**{self.above: getattr(part, self.above)})
            last = others.aggregate(last=Max(self.place))["last"] or 0
            setattr(part, self.place, last + 1)
        return part


@admin.register(Paragraph)
class ParagraphAdmin(PlacedAdmin):
    above, place = "document", "order"
    list_display = ["document", "document__round", "__str__", "gist", "basis"]
    list_display_links = ["gist"]
    list_filter = ["basis", "topics", "document__round"]
    list_select_related = ["document__round"]
    search_fields = ["gist", "=document__round__number"]


@admin.register(Evidence)
class EvidenceAdmin(PlacedAdmin):
    above = "commitment"
    list_display = ["commitment", "date", "verdict", "text"]
    list_display_links = ["text"]
    list_filter = ["verdict", "commitment__round"]
    list_select_related = ["commitment"]
    search_fields = ["text", "commitment__slug"]
    date_hierarchy = "date"


@admin.register(Claim)
class ClaimAdmin(PlacedAdmin):
    above = "dispute"
    list_display = ["dispute", "number", "value", "is_kept"]
    list_display_links = ["value"]
    list_filter = ["is_kept", "dispute__round"]
    list_select_related = ["dispute"]
    search_fields = ["value"]


for model in FACTS:
    if issubclass(model, RoundPart) and not admin.site.is_registered(model):
        admin.site.register(model, RoundPartAdmin)
