"""The edition of the record, and the changes that the search has still to follow.

Triggers of the database write both, whatever changes the record: see rounds.triggers.
"""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rounds.querysets import EditionQuerySet


class Edition(models.Model):
    """How often the record changed, and when it did last: one row."""

    number = models.BigIntegerField(
        _("number"), help_text=_("Rises with every change, in the same transaction.")
    )
    changed_at = models.DateTimeField(_("changed at"), help_text=_("When the record changed last."))
    begun_at = models.DateTimeField(
        _("begun at"),
        null=True,
        help_text=_("Since when this database has the record; what it began with has no history."),
    )
    transaction = models.CharField(
        _("transaction"),
        max_length=24,
        blank=True,
        help_text=_("PostgreSQL's number of the transaction that raised it, which does so once."),
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.number)

    @property
    def token(self) -> str:
        """What no other edition has, not even one with its number from before a restored backup."""
        return f"{self.number} of {self.changed_at.isoformat()}"

    @property
    def day(self) -> date:
        """The day of the last change."""
        return timezone.localdate(self.changed_at)


class PendingChange(models.Model):
    """An object that was changed, added or deleted, which the search has still to follow."""

    model = models.CharField(
        _("model"), max_length=60, help_text=_("Label of its model, like rounds.outcome.")
    )
    key = models.BigIntegerField(
        _("key"), null=True, help_text=_("Its key; empty: all objects of the model.")
    )
    parent = models.BigIntegerField(
        _("parent"),
        null=True,
        help_text=_("Key of what it belongs to, or belonged to before, on the way to its round."),
    )
    edition = models.BigIntegerField(_("edition"), help_text=_("The edition that has the change."))

    class Meta:
        verbose_name = _("pending change")
        verbose_name_plural = _("pending changes")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
