from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rounds.names import Name
from rounds.querysets import FixedTermQuerySet
from rounds.sources.models import Sourced
from rounds.sources.vocabulary import refuse_double
from rounds.sources.words import Words


class FixedTerm(Sourced):
    """An expression of the process that has a settled wording in each language."""

    slug = models.SlugField(
        _("slug"),
        max_length=80,
        unique=True,
        help_text=_(
            "Lower-case letters, digits and hyphens: its identifier and part of its address, "
            "for good."
        ),
    )
    term = models.CharField(
        _("term"), max_length=200, unique=True, help_text=_("The expression in English.")
    )
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("What to know about its wordings: short or inflected forms, a missing one."),
    )

    former_slugs: list[str]  # on the page where links to these lead

    objects = FixedTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("fixed term")
        verbose_name_plural = _("fixed terms")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        refuse_double(self, "term")

    def get_absolute_url(self) -> str:
        """Its place in the glossary."""
        return f"{reverse('rounds:glossary')}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"term-{self.slug}"

    @property
    def wordings(self) -> dict[str, list["FixedTermName"]]:
        """Its names by language, the usual one before the others."""
        found: dict[str, list[FixedTermName]] = {}
        for name in sorted(self.names.all(), key=lambda name: not name.is_label):
            found.setdefault(name.language, []).append(name)
        return found

    @property
    def known_as(self) -> list[str]:
        """Its wordings in any language."""
        return list(dict.fromkeys(name.text for name in self.names.all()))

    def words(self) -> Words:
        return Words(title=self.term, text=self.note, brief=self.term)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["sources.source"]  # type: ignore[attr-defined]


class FixedTermName(Name):
    """A wording of a fixed term."""

    named = models.ForeignKey(
        FixedTerm,
        models.CASCADE,
        related_name="names",
        verbose_name=_("fixed term"),
        help_text=_("What is so called."),
    )

    class Meta(Name.Meta):
        pass
