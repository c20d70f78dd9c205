from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rounds.querysets import OpenPageQuerySet

FORGOTTEN_AFTER = timedelta(minutes=1)  # since the browser said last that it has the page


class OpenPage(models.Model):
    """Somebody has the page of an object open in the admin. It is no part of the record.

    The browser says so again and again; a page that is heard of no more is forgotten.
    """

    model = models.CharField(
        _("model"), max_length=60, help_text=_("Label of its model, like rounds.outcome.")
    )
    key = models.CharField(_("key"), max_length=40, help_text=_("Key of the object."))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name=_("user"),
        help_text=_("Who has it open."),
    )
    since = models.DateTimeField(_("since"), default=timezone.now, help_text=_("Since when."))
    heard = models.DateTimeField(
        _("heard"), default=timezone.now, db_index=True, help_text=_("When it was still open.")
    )

    objects = OpenPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("open page")
        verbose_name_plural = _("open pages")
        default_permissions = ()
        ordering = ["since"]
        constraints = [
            UniqueConstraint(fields=["model", "key", "user"], name="one_open_page_of_a_user")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
