"""What something is called, in other languages and in other words."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rounds.languages import LanguageField


class NameManager(models.Manager[Any]):
    def get_by_natural_key(self, language: str, text: str, *named: Any) -> Any:
        return self.get(language=language, text=text, named=self._named(*named))

    def _named(self, *key: Any) -> Any:
        """What has the names, by its natural key."""
        model: Any = self.model._meta.get_field("named").related_model
        return model._default_manager.get_by_natural_key(*key)


class Name(models.Model):
    """A name of something; the model that has it says of what, in ``named``.

    Names are labels, not facts: they need no source.
    """

    path_to_round: ClassVar[str | None] = None

    language = LanguageField(
        _("language"),
        max_length=3,
        blank=True,
        help_text=_(
            "Language of the name, two-letter ISO 639-1 code; empty for a word that is looked for "
            "whatever its language."
        ),
    )
    text = models.CharField(
        _("name"),
        max_length=200,
        help_text=_(
            "The name, or a word that readers use for it; of a word that is inflected, the "
            "beginning that its forms have in common."
        ),
    )
    is_label = models.BooleanField(
        _("usual name"),
        default=False,
        help_text=_("Whether pages in that language call it so; one for each language."),
    )
    is_seen = models.BooleanField(
        _("seen"),
        default=False,
        help_text=_(
            "Whether it was seen in a page of that language; if not, it follows that language’s "
            "usual practice."
        ),
    )

    objects = NameManager()

    class Meta:
        abstract = True
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["named", "language"],
                condition=Q(is_label=True),
                name="%(class)s_one_label",
                violation_error_message=_("It has one usual name in each language."),
            ),
            models.UniqueConstraint(
                fields=["named", "language", "text"],
                name="%(class)s_once",
                violation_error_message=_("It has this name already."),
            ),
            models.CheckConstraint(
                condition=Q(is_label=False) | ~Q(language=""),
                name="%(class)s_label_of_language",
                violation_error_message=_("A usual name needs its language."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[Any, ...]:
        named: Any = self.named  # type: ignore[attr-defined]
        return (self.language, self.text, *named.natural_key())
