import re
from collections.abc import Callable
from uuid import uuid4

from django.core.exceptions import BadRequest
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware

from astana import readiness
from astana.clients import FORWARDED, client_of, is_trusted
from astana.logs import request_id

GetResponse = Callable[[HttpRequest], HttpResponse]
POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


class RequestMiddleware:
    """Know each request by an id, and its client by an address that nobody can invent.

    A well-formed ``X-Request-ID`` is taken over, so that the proxy's log leads to ours; every
    line of the log and the response bear it. ``REMOTE_ADDR`` becomes the client's address; what
    is forwarded by who is no trusted proxy is dropped.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        request_finished.connect(forget_request)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if REQUEST_ID.fullmatch(given) else uuid4().hex
        request_id.set(name)
        peer = request.META.get("REMOTE_ADDR", "")
        request.META["REMOTE_ADDR"] = client_of(request.META)
        if not is_trusted(peer):
            for header in FORWARDED:
                request.META.pop(header, None)
        response = self.get_response(request)
        response.headers["X-Request-ID"] = name
        return response


def forget_request(**kwargs: object) -> None:
    """What the thread logs next belongs to no request."""
    request_id.set("")


class SecurityHeadersMiddleware(SecurityMiddleware):
    """The headers of Django's middleware on what that answers itself too, and on its faults."""

    def process_request(self, request: HttpRequest) -> None:
        """Leave the redirect to Django's own, which stands further in."""


class PermissionsPolicyMiddleware:
    """Turn off the browser features that no page of ours uses."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = POLICY
        return response


class CharsetMiddleware:
    """Refuses forms in another charset than browsers send: Python reads some as no text at all."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.strip("\"'").lower() not in ("utf-8", "utf8"):
            raise BadRequest(f"A form in the charset {charset!r}")
        return self.get_response(request)


class ProbesMiddleware:
    """Answer those who watch the site, whatever host they ask and without https.

    ``/healthz`` is well while the process answers, ``/readyz`` while pages can be made.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return probed({})
        if request.path_info == "/readyz":
            return probed(readiness.faults())
        return self.get_response(request)


def probed(faults: dict[str, str]) -> HttpResponse:
    """200 where no check found a fault, else 503; a line for each check, and none kept."""
    lines = [f"{check}: {fault or 'ok'}\n" for check, fault in faults.items()] or ["ok\n"]
    return HttpResponse(
        "".join(lines),
        "text/plain; charset=utf-8",
        status=503 if any(faults.values()) else 200,
        headers={"Cache-Control": "no-store"},
    )
