from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.querysets import MessageQuerySet


class Message(models.Model):
    """What a reader wrote to the editors. It is no part of the record and never public.

    It names page and fact as they stood in the address, so that it outlasts both.
    """

    class State(models.TextChoices):
        NEW = "new", _("New")
        IN_WORK = "in-work", _("In work")
        CLOSED = "closed", _("Closed")

    page = models.CharField(
        _("page"),
        max_length=500,
        blank=True,
        help_text=_("The address on this site that it is about; empty: the site as a whole."),
    )
    fact = models.CharField(
        _("fact"),
        max_length=200,
        blank=True,
        help_text=_("The place on that page; empty: the page as a whole."),
    )
    wording = models.TextField(
        _("wording"), blank=True, help_text=_("What the fact said when the message came.")
    )
    text = models.TextField(_("text"), help_text=_("What the reader wrote."))
    answer_to = models.EmailField(
        _("answer to"),
        blank=True,
        help_text=_("The reader’s mail address, for an answer; forgotten once this is closed."),
    )
    received = models.DateTimeField(
        _("received"),
        default=timezone.now,
        editable=False,
        db_index=True,
        help_text=_("When it was sent."),
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State,
        default=State.NEW,
        help_text=_("How far it is. Answer before you close it: that forgets the mail address."),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("What editors found and did; for editors alone.")
    )
    closed_at = models.DateTimeField(
        _("closed at"), null=True, blank=True, help_text=_("When it was closed.")
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
        help_text=_("Who closed it."),
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message from a reader")
        verbose_name_plural = _("messages from readers")
        default_permissions = ("view", "change", "delete")  # readers alone add some
        # By the letter: new, in work, closed.
        ordering = ["-state", "-received"]
        indexes = [models.Index(fields=["-state", "-received"], name="message_state_received")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(answer_to=""),
                name="message_closed_without_address",
                violation_error_message=_("A closed message keeps no mail address."),
            )
        ]

    def __str__(self) -> str:
        return gettext("Message on %(page)s") % {"page": self.address or gettext("the site")}

    @property
    def address(self) -> str:
        """Where on this site that is what it is about, "" for the site as a whole."""
        return f"{self.page}#{self.fact}" if self.fact else self.page

    def follow_state(self, user: User) -> None:
        """Note that the user closed it, and forget the mail address; or that it is open again."""
        is_closed = self.state == self.State.CLOSED
        self.closed_at = timezone.now() if is_closed else None
        self.closed_by = user if is_closed else None
        if is_closed:
            self.answer_to = ""
