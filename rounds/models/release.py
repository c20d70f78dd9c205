from datetime import date

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rounds.querysets import ReleaseQuerySet


class Release(models.Model):
    """A named release of the dataset: what the record was on a day, for good.

    Its files are beside the database, in the folder of its name; this says what they are.
    """

    name = models.CharField(
        _("name"),
        max_length=20,
        unique=True,
        help_text=_("Year and number, like 2026.1; part of its address, for good."),
    )
    edition = models.BigIntegerField(
        _("edition"), help_text=_("Number of the edition of the record that it holds.")
    )
    changed_at = models.DateTimeField(
        _("changed at"), help_text=_("When the record was changed last before it.")
    )
    released_at = models.DateTimeField(_("released at"), help_text=_("When it was made."))
    site = models.CharField(
        _("site"), max_length=200, help_text=_("The site that the addresses in it lead to.")
    )
    notes = models.TextField(
        _("notes"), blank=True, help_text=_("What its makers say of it, in plain text.")
    )
    files = models.JSONField(
        _("files"), help_text=_("The name, size and SHA-256 of each of its files.")
    )
    changes = models.JSONField(
        _("changes"), help_text=_("What it has, and what differs from the one before.")
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("rounds:release", args=[self.name])

    @property
    def day(self) -> date:
        """The day on which it was made."""
        return timezone.localdate(self.released_at)
