"""What a visitor gets where a page cannot be made."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template

RETRY_AFTER = "30"  # seconds


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away, 500 for a fault of ours; both in the site's design."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = RETRY_AFTER
        return response
    return HttpResponseServerError(get_template("500.html").render())
