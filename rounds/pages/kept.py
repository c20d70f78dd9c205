"""A page that is kept, and the shelf on which they stand."""

from hashlib import blake2b
from http import HTTPStatus
from math import ceil
from threading import Lock
from time import time
from typing import Any

from cachetools import LRUCache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from rounds.models import Edition
from rounds.pages.encodings import GZIP, best, packed, unpacked

OVERHEAD = 3_000  # bytes that a page takes beside its packed texts
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"}
BODY = {"Content-Length", "Content-Encoding", "Content-Type", "Content-Disposition"}
# A cache in front may give it for a second, and while it asks whether it still holds for one
# more; while nobody answers, for a day. Browsers ask each time: they too would go by a longer
# stale-while-revalidate, and show an edit that late.
PUBLIC = "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=86400"


class Kept:
    """An answer as it goes out, packed once for each packing.

    ``edition`` is the one that it shows, None where none could be read. What is promised for a
    day depends on today as well.
    """

    def __init__(self, response: HttpResponse, edition: Edition | None) -> None:
        self.status = response.status_code
        self.edition = edition and edition.token
        now = timezone.localtime()
        self.day = now.date()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        changed = max(edition.changed_at, midnight) if edition else None
        self.changed = ceil(changed.timestamp()) if changed else None
        digest = blake2b(response.content, digest_size=9).hexdigest()
        self.tag = f"{edition.number}-{digest}" if edition else digest
        self.headers = {
            name: value
            for name, value in response.items()
            if name not in ("Content-Length", "ETag", "Vary")
        }
        self.headers["Vary"] = "Accept-Encoding"
        self.texts = {GZIP: packed(response.content, GZIP)}

    def shows(self, edition: Edition) -> bool:
        """Whether it was made from that edition, and today."""
        return self.edition == edition.token and self.day == timezone.localdate()

    @property
    def size(self) -> int:
        """How many bytes it takes when it is there in both packings."""
        return OVERHEAD + 2 * len(self.texts[GZIP])

    def text(self, encoding: str) -> bytes:
        """The text in that packing."""
        text = self.texts.get(encoding)
        if text is None:
            text = packed(unpacked(self.texts[GZIP]), encoding)
            if encoding:
                self.texts[encoding] = text
        return text

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The answer to a request, in the packing that it takes; 304 if it has that already."""
        encoding = best(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        text = self.text(encoding)
        headers = self.headers | {
            "ETag": f'"{self.tag}-{encoding}"' if encoding else f'"{self.tag}"',
            "Content-Length": str(len(text)),
        }
        if encoding:
            headers["Content-Encoding"] = encoding
        # The second after the change, as a later change in the same second must not look like it.
        if self.changed and self.changed <= time():
            headers["Last-Modified"] = http_date(self.changed)
        if self.status == HTTPStatus.OK and CONDITIONS & request.META.keys():
            same = get_conditional_response(request, headers["ETag"], self.changed)
            if same is not None:
                for name in headers.keys() - BODY:
                    same.headers[name] = headers[name]
                return same
        body = b"" if request.method == "HEAD" else text
        return HttpResponse(body, status=self.status, headers=headers)


class Shelf:
    """The pages that a worker keeps, in so many bytes; those least asked for go first."""

    def __init__(self, size: int) -> None:
        self._pages: LRUCache[Any, Kept] = LRUCache(size, lambda kept: kept.size)
        self._lock = Lock()

    @property
    def bytes(self) -> int:
        """How many bytes the pages take."""
        return int(self._pages.currsize)

    def get(self, key: Any) -> Kept | None:
        with self._lock:
            return self._pages.get(key)

    def drop(self, key: Any) -> None:
        """Keep no page for the key any more."""
        with self._lock:
            self._pages.pop(key, None)

    def put(self, key: Any, kept: Kept) -> None:
        with self._lock:
            self._pages.pop(key, None)
            if kept.size <= self._pages.maxsize:
                self._pages[key] = kept
