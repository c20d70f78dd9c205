"""What has names in many languages, each with these as rows of its page."""

from typing import Any

import nested_admin
from django.contrib import admin

from rounds.admin.entering.inlines import on_page
from rounds.admin.entering.screens import PageAdmin
from rounds.admin.formsets import PartFormSet
from rounds.admin.saving import BrieflySaved
from rounds.lookups import TolerantAdmin
from rounds.models import FixedTerm, FixedTermName, Term, TermName
from rounds.participants.models import Participant, ParticipantName, Person, PersonName
from rounds.sources.admin import RecordAdmin
from rounds.topics.models import Topic, TopicName


class NameInline(RecordAdmin, nested_admin.NestedTabularInline):
    formset = PartFormSet
    inlines: list[Any] = []
    extra = 0
    fields = ["language", "text", "is_label", "is_seen"]


class ParticipantNameInline(NameInline):
    model = ParticipantName


class PersonNameInline(NameInline):
    model = PersonName


class TopicNameInline(NameInline):
    model = TopicName


class TermNameInline(NameInline):
    model = TermName


class FixedTermNameInline(NameInline):
    model = FixedTermName


class NamedAdmin(BrieflySaved, TolerantAdmin, PageAdmin):
    """A fact with its names."""


@admin.register(Participant)
class ParticipantAdmin(NamedAdmin):
    list_display = ["name", "official_name", "kind", "usual_role", "is_disputed"]
    list_filter = ["kind", "usual_role", "is_disputed"]
    search_fields = ["name", "official_name", "names__text", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [on_page(ParticipantNameInline)]


@admin.register(Person)
class PersonAdmin(NamedAdmin):
    list_display = ["name", "native_name", "participant", "position"]
    list_filter = ["participant"]
    list_select_related = ["participant"]
    search_fields = ["name", "native_name", "names__text", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [on_page(PersonNameInline)]


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    list_display = ["label", "theme", "slug"]
    list_filter = ["theme"]
    search_fields = ["label", "slug", "names__text"]
    prepopulated_fields = {"slug": ["label"]}
    inlines = [on_page(TopicNameInline)]


@admin.register(Term)
class TermAdmin(BrieflySaved, TolerantAdmin, PageAdmin):
    list_display = ["term", "kind"]
    list_filter = ["kind"]
    search_fields = ["term", "names__text"]
    inlines = [on_page(TermNameInline)]


@admin.register(FixedTerm)
class FixedTermAdmin(NamedAdmin):
    list_display = ["term", "note", "slug"]
    search_fields = ["term", "slug", "note", "names__text"]
    prepopulated_fields = {"slug": ["term"]}
    inlines = [on_page(FixedTermNameInline)]
