from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from rounds.names import Name


class TermManager(models.Manager["Term"]):
    def get_by_natural_key(self, kind: str, term: str) -> "Term":
        return self.get(kind=kind, term=term)


class Term(models.Model):
    """A word of the record that has names in other languages: a city, a venue, a choice."""

    class Kind(models.TextChoices):
        CITY = "city", _("City")
        VENUE = "venue", _("Venue")
        ROLE = "role", _("Role")
        STAGE = "stage", _("Stage")
        OUTCOME = "outcome", _("Kind of outcome")
        SESSION = "session", _("Kind of session")
        ATTENDANCE = "attendance", _("Attendance")
        MILESTONE = "milestone", _("Kind of milestone")
        VERDICT = "verdict", _("Verdict")
        THEME = "theme", _("Theme")

    path_to_round: ClassVar[str | None] = None

    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, help_text=_("What it is a word for.")
    )
    term = models.CharField(
        _("term"),
        max_length=200,
        help_text=_("The word as the record has it: the name of the place, or the choice."),
    )

    objects = TermManager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "term"],
                name="term_once",
                violation_error_message=_("This term is there already."),
            )
        ]

    def __str__(self) -> str:
        return self.term

    def natural_key(self) -> tuple[str, str]:
        return (self.kind, self.term)


class TermName(Name):
    """A name of a term in another language."""

    named = models.ForeignKey(
        Term,
        models.CASCADE,
        related_name="names",
        verbose_name=_("term"),
        help_text=_("What is so called."),
    )

    class Meta(Name.Meta):
        pass
