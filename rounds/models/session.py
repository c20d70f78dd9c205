from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rounds.models.round import RoundPart
from rounds.querysets import SessionQuerySet
from rounds.sources.words import Words
from rounds.wording.dates import written


class Session(RoundPart):
    """A kind of meeting in the programme of a round."""

    class Kind(models.TextChoices):
        EXPERT = "expert", _("Expert meeting")
        BILATERAL = "bilateral", _("Bilateral meetings")
        TRILATERAL = "trilateral", _("Trilateral meeting")
        PLENARY = "plenary", _("Plenary session")
        WORKING_GROUP = "working-group", _("Working group")
        PRESS_CONFERENCE = "press-conference", _("Press conference")

    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, help_text=_("What kind of meeting it was.")
    )
    day = models.DateField(
        _("day"), null=True, blank=True, help_text=_("Its day; empty where that is not recorded.")
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "kind", "day"],
                condition=Q(day__isnull=False),
                name="session_kind_once_a_day",
                violation_error_message=_("This kind of session is there for that day already."),
            ),
            models.UniqueConstraint(
                fields=["round", "kind"],
                condition=Q(day__isnull=True),
                name="session_kind_once_without_day",
                violation_error_message=_("This kind of session is there without a day already."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def anchor(self) -> str:
        return f"session-{self.kind}-{self.day}" if self.day else f"session-{self.kind}"

    def words(self) -> Words:
        return Words(title=str(self), text=written(self.day) if self.day else "")

    def natural_key(self) -> tuple[str, date | None, int]:
        return (self.kind, self.day, self.round.number)

    natural_key.dependencies = ["rounds.round"]  # type: ignore[attr-defined]
