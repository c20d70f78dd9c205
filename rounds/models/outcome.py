from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rounds.models.round import NumberedPart
from rounds.querysets import OutcomeQuerySet
from rounds.sources.words import Words


class Outcome(NumberedPart):
    """What came out of a round."""

    class Kind(models.TextChoices):
        AGREEMENT = "agreement", _("Agreement")
        STATEMENT = "statement", _("Statement")
        WORKING_GROUP = "working-group", _("Working group")
        NO_AGREEMENT = "no-agreement", _("No agreement")
        NEXT_ROUND = "next-round", _("Next round")
        OTHER = "other", _("Other")

    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, help_text=_("What kind of outcome it is.")
    )
    text = models.TextField(_("text"), help_text=_("The outcome in our own words."))
    planned_from = models.DateField(
        _("promised from"),
        null=True,
        blank=True,
        help_text=_("For a next round: first day of the window in which it was promised."),
    )
    planned_to = models.DateField(
        _("promised until"),
        null=True,
        blank=True,
        help_text=_("For a next round: last day of that window."),
    )
    planned_place = models.CharField(
        _("promised place"),
        max_length=80,
        blank=True,
        help_text=_("For a next round: the city in which it was promised; empty: none named."),
    )

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"],
                name="outcome_number_once",
                violation_error_message=_("Another outcome of this round has this number."),
            ),
            models.CheckConstraint(
                condition=Q(kind="next-round")
                | Q(planned_from__isnull=True, planned_to__isnull=True, planned_place=""),
                name="outcome_promise_of_next_round",
                violation_error_message=_("Only an outcome of the kind “next round” promises one."),
            ),
            models.CheckConstraint(
                condition=Q(planned_from__isnull=True, planned_to__isnull=True)
                | Q(
                    planned_from__isnull=False,
                    planned_to__isnull=False,
                    planned_to__gte=F("planned_from"),
                ),
                name="outcome_promised_window",
                violation_error_message=_(
                    "Give both ends of the promised window, the first day before the last."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def words(self) -> Words:
        return Words(text=self.text, label=self.get_kind_display())
