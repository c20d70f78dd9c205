from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rounds.models.history import Revision
from rounds.querysets import PublicChangeQuerySet


class PublicChange(models.Model):
    """A change to what readers could see already, as they are told of it.

    It stands by itself: it names fact and field as they were, and outlasts both. While the page
    that it was made on is not public, neither is this.
    """

    at = models.DateTimeField(
        _("time"), default=timezone.now, db_index=True, help_text=_("When it was changed.")
    )
    revision = models.ForeignKey(
        Revision,
        models.SET_NULL,
        null=True,
        related_name="public_changes",
        verbose_name=_("revision"),
        help_text=_("Where the history has it."),
    )
    page_model = models.CharField(
        _("model of the page"), max_length=60, help_text=_("Label, like rounds.round.")
    )
    page_key = models.BigIntegerField(
        _("key of the page"), help_text=_("Of the object on whose page the fact stands.")
    )
    address = models.CharField(
        _("address"), max_length=300, help_text=_("Where the fact stood when it was changed.")
    )
    fact = models.CharField(_("fact"), max_length=300, help_text=_("What was changed."))
    field = models.CharField(
        _("field"),
        max_length=100,
        blank=True,
        help_text=_("What of it was changed; empty: it was added or removed as a whole."),
    )
    before = models.TextField(_("before"), blank=True, help_text=_("What it said."))
    after = models.TextField(_("after"), blank=True, help_text=_("What it says since then."))
    reason = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("Why, in one line.")
    )
    is_typo = models.BooleanField(
        _("only a typo"), default=False, help_text=_("Whether it says what it said before.")
    )

    objects = PublicChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")
        default_permissions = ()
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["page_model", "page_key"], name="public_change_page")]

    def __str__(self) -> str:
        return f"{self.fact}: {self.field}" if self.field else self.fact

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)
