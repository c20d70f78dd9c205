from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rounds.models.round import NumberedPart, at_most
from rounds.querysets import ClaimQuerySet, DisputeQuerySet
from rounds.sources.models import Sourced, SourcesField
from rounds.sources.words import Words


class Dispute(NumberedPart):
    """Something that sources disagree on at a round."""

    subject = models.CharField(
        _("subject"), max_length=200, help_text=_("What the sources disagree on.")
    )
    resolution = models.TextField(
        _("resolution"),
        blank=True,
        help_text=_("Which version the record follows and why; empty: no choice was explained."),
    )

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"],
                name="dispute_number_once",
                violation_error_message=_("Another dispute of this round has this number."),
            )
        ]

    def __str__(self) -> str:
        return self.subject

    def words(self) -> Words:
        return Words(title=self.subject, text=self.resolution, brief=self.subject)

    @property
    def has_kept_claim(self) -> bool:
        return any(claim.is_kept for claim in self.claims.all())


class Claim(Sourced):
    """One of the rival versions in a dispute."""

    path_to_round = "dispute__round"
    path_to_page = "dispute__round"

    dispute = models.ForeignKey(
        Dispute,
        models.CASCADE,
        related_name="claims",
        verbose_name=_("dispute"),
        help_text=_("The dispute it belongs to."),
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        blank=True,
        validators=[MinValueValidator(1), at_most],
        help_text=_("Its place in the dispute; empty: the next one."),
    )
    value = models.TextField(_("version"), help_text=_("What this side says, and who says it."))
    is_kept = models.BooleanField(
        _("kept"), default=False, help_text=_("Whether the record follows this version.")
    )
    sources = SourcesField(
        verbose_name=_("sources"),
        blank=True,
        help_text=_("The publications with this version; empty: see those of the dispute."),
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["dispute", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "number"],
                name="claim_number_once",
                violation_error_message=_("Another claim of this dispute has this number."),
            ),
            models.UniqueConstraint(
                fields=["dispute"],
                condition=Q(is_kept=True),
                name="dispute_keeps_one_claim",
                violation_error_message=_("A dispute keeps one version only."),
            ),
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def anchor(self) -> str:
        return f"{self.dispute.anchor}-claim-{self.number}"

    def words(self) -> Words:
        return Words(title=str(self.dispute), text=self.value)

    def natural_key(self) -> tuple[int, int, int]:
        return (self.number, self.dispute.number, self.dispute.round.number)

    natural_key.dependencies = ["rounds.dispute"]  # type: ignore[attr-defined]
