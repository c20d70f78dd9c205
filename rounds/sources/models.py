from collections.abc import Collection, Sequence
from datetime import date
from functools import reduce
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.languages import LanguageField
from rounds.sources.link import Link
from rounds.sources.querysets import SourceQuerySet
from rounds.sources.sameness import AddressKey
from rounds.sources.words import Words
from rounds.wording.dates import Precision, written

__all__ = ["Link", "SameAddressError", "Source", "Sourced", "SourcesField"]

MACHINE_DATES = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}


class SameAddressError(ValidationError):
    """An address at which a source is on record already."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        sentence = gettext("This is the address of the source “%(slug)s”, which is on record.")
        super().__init__(sentence % {"slug": slug}, code="same_address")


class Source(models.Model):
    """A publication that supports facts of the record."""

    is_public = True  # where ``visible_to`` does not say otherwise
    known_as: Sequence[str] = ()

    slug = models.SlugField(
        _("slug"),
        max_length=80,
        unique=True,
        help_text=_(
            "Publisher and date in lower-case letters, digits and hyphens: its identifier and part "
            "of its address, for good. A source is public once a public fact names it."
        ),
    )
    title = models.CharField(
        _("title"),
        max_length=500,
        help_text=_("The title as published, in its own language, or our description of it."),
    )
    title_is_descriptive = models.BooleanField(
        _("title is our description"),
        default=False,
        help_text=_("Yes where the publication has no title that could be given."),
    )
    publisher = models.CharField(
        _("publisher"),
        max_length=200,
        help_text=_("Who published it: agency, newspaper, ministry."),
    )
    published = models.DateField(
        _("published"),
        null=True,
        blank=True,
        help_text=_("Day of publication; empty where it is not known."),
    )
    published_precision = models.CharField(
        _("precision of the day"),
        max_length=10,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("How exactly that day is known. Of a month, its first day stands."),
    )
    language = LanguageField(
        _("language"),
        max_length=3,
        help_text=_("Language of the publication, two-letter ISO 639-1 code (en, ru, tr, …)."),
    )
    url = models.URLField(_("address"), max_length=1000, help_text=_("Where it can be read."))
    archive_url = models.URLField(
        _("archived copy"),
        max_length=1000,
        blank=True,
        help_text=_("Address of an archived copy, where there is one."),
    )
    url_key = AddressKey(
        _("key of the address"),
        of="url",
        help_text=_("What all ways of writing that address share."),
    )
    archive_key = AddressKey(
        _("key of the archived copy"),
        of="archive_url",
        help_text=_("What all ways of writing that address share."),
    )

    # What checks found of the address, so no fact of the record: see rounds.links.
    dead_since = models.DateField(
        _("dead since"),
        null=True,
        blank=True,
        editable=False,
        serialize=False,
        help_text=_("Since when the address leads nowhere."),
    )
    dead_key = models.CharField(
        _("key of the dead address"),
        max_length=32,
        blank=True,
        editable=False,
        serialize=False,
        help_text=_("Of which address that holds."),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["slug"]
        permissions = [("merge_source", _("Can merge sources"))]
        indexes = [
            models.Index(fields=["url_key"], name="source_url_key"),
            models.Index(fields=["archive_key"], name="source_archive_key"),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("rounds:source", args=[self.slug])

    def save(self, *args: Any, **options: Any) -> None:
        if (names := options.get("update_fields")) is not None:
            options["update_fields"] = {*names, "url_key", "archive_key"}
        super().save(*args, **options)

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        """Refuse an address at which another source is on record, unless it was there before."""
        super().validate_unique(exclude)
        if "url" in (exclude or ()) or not self.url:
            return
        others = type(self)._default_manager.exclude(pk=self.pk)
        before = type(self)._default_manager.filter(pk=self.pk, url_key=self.url_key)
        if (first := others.at(self.url).first()) and not before.exists():
            raise ValidationError({"url": SameAddressError(first.slug)})

    @property
    def anchor(self) -> str:
        return f"source-{self.slug}"

    @property
    def link_dead_since(self) -> date | None:
        """Since when its address leads nowhere; None where it may still be read there."""
        return self.dead_since if self.dead_since and self.dead_key == self.url_key else None

    @property
    def readable_at(self) -> str:
        """Where it can be read: at an archived copy where the address leads nowhere."""
        return (self.link_dead_since and self.archive_url) or self.url

    @property
    def published_as(self) -> str:
        """When it was published, for machines: “2017-01-23”, or “2017-01” where no day is known."""
        return f"{self.published:{MACHINE_DATES[Precision(self.published_precision)]}}"

    @property
    def day(self) -> str:
        """When it was published in words, no finer than that is known; "" where it is not."""
        if self.published is None:
            return ""
        return written(self.published, precision=self.published_precision)

    def words(self) -> Words:
        return Words(
            title=self.title,
            text=self.publisher,
            day=self.published,
            language="" if self.title_is_descriptive else self.language,
        )

    def mentions(self) -> list[str]:
        """See ``Sourced.mentions``."""
        pattern = "%Y" if self.published_precision == Precision.YEAR else "%B %Y"
        return [f"{self.published:{pattern}}"] if self.published else []

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class SourcesField(models.ManyToManyField[Any, Any]):
    """The sources of a fact. While it names one, that cannot be deleted.

    The database refuses that by itself; Django would first take the name from the fact.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"to": Source} | options)

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False, **options: Any
    ) -> None:
        super().contribute_to_class(cls, name, private_only=private_only, **options)
        if not cls._meta.abstract:
            through: Any = self.remote_field.through
            through._meta.get_field("source").remote_field.on_delete = models.PROTECT

    def deconstruct(self) -> Any:
        """Like the field that it is; no migration depends on what is protected."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.ManyToManyField", args, options


class Sourced(models.Model):
    """A fact: it names the sources that support it, its place, and what is said of it elsewhere.

    ``path_to_round`` are the lookups that lead to the round it belongs to: "" for the round
    itself, None for what belongs to none. ``path_to_page`` are those to the object on whose page
    it stands: "" for what has a page of its own.
    """

    path_to_round: ClassVar[str | None] = None
    path_to_page: ClassVar[str] = ""
    is_public = True  # where ``visible_to`` does not say otherwise

    sources = SourcesField(
        verbose_name=_("sources"),
        help_text=_("The publications that state this. At least one."),
    )

    class Meta:
        abstract = True

    @property
    def anchor(self) -> str:
        """The id under which it stands on a page with others."""
        raise NotImplementedError

    def get_absolute_url(self) -> str:
        """Where readers find it: a place on a page. What has a page of its own says where."""
        return f"{self.its_page.get_absolute_url()}#{self.anchor}"

    def words(self) -> Words:
        """What readers see of it elsewhere."""
        raise NotImplementedError

    @property
    def known_as(self) -> Sequence[str]:
        """Other names that it has."""
        return ()

    def mentions(self) -> Sequence[str]:
        """By what else it is found, such as the names of what it refers to."""
        return ()

    @classmethod
    def names_of_kind(cls) -> tuple[str, str]:
        """What one is called and what several are; the latter is "" where there is but one."""
        return str(cls._meta.verbose_name), str(cls._meta.verbose_name_plural)

    @property
    def its_round(self) -> Any:
        """The round it belongs to, None for what belongs to none."""
        return None if self.path_to_round is None else self._at(self.path_to_round)

    @property
    def its_page(self) -> Any:
        """The object on whose page it stands."""
        return self._at(self.path_to_page)

    def _at(self, path: str) -> Any:
        return reduce(getattr, filter(None, path.split("__")), self)
