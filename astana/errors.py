"""What a visitor gets where a page cannot be made."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.views import defaults

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent)
RETRY_AFTER = "30"  # seconds


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is no request; to an editor who sent too much, what can be done about it."""
    if isinstance(exception, TooManyFilesSent):
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return render(None, "too_many_files.html", {"most": most}, status=413)
    if isinstance(exception, TOO_MUCH):
        return render(None, "too_much.html", status=413)
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away, 500 for a fault of ours; both in the site's design."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = RETRY_AFTER
        return response
    return HttpResponseServerError(get_template("500.html").render())
