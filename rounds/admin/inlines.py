"""The parts of a round as rows of its page."""

from typing import Any

import nested_admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import QuerySet, TextField
from django.http import HttpRequest

from rounds.admin.formsets import NumberedPartFormSet, OrderedPartFormSet, PartFormSet
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
from rounds.sources.admin import SourcedAdmin


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


class ParagraphInline(PartInline, nested_admin.NestedStackedInline):
    model = Paragraph
    formset = OrderedPartFormSet
    fields = [("order", "number", "basis"), "gist", "topics", "sources"]
    autocomplete_fields = ["topics", "sources"]


class DocumentInline(PartInline, nested_admin.NestedStackedInline):
    model = Document
    formset = NumberedPartFormSet
    fields = [
        "number",
        "title",
        ("kind", "date"),
        ("language", "url"),
        ("text_language", "text_url"),
        "sources",
    ]
    inlines = [ParagraphInline]


class EvidenceInline(PartInline, nested_admin.NestedStackedInline):
    model = Evidence
    formset = NumberedPartFormSet
    fields = [("number", "date", "date_precision", "verdict"), "text", "sources"]


class CommitmentInline(PartInline, nested_admin.NestedStackedInline):
    model = Commitment
    fields = ["slug", "text", ("topic", "by"), "sources"]
    autocomplete_fields = ["topic", "by", "sources"]
    inlines = [EvidenceInline]


class ClaimInline(PartInline, nested_admin.NestedStackedInline):
    model = Claim
    formset = NumberedPartFormSet
    fields = [("number", "is_kept"), "value", "sources"]


class DisputeInline(PartInline, nested_admin.NestedStackedInline):
    model = Dispute
    formset = NumberedPartFormSet
    fields = ["number", "subject", "resolution", "sources"]
    inlines = [ClaimInline]


def inlines_of_rounds() -> list[Any]:
    """The inlines of the parts of rounds, in the order in which pages have these."""
    found = {inline.model: inline for inline in PartInline.__subclasses__()}
    return [found[model] for model in FACTS if issubclass(model, RoundPart) and model in found]
