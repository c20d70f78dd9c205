"""Whether what an address led to is still there."""

from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rapidfuzz.fuzz import token_set_ratio

DEAD_AFTER = 3  # days in a row on which it was gone, so that no outage is taken for a death
LEAST_LIKENESS = 50  # of two titles of one page, of 100
LONGEST_TITLE, LONGEST_REASON = 300, 200


class What(Enum):
    """What came of asking for an address."""

    READ = "read"  # a page that can be read
    GONE = "gone"  # nothing that can be read: no such page, or nobody who answers
    UNSURE = "unsure"  # it may be there for readers, and not for a program


class Finding(NamedTuple):
    """What came of it, and why in a sentence where not all is well.

    ``moved_to`` is where the site leads for good, "" for nowhere else. ``not_before`` is when it
    wants to be asked again. Not ``was_reached``: nobody answered, who may not be there or whom
    our own network does not reach.
    """

    what: What
    reason: str = ""
    title: str = ""
    moved_to: str = ""
    not_before: datetime | None = None
    was_reached: bool = True


class Link(models.Model):
    """What checks found of an address, by its key. It is no part of the record."""

    class State(models.TextChoices):
        WORKS = "works", _("Works")
        MOVED = "moved", _("Moved")
        CHANGED = "changed", _("Another page by now")
        UNSURE = "unsure", _("Cannot be told")
        FAILING = "failing", _("Failed of late")
        DEAD = "dead", _("Dead")

    key = models.CharField(
        _("key"), max_length=32, unique=True, help_text=_("What tells its address from others.")
    )
    address = models.URLField(
        _("address"), max_length=1000, help_text=_("As it was when it was checked last.")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, db_index=True, help_text=_("How it is.")
    )
    reason = models.CharField(
        _("reason"),
        max_length=LONGEST_REASON,
        blank=True,
        help_text=_("Why, where not all is well."),
    )
    checked_at = models.DateTimeField(_("checked"), help_text=_("When it was checked last."))
    not_before = models.DateTimeField(
        _("not before"),
        null=True,
        blank=True,
        help_text=_("When its site wants to be asked again."),
    )
    failures = models.PositiveSmallIntegerField(
        _("failures"), default=0, help_text=_("On how many days in a row it was gone.")
    )
    first_failed = models.DateField(
        _("first failed"), null=True, blank=True, help_text=_("The first of these days.")
    )
    last_failed = models.DateField(
        _("last failed"), null=True, blank=True, help_text=_("The last of these days.")
    )
    title = models.CharField(
        _("title"),
        max_length=LONGEST_TITLE,
        blank=True,
        help_text=_("What the page called itself when it was right."),
    )
    title_now = models.CharField(
        _("title now"),
        max_length=LONGEST_TITLE,
        blank=True,
        help_text=_("What it calls itself now."),
    )
    new_address = models.URLField(
        _("new address"), max_length=1000, blank=True, help_text=_("Where it leads for good.")
    )

    class Meta:
        verbose_name = _("checked link")
        verbose_name_plural = _("checked links")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.address

    def learn(self, finding: Finding, now: datetime) -> None:
        """Take in what a check found."""
        self.checked_at, self.not_before = now, finding.not_before
        self.reason = finding.reason[:LONGEST_REASON]
        if finding.what is What.GONE:
            self._fail(timezone.localdate(now))
        elif finding.what is What.READ:
            self._work(finding)
        elif self.state != self.State.DEAD:
            self.state = self.State.UNSURE

    def _fail(self, today: date) -> None:
        if self.last_failed != today:
            self.failures += 1
        self.first_failed = self.first_failed or today
        self.last_failed, self.new_address = today, ""
        self.state = self.State.DEAD if self.failures >= DEAD_AFTER else self.State.FAILING

    def _work(self, finding: Finding) -> None:
        self.failures, self.first_failed, self.last_failed = 0, None, None
        self.title_now, self.new_address = finding.title[:LONGEST_TITLE], finding.moved_to
        self.title = self.title or self.title_now
        if not self.reason and self.title_now and not is_like(self.title, self.title_now):
            self.reason = gettext("It was “%(before)s” and is “%(now)s”.") % {
                "before": self.title[:80],
                "now": self.title_now[:80],
            }
        if self.reason:
            self.state = self.State.CHANGED
        else:
            self.state = self.State.MOVED if self.new_address else self.State.WORKS

    def accept(self) -> None:
        """What the page is now is right."""
        self.title, self.reason = self.title_now, ""
        self.state = self.State.MOVED if self.new_address else self.State.WORKS


def is_like(title: str, other: str) -> bool:
    """Whether two titles may be those of one page at different times."""
    return token_set_ratio(title.casefold(), other.casefold()) >= LEAST_LIKENESS
