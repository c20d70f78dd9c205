from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext

from rounds.access import Visitor
from rounds.lookups import TolerantAdmin, TolerantFields
from rounds.sources.models import Source


class SourcedAdmin(TolerantFields):
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
class SourceAdmin(TolerantAdmin, admin.ModelAdmin[Source]):
    list_display = ["slug", "title", "publisher", "published", "language"]
    list_filter = ["language", "title_is_descriptive"]
    search_fields = ["slug", "title", "publisher"]
    date_hierarchy = "published"

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """As Django has it, but what protects a source are the facts that name it."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            protected = [linked(fact) for fact in facts_naming(objs, request.user)]
            protected = protected or [gettext("Facts of rounds that you may not see.")]
        return deleted, counts, lacking, protected


def facts_naming(sources: Iterable[Source], user: Visitor) -> Iterator[Any]:
    """The facts that name one of the sources, as far as the user may see them."""
    for relation in Source._meta.related_objects:
        if relation.many_to_many:
            facts: Any = relation.related_model
            seen = facts.objects.visible_to(user).with_words()
            yield from seen.filter(sources__in=list(sources)).distinct()


def linked(fact: Any) -> str:
    """A fact with its round, as a link to where its sources are changed."""
    name = f"admin:{fact._meta.app_label}_{fact._meta.model_name}_change"
    kind = capfirst(fact._meta.verbose_name)
    round_ = fact.its_round
    said = f"{kind}: {fact}" if round_ in (None, fact) else f"{round_} · {kind}: {fact}"
    return format_html('<a href="{}">{}</a>', reverse(name, args=[fact.pk]), said)
