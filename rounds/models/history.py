"""What became of each object of the record, written by triggers: see rounds.triggers."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """What somebody changed at once."""

    at = models.DateTimeField(
        _("time"), default=timezone.now, db_index=True, help_text=_("When it was done.")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("user"),
        help_text=_("Whose account did it; empty: a command."),
    )
    name = models.CharField(
        _("name"),
        max_length=150,
        blank=True,
        help_text=_("What the account was called, which outlasts it."),
    )
    comment = models.CharField(
        _("comment"), max_length=300, blank=True, help_text=_("How it was done, or why.")
    )

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.name}".strip()


class Change(models.Model):
    """A row of the record, as it was before somebody wrote it and after that.

    An object is several rows: its own, and one for each source or other object in a list of it.
    """

    revision = models.ForeignKey(
        Revision,
        models.CASCADE,
        null=True,
        related_name="changes",
        verbose_name=_("revision"),
        help_text=_("With what else it was changed; empty: past the site."),
    )
    model = models.CharField(
        _("model"), max_length=60, help_text=_("Label of its model, like rounds.outcome.")
    )
    key = models.BigIntegerField(_("key"), help_text=_("Its primary key."))
    parent = models.BigIntegerField(
        _("parent"), null=True, help_text=_("Key of what it belongs to, on the way to its round.")
    )
    before = models.JSONField(
        _("before"), null=True, help_text=_("Its columns before; empty: it was added.")
    )
    after = models.JSONField(
        _("after"), null=True, help_text=_("Its columns after; empty: it was deleted.")
    )
    edition = models.BigIntegerField(_("edition"), help_text=_("The edition that has the change."))
    at = models.DateTimeField(_("time"), help_text=_("When it was written."))

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        default_permissions = ()
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["model", "key"], name="change_of"),
            models.Index(fields=["model", "parent"], name="change_below"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
