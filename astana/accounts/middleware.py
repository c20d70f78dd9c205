from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from astana.accounts import audit, codes, sessions
from astana.accounts.waiting import BY_CODE

GetResponse = Callable[[HttpRequest], HttpResponse]


def is_logged_in(request: HttpRequest) -> bool:
    """Whether somebody is; of who has no cookie no session is read, so that pages can be kept.

    A database that is away is met by the view too: there what was sent is kept.
    """
    try:
        return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
    except DatabaseError:
        return False


class CurrentRequestMiddleware:
    """Lets the audit list know who does what the models tell it of."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = audit.current.set(request)
        try:
            return self.get_response(request)
        finally:
            audit.current.reset(token)


class SessionAgeMiddleware:
    """Logs out who was away for long, and everybody after some days."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_logged_in(request) and sessions.is_over(request.session):
            log_out_quietly(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *args: Any) -> None:
        is_asked = is_logged_in(request) and not getattr(view, "is_unattended", False)
        if is_asked and not sessions.keep_awake(request.session):
            log_out_quietly(request)


def log_out_quietly(request: HttpRequest) -> None:
    """Without a line in the audit list: nobody did it."""
    request.session.flush()
    request.user = AnonymousUser()


class CodesMiddleware:
    """Leads who needs one-time codes and has none to set them up, before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._way(request) or self.get_response(request)

    def _way(self, request: HttpRequest) -> HttpResponse | None:
        if not settings.OTP_REQUIRED or not is_logged_in(request) or request.session.get(BY_CODE):
            return None
        user: Any = request.user
        if not codes.are_required(user) or request.path in self._open():
            return None
        following = request.get_full_path() if request.method == "GET" else ""
        query = urlencode({REDIRECT_FIELD_NAME: following}) if following else ""
        if codes.are_set_up(user):  # from elsewhere, since this session began
            logout(request)
            return HttpResponseRedirect(f"{reverse('admin:login')}?{query}")
        messages.warning(request, gettext("Set up one-time codes first: here they are required."))
        return HttpResponseRedirect(f"{reverse('codes')}?{query}")

    def _open(self) -> set[str]:
        """What can be done without codes: to set them up, to leave, to have another password."""
        names = ("codes", "admin:logout", "admin:password_change", "admin:password_change_done")
        return {reverse(name) for name in (*names, "admin:jsi18n")}
