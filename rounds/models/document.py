from django.db import models
from django.utils.translation import gettext_lazy as _

from rounds.languages import LanguageField
from rounds.models.round import NumberedPart
from rounds.querysets import DocumentQuerySet
from rounds.sources.words import Words


class Document(NumberedPart):
    """An official paper of a round."""

    class Kind(models.TextChoices):
        JOINT_STATEMENT = "joint-statement", _("Joint statement")
        MEMORANDUM = "memorandum", _("Memorandum")
        REGULATION = "regulation", _("Regulation")
        OTHER = "other", _("Other")

    title = models.CharField(_("title"), max_length=500, help_text=_("Title of the paper."))
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, help_text=_("What kind of paper it is.")
    )
    date = models.DateField(
        _("date"), null=True, blank=True, help_text=_("Its date; empty where that is not known.")
    )
    language = LanguageField(
        _("language"),
        max_length=3,
        blank=True,
        help_text=_("Language behind the link, two-letter ISO 639-1 code; empty: not recorded."),
    )
    url = models.URLField(
        _("address"),
        max_length=1000,
        blank=True,
        help_text=_("Where it is best read; empty: no such place is known."),
    )
    text_language = LanguageField(
        _("language of the full text"),
        max_length=3,
        blank=True,
        help_text=_("Language of the full text, two-letter ISO 639-1 code; empty: not recorded."),
    )
    text_url = models.URLField(
        _("address of a full text"),
        max_length=1000,
        blank=True,
        help_text=_("A full text at another address, often in another language; empty: none."),
    )

    is_statement: bool  # with its points

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"],
                name="document_number_once",
                violation_error_message=_("Another document of this round has this number."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def words(self) -> Words:
        return Words(title=self.title, label=self.get_kind_display())
