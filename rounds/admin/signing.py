from collections.abc import Callable
from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from astana.accounts.middleware import is_logged_in
from rounds.revisions import signed_by

READING = {"GET", "HEAD", "OPTIONS", "TRACE"}


class SigningMiddleware:
    """What somebody who is logged in edits bears the account's name in the history."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READING and is_logged_in(request):
            with signed_by(cast(User, request.user)):
                return self.get_response(request)
        return self.get_response(request)
