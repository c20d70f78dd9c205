"""The index of the search: derived from the other models, by rounds.search.index."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from rounds.models.round import Round
from rounds.querysets import SearchEntryQuerySet


class WordsField(models.TextField[str, str]):
    """Words with a space around each, which the database's full-text search finds."""


@WordsField.register_lookup
class Having(models.Lookup[bool]):
    """``words__having="turkey|turkiy refuge"``: one word of each group; words are alphanumeric.

    The migration that made the table has the column and the table that this reads.
    """

    lookup_name = "having"
    prepare_rhs = False

    def groups(self) -> list[list[str]]:
        return [group.split("|") for group in str(self.rhs).split()]

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        groups = [" | ".join(f"'{word}'" for word in group) for group in self.groups()]
        query = " & ".join(f"({group})" for group in groups)
        alias = compiler.quote_name_unless_alias(self.lhs.alias)
        # As a subquery, so that it is planned for a rare word: the plan for a frequent one
        # reads the whole table, which takes longer than the index even then.
        return f'{alias}."vector" @@ (SELECT %s::tsquery)', [query]

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        groups = [" OR ".join(f'"{word}"' for word in group) for group in self.groups()]
        query = " AND ".join(f"({group})" for group in groups)
        alias = compiler.quote_name_unless_alias(self.lhs.alias)
        found = "SELECT rowid FROM rounds_searchwords WHERE rounds_searchwords MATCH %s"
        return f'{alias}."id" IN ({found})', [query]


class SearchEntry(models.Model):
    """What the search knows of one object."""

    path_to_round = "round"

    # A number, as thousands of hits are sorted by it.
    kind = models.PositiveSmallIntegerField(
        _("kind"), help_text=_("Number of the kind of what it is, see rounds.search.kinds.")
    )
    object_id = models.BigIntegerField(_("object"), help_text=_("Its key."))
    # No constraint, and nothing cascades: whoever deletes a round need not hear of the index.
    round = models.ForeignKey(
        Round,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("round"),
        help_text=_("The round it is or belongs to; empty: none."),
    )
    anchor = models.CharField(
        _("anchor"),
        max_length=100,
        help_text=_(
            "Its slug; of what stands on the page of a round, its place there; of what stands on "
            "another page, the slug of that, # and its place."
        ),
    )
    language = models.CharField(
        _("language"), max_length=3, blank=True, help_text=_("Of the title; empty: of the site.")
    )
    title = models.TextField(_("title"), help_text=_("Its title as readers see it."))
    names = models.TextField(_("names"), blank=True, help_text=_("Its other names, one per line."))
    text = models.TextField(_("text"), blank=True, help_text=_("What readers see below the title."))
    beginnings = models.TextField(
        _("beginnings"), help_text=_("Title and names, without case and accents.")
    )
    title_words = models.TextField(_("title words"), help_text=_("The stems in title and names."))
    words = WordsField(_("words"), help_text=_("All stems by which it is found."))
    weight = models.IntegerField(_("weight"), help_text=_("Lower comes first among equal hits."))

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        ordering = ["kind", "weight", "object_id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")
        ]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that some entry has, or had; for proposals where nothing is found."""

    word = models.CharField(
        _("word"), max_length=60, unique=True, help_text=_("Without case and accents.")
    )
    written = models.CharField(_("written"), max_length=60, help_text=_("As it stands in a text."))

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.written
