"""Sessions, and when they end: after hours without a request, and after days in any case."""

from collections.abc import Callable
from time import time
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

View = TypeVar("View", bound=Callable[..., Any])

BEGAN = "began"  # when the login was
SEEN = "seen"  # when somebody last asked for something, about
STEP = 300  # seconds after which that is written anew: not with each request


def unattended(view: View) -> View:
    """Mark a view that a page asks by itself: that nobody asked keeps no session awake."""
    view.is_unattended = True  # type: ignore[attr-defined]
    return view


def begin(request: HttpRequest, **kwargs: Any) -> None:
    """A login: from here on its age counts. What is over is deleted meanwhile."""
    request.session[BEGAN] = request.session[SEEN] = int(time())
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def is_over(session: SessionBase) -> bool:
    now = time()
    idle = now - session.get(SEEN, now) > settings.SESSION_IDLE.total_seconds()
    return idle or now - session.get(BEGAN, now) > settings.SESSION_AGE.total_seconds()


def keep_awake(session: SessionBase) -> bool:
    """Note that somebody is there; False where the session has been ended meanwhile.

    A database that takes nothing is no reason to answer nothing.
    """
    now = int(time())
    if now - session.get(SEEN, 0) < STEP:
        return True
    was_modified = session.modified
    session.setdefault(BEGAN, now)
    session[SEEN] = now
    try:
        session.save()
    except UpdateError:
        return False
    except DatabaseError:
        pass
    session.modified = was_modified
    return True


def end(user: User, *, but: str | None = None) -> None:
    """End all sessions of the account, except perhaps the one of that key."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
