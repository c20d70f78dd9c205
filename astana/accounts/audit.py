"""What goes into the audit list, from whom, and for how long it stays there."""

from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator

from astana.accounts.models import Entry
from astana.clients import shortened

Action = Entry.Action
Who = HttpRequest | AbstractBaseUser | None

COMINGS = (Action.LOGIN, Action.LOGOUT, Action.FAILED, Action.LOCKED)
COMINGS_DAYS = 90  # that it is kept who logged in when: nobody's business for longer
SPATE = timedelta(hours=1)
MOST_FAILURES = 200  # that are listed in that time: who tries passwords does not fill the disk

current: ContextVar[HttpRequest | None] = ContextVar("current", default=None)


def note(who: Who, action: Action | str, subject: Model | str = "", detail: str = "") -> Entry:
    """Add a line to the audit list, in the transaction of what it tells of.

    ``who`` is the request that did it, or the account, or None for the request that is being
    answered: a command where there is none. ``subject`` is what it was done to, an object or how
    that is called; ``detail`` is a short phrase, such as “added to Editors”. What is too old goes
    from the list at the same time.
    """
    request = who if isinstance(who, HttpRequest) else current.get()
    user = getattr(request, "user", None) if who is None or who is request else who
    account: Any = user if isinstance(user, AbstractBaseUser) and user.pk else None
    forget_old()
    return Entry.objects.create(
        action=Action(action),
        user=account,
        name=account.get_username() if account else "",
        subject=Truncator(str(subject)).chars(250),
        detail=Truncator(detail).chars(1000),
        network=shortened(request.META.get("REMOTE_ADDR", "")).strip("-") if request else "",
    )


def note_failure(who: Who, action: Action, subject: str, detail: str = "") -> None:
    """Note what anybody can do as often as they like, unless there is a spate of it."""
    if since(SPATE).filter(action=action).count() < MOST_FAILURES:
        note(who, action, subject, detail)


def since(period: timedelta) -> QuerySet[Entry]:
    return Entry.objects.filter(at__gte=timezone.now() - period)


def forget_old() -> None:
    """Delete what has been in the list for as long as it may."""
    now = timezone.now()
    whole = now - timedelta(days=settings.AUDIT_DAYS)
    short = now - timedelta(days=min(settings.AUDIT_DAYS, COMINGS_DAYS))
    Entry.objects.filter(Q(at__lt=whole) | Q(at__lt=short, action__in=COMINGS)).delete()
