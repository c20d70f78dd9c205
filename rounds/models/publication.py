"""A round's way to its readers: who saw what on it. All of this is no part of the record."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.models.round import Round


class Deed(models.Model):
    """What somebody did at some time."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Who did it; empty: an account that is gone."),
    )
    at = models.DateTimeField(_("at"), default=timezone.now, help_text=_("When that was."))

    class Meta:
        abstract = True

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)

    @property
    def author(self) -> str:
        """The name of who did it."""
        return self.by.get_username() if self.by else gettext("somebody")


class Acknowledgement(Deed):
    """A warning that somebody has seen; it holds for as long as the warning stays the same."""

    round = models.ForeignKey(
        Round,
        models.CASCADE,
        related_name="+",
        verbose_name=_("round"),
        help_text=_("The round that the warning is on."),
    )
    key = models.CharField(_("key"), max_length=60, help_text=_("What the warning is."))
    grounds = models.CharField(
        _("grounds"), max_length=24, help_text=_("What stands for all that the warning goes by.")
    )
    sentence = models.TextField(_("sentence"), help_text=_("What the warning said."))

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        default_permissions = ()
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "key", "grounds"], name="acknowledgement_once")
        ]

    def __str__(self) -> str:
        return self.sentence


class PreviewLink(Deed):
    """A link by which whoever has it sees the round before it is published, for a week."""

    round = models.ForeignKey(
        Round,
        models.CASCADE,
        related_name="+",
        verbose_name=_("round"),
        help_text=_("The round that is shown."),
    )

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        default_permissions = ()
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.pk}"


class PlannedPublication(Deed):
    """That a round is to be published at a time, or why it was not."""

    round = models.OneToOneField(
        Round,
        models.CASCADE,
        related_name="+",
        verbose_name=_("round"),
        help_text=_("The round that is to be published."),
    )
    publish_at = models.DateTimeField(_("publish at"), help_text=_("When it is to be published."))
    refusal = models.TextField(
        _("refusal"), blank=True, help_text=_("Why it was not published when its time had come.")
    )

    class Meta:
        verbose_name = _("planned publication")
        verbose_name_plural = _("planned publications")
        default_permissions = ()
        ordering = ["publish_at", "pk"]

    def __str__(self) -> str:
        return f"{self.round}"


class LastEdit(Deed):
    """Who was the last to edit a round or a part of it, one that is deleted by now too."""

    round = models.OneToOneField(
        Round,
        models.CASCADE,
        related_name="+",
        verbose_name=_("round"),
        help_text=_("The round that was edited."),
    )

    class Meta:
        verbose_name = _("last edit")
        verbose_name_plural = _("last edits")
        default_permissions = ()
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return f"{self.round_id}"
