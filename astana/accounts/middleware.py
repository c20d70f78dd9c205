from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from astana.accounts import audit


class CurrentRequestMiddleware:
    """Lets the audit list know who does what the models tell it of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = audit.current.set(request)
        try:
            return self.get_response(request)
        finally:
            audit.current.reset(token)
