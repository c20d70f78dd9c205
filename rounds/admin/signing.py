from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rounds.revisions import signed_by

READING = {"GET", "HEAD", "OPTIONS", "TRACE"}


class SigningMiddleware:
    """What somebody who is logged in edits bears the account's name in the history."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        may_write = request.method not in READING
        # Without a cookie nobody is asked for, which would be a query.
        has_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
        if may_write and has_cookie and request.user.is_authenticated:
            with signed_by(request.user):
                return self.get_response(request)
        return self.get_response(request)
