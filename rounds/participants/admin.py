from django.contrib import admin

from rounds.lookups import TolerantAdmin
from rounds.participants.models import Participant, Person
from rounds.sources.admin import SourcedAdmin


@admin.register(Participant)
class ParticipantAdmin(TolerantAdmin, SourcedAdmin, admin.ModelAdmin[Participant]):
    list_display = ["name", "official_name", "kind", "usual_role", "is_disputed"]
    list_filter = ["kind", "usual_role", "is_disputed"]
    search_fields = ["name", "official_name", "names__text", "slug"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Person)
class PersonAdmin(TolerantAdmin, SourcedAdmin, admin.ModelAdmin[Person]):
    list_display = ["name", "native_name", "participant", "position"]
    list_filter = ["participant"]
    list_select_related = ["participant"]
    search_fields = ["name", "native_name", "names__text", "slug"]
    autocomplete_fields = ["participant", "sources"]
    prepopulated_fields = {"slug": ["name"]}
