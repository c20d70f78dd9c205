from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models

from rounds.access import Visitor, seen_by
from rounds.sources.sameness import keys_of

if TYPE_CHECKING:
    from rounds.sources.models import Source

SomeFact = TypeVar("SomeFact", bound=models.Model, covariant=True)


class RecordQuerySet(models.QuerySet[SomeFact]):
    """Objects of the record."""

    def related(self, relation: str) -> models.QuerySet[Any]:
        """All objects at the other end of a relation, whichever model that is."""
        model: Any = self.model._meta.get_field(relation).related_model
        return model._default_manager.all()

    def visible_to(self, user: Visitor) -> Self:
        """What the visitor may see. Every page, feed and export reads through here."""
        return seen_by(user, self)

    def with_words(self) -> Self:
        """With what ``words()`` and the address of each need."""
        path = getattr(self.model, "path_to_round", None)
        return self.select_related(path) if path else self.all()

    def with_mentions(self) -> Self:
        """With what ``known_as`` and ``mentions()`` need as well."""
        return self.with_words()


class FactQuerySet(RecordQuerySet[SomeFact]):
    """Facts, which name their sources."""

    def of(self, rounds: models.QuerySet[Any] | Collection[int]) -> Self:
        """The facts of those rounds, given as a queryset or by their keys."""
        fact: Any = self.model
        return self.filter(**{f"{fact.path_to_round or 'pk'}__in": rounds})

    def citing(self, source: Source) -> Self:
        """Facts that rest on the source."""
        return self.filter(sources=source)

    def on_one_source(self) -> Self:
        """Facts that rest on a single source."""
        counted = self.model._default_manager.alias(source_total=models.Count("sources"))
        # Grouped by the key alone: SQLite takes long to group by every column of a row.
        return self.filter(pk__in=counted.filter(source_total=1).order_by().values("pk"))


class NamedFactQuerySet(FactQuerySet[SomeFact]):
    """Facts that have a slug, by which they are cited."""

    def get_by_natural_key(self, slug: str) -> SomeFact:
        return self.get(slug=slug)

    def of_slug(self, slug: str) -> SomeFact | None:
        return self.filter(slug=slug).first()


class SourceQuerySet(RecordQuerySet["Source"]):
    def get_by_natural_key(self, slug: str) -> Source:
        return self.get(slug=slug)

    def of_slug(self, slug: str) -> Source | None:
        return self.filter(slug=slug).first()

    def at(self, address: str) -> Self:
        """The sources that are read at an address, or of which there is a copy, oldest first.

        However the address is written, and whether it is that of a copy.
        """
        keys = keys_of(address)
        return self.filter(models.Q(url_key__in=keys) | models.Q(archive_key__in=keys)).order_by(
            "pk"
        )

    def with_links(self) -> Self:
        """With the ``link_state`` of each: what checks found of its address, None before."""
        links = self.model._meta.apps.get_model("sources", "Link")._default_manager
        found = links.filter(key=models.OuterRef("url_key")).values("state")
        return self.annotate(link_state=models.Subquery(found[:1]))

    def with_link(self, *states: str) -> Self:
        """The sources whose links are in one of the states."""
        return self.with_links().filter(link_state__in=states)

    def dead_links(self) -> Self:
        """The sources whose links are dead, those first that died last."""
        return self.with_link("dead").order_by(models.F("dead_since").desc(nulls_last=True), "slug")

    def newest(self) -> Self:
        """Newest first; sources without a date come last."""
        return self.order_by(models.F("published").desc(nulls_last=True), "slug")

    def undated(self) -> Self:
        return self.filter(published=None).order_by("publisher", "slug")

    def languages(self) -> models.QuerySet[Source, str]:
        """The codes of the languages that the sources are in, each once."""
        return self.order_by().values_list("language", flat=True).distinct()

    def in_language(self, code: str) -> Self:
        return self.filter(language=code)

    def published_in(self, year: int) -> Self:
        return self.filter(published__year=year)

    def by_publishers(self, names: Collection[str]) -> Self:
        return self.filter(publisher__in=names)

    def with_keys(self, keys: Collection[int]) -> Self:
        return self.filter(pk__in=keys)
