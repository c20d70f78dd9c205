"""Logging in: one at a time, and for a while not at all after too many wrong passwords.

django-axes counts the failures, by account and by client.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from astana.accounts import waiting
from astana.accounts.waiting import CodeWantedError

PATIENCE = 3  # seconds
LOCK = Path(__file__)  # a file that is there, also where none can be written


def login(request: HttpRequest) -> HttpResponse:
    """The admin's login. Passwords are checked in turn, since each takes a processor for long.

    Who has one-time codes is led to the page that asks for one.
    """
    if request.method != "POST":
        return admin.site.login(request)
    with turn(PATIENCE) as has_turn:
        if not has_turn:
            return refuse(request, status=503, wait=PATIENCE)
        try:
            return admin.site.login(request)
        except CodeWantedError as wanted:
            following = request.POST.get("next") or request.GET.get("next", "")
            waiting.begin(request, wanted.user, following)
            return HttpResponseRedirect(reverse("code"))


@contextmanager
def turn(patience: float) -> Iterator[bool]:
    """Whether this is, within so many seconds, the only one of all workers in here.

    The lock is on an open file, so a worker that is killed keeps nobody waiting.
    """
    until = monotonic() + patience
    with LOCK.open() as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if monotonic() > until:
                    yield False
                    return
                sleep(0.02)
            else:
                yield True
                return


def locked(request: HttpRequest, response: HttpResponse, credentials: Any) -> HttpResponse:
    """The answer to who failed too often; django-axes asks for it."""
    return refuse(request, status=429, wait=int(settings.AXES_COOLOFF_TIME.total_seconds()))


def refuse(request: HttpRequest, *, status: int, wait: int) -> HttpResponse:
    """A page that says why nobody was logged in, and when to try again."""
    context = {"is_locked": status == 429, "minutes": wait // 60}
    response = render(request, "login_refused.html", context, status=status)
    response.headers["Retry-After"] = str(wait)
    add_never_cache_headers(response)
    return response
