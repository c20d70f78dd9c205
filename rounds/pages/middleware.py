"""Gives the pages that are kept, and keeps those that are made."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from importlib import import_module
from threading import Event, Lock
from time import monotonic

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from rounds.kept import see
from rounds.models import Edition
from rounds.pages.addresses import Address, address_of, is_open
from rounds.pages.kept import MOMENTARY, PUBLIC, Kept, Key, Shelf
from rounds.pages.shared import SharedShelf
from rounds.pages.watch import Watch

log = logging.getLogger(__name__)

METHODS = "GET, HEAD, OPTIONS"
# No cookie goes along where anybody may ask.
OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "*"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}
PRIVATE = "private, no-store"
PATIENCE = 10  # seconds for which a request waits for the page that another one makes
# Of these the page does not depend; only how it goes out.
UNSEEN = ("HTTP_COOKIE", "HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
Page = Kept | HttpResponse


class PagesMiddleware:
    """The same pages for all visitors without a session, whatever cookies they send.

    Stands before all other work. Who is logged in gets pages of their own, which nobody keeps.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.watch = Watch()
        self.shelf = Shelf(settings.KEPT_PAGES_BYTES)
        self.shared = SharedShelf() if settings.CACHE_URL else None
        self.sessions = import_module(settings.SESSION_ENGINE).SessionStore
        self._making: dict[Key, Event] = {}
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = address_of(request)
        is_read = request.method in ("GET", "HEAD")
        if address is None or not is_read or not _has_known_host(request):
            response = self.get_response(request)
            response.headers.setdefault("Cache-Control", PRIVATE)
            return response
        if self._is_logged_in(request):
            return self._own(request, address)
        if not address.is_kept:
            return _answer(self._new(request, address), request)
        # Each page bears its whole address.
        key = (request.scheme, request.get_host(), address.path, address.query)
        kept, edition = self.shelf.get(key), self.watch.known()
        if kept and (edition is None or kept.shows(edition)):
            kept.right_at = monotonic()
            return kept.answer(request)
        return _answer(self._once(request, address, key, kept), request)

    def _is_logged_in(self, request: HttpRequest) -> bool:
        """Whether the visitor has a session as a user; a made-up cookie is none."""
        cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if not cookie:
            return False
        try:
            return SESSION_KEY in self.sessions(cookie)
        except (DatabaseError, InterfaceError):
            return False  # and sees what everybody may

    def _own(self, request: HttpRequest, address: Address) -> HttpResponse:
        """The page of somebody who is logged in, which may hold drafts."""
        _see(request, self.watch.now())
        with _asked(request, address):
            response = self.get_response(request)
        response.headers["Cache-Control"] = PRIVATE
        return response

    def _once(self, request: HttpRequest, address: Address, key: Key, kept: Kept | None) -> Page:
        """The page as it is now, which one request makes for all that come meanwhile.

        These get the one before if it was right until now, or wait.
        """
        with self._lock:
            made = self._making.get(key)
            if made is None:
                self._making[key] = Event()
        if made is None:
            try:
                return self._new(request, address, key, kept)
            finally:
                with self._lock:
                    self._making.pop(key).set()
        if not (kept and kept.was_right):
            made.wait(PATIENCE)
            kept = self.shelf.get(key)
        return kept if kept and kept.was_right else self._new(request, address, key, kept)

    def _new(
        self,
        request: HttpRequest,
        address: Address,
        key: Key | None = None,
        before: Kept | None = None,
    ) -> Page:
        """The page made anew, kept under its key.

        The one before stands in while the database is away; a fault of ours is no reason to go on
        showing what may have been withdrawn.
        """
        edition = self.watch.known()
        if key and edition and self.shared and (found := self.shared.get(key, edition)):
            self.shelf.put(key, found)
            return found
        with _unseen(request, address):
            _see(request, edition)
            response = self.get_response(request)
        if response.status_code >= 500:
            is_away = response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
            if before and (is_away or before.was_right):
                log.warning("An earlier edition of %s is given.", address.path)
                return before
            response.headers["Cache-Control"] = "no-store"
            return response
        is_lasting = response.status_code == HTTPStatus.OK and "Cache-Control" not in response
        lasting = PUBLIC if address.is_kept else MOMENTARY
        response.headers.setdefault("Cache-Control", lasting)
        if key and not is_lasting:
            self.shelf.drop(key)  # what it showed is gone
        if response.streaming or 300 <= response.status_code < 400:
            del response.headers["Vary"]
            return response
        page = Kept.of(response, edition)
        if key and is_lasting and edition:
            page.is_whole = self._is_still(edition)
            self.shelf.put(key, page)
            if self.shared and page.is_whole:
                self.shared.put(key, edition, page)
        return page

    def _is_still(self, edition: Edition) -> bool:
        """Whether the record is as it was when the page was begun, and the search has all of it."""
        now = self.watch.now()
        return now is not None and now.token == edition.token and edition.is_searched  # type: ignore[attr-defined]


class OpenMiddleware:
    """Lets scripts in the pages of others read what is meant for programs; nothing is written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_open(request.path_info):
            is_preflight = request.method == "OPTIONS"
            for name, value in (OPEN | PREFLIGHT if is_preflight else OPEN).items():
                response.headers[name] = value
        return response


class MethodsMiddleware:
    """Says of a page by which methods it may be asked for, and refuses the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD") or address_of(request) is None:
            return self.get_response(request)
        is_asked = request.method == "OPTIONS"
        status = HTTPStatus.NO_CONTENT if is_asked else HTTPStatus.METHOD_NOT_ALLOWED
        headers = {"Allow": METHODS}
        if is_open(request.path_info) and not is_asked:
            sentence = gettext("Here is only to read: %(methods)s.") % {"methods": METHODS}
            return JsonResponse({"errors": [sentence]}, status=status, headers=headers)
        return HttpResponse(status=status, headers=headers)


def _answer(page: Page, request: HttpRequest) -> HttpResponse:
    return page.answer(request) if isinstance(page, Kept) else page


def _has_known_host(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return False  # who is further in says so
    return True


def _see(request: HttpRequest, edition: Edition | None) -> None:
    """Let the page go by that edition, and bear it."""
    request.edition = edition  # type: ignore[attr-defined]
    if edition:
        see(edition.token)


@contextmanager
def _asked(request: HttpRequest, address: Address) -> Iterator[None]:
    """Put what is asked for in its one way; the log has what the visitor sent."""
    query, request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", ""), address.query
    try:
        yield
    finally:
        request.META["QUERY_STRING"] = query


@contextmanager
def _unseen(request: HttpRequest, address: Address) -> Iterator[None]:
    """Hide from those who make the page what it must not depend on."""
    hidden = {name: request.META.pop(name) for name in UNSEEN if name in request.META}
    hidden.pop("HTTP_COOKIE", None)
    request.COOKIES = {}
    method, request.method = request.method, "GET"
    try:
        with _asked(request, address):
            yield
    finally:
        request.method = method
        request.META.update(hidden)
