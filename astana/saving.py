"""What whoever sent something is told when the database takes nothing: never that it was saved."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
RETRY_AFTER = 30  # seconds
logger = logging.getLogger(__name__)


class SavingMiddleware:
    """Answers 503 to what could not be saved, with all that was sent, to be sent again.

    The view's transaction has been rolled back by then: nothing is saved in part.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.method in SAFE:
            return None
        if not isinstance(exception, OperationalError | InterfaceError | InternalError):
            return None
        logger.error("Could not be saved: %s %s: %s", request.method, request.path, exception)
        sent = [
            (name, value)
            for name, values in request.POST.lists()
            if name != "csrfmiddlewaretoken" and "password" not in name
            for value in values
        ]
        # A form that needs no token gets none: that would be a cookie.
        view = request.resolver_match and request.resolver_match.func
        context = {"sent": sent, "has_token": not getattr(view, "csrf_exempt", False)}
        response = render(request, "unsaved.html", context, status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        response._has_been_logged = True  # type: ignore[attr-defined]  # with its cause
        return response
