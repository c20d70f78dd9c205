"""The audit list: who did what that others may have to answer for. It is no part of the record."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One line of the audit list. It outlasts the account and the object that it names."""

    class Action(models.TextChoices):
        LOGIN = "login", _("Logged in")
        LOGOUT = "logout", _("Logged out")
        FAILED = "failed", _("Failed to log in")
        LOCKED = "locked", _("Locked after failed logins")
        PASSWORD = "password", _("Password")
        CODES = "codes", _("One-time codes")
        ACCOUNT = "account", _("Account")
        RIGHTS = "rights", _("Rights")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("No longer published")
        MERGED = "merged", _("Merged")
        RESTORED = "restored", _("Restored")

    at = models.DateTimeField(
        _("when"), default=timezone.now, editable=False, db_index=True, help_text=_("When it was.")
    )
    action = models.CharField(
        _("what"), max_length=20, choices=Action, help_text=_("What was done.")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
        help_text=_("Whose account did it; empty: nobody’s, or one that is gone."),
    )
    name = models.CharField(
        _("by"),
        max_length=150,
        blank=True,
        help_text=_("The name of that account; empty: a command, or somebody not logged in."),
    )
    subject = models.CharField(
        _("to what"), max_length=250, blank=True, help_text=_("What it was done to.")
    )
    detail = models.CharField(
        _("how"), max_length=1000, blank=True, help_text=_("What changed by it.")
    )
    network = models.CharField(
        _("from"),
        max_length=50,
        blank=True,
        help_text=_("The network that it was done from; whole addresses are not kept."),
    )

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.subject}".strip()
