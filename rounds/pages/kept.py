"""A page that is kept, and the shelf on which they stand."""

import json
from dataclasses import dataclass, field
from hashlib import blake2b
from http import HTTPStatus
from math import ceil
from threading import Lock
from time import monotonic, time

from cachetools import LRUCache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from rounds.kept import weight
from rounds.models import Edition
from rounds.pages.encodings import GZIP, PLAIN, best, is_packed, packed, unpacked
from rounds.pages.release import released

OVERHEAD = 3_000  # bytes that a page takes beside its packed texts and its address
Key = tuple[str | None, str, str, str]  # scheme, host, path and query of an address
MOMENT = 1  # seconds for which a page is given while the next one is made
ABOUT = ("status", "edition", "day", "changed", "tag", "headers")  # what is kept beside its text
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"}
BODY = {"Content-Length", "Content-Encoding", "Content-Type", "Content-Disposition"}
# A cache in front may give it for a second, and while it asks whether it still holds for one
# more; while nobody answers, for a day. Browsers ask each time: they too would go by a longer
# stale-while-revalidate, and show an edit that late.
PUBLIC = "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=86400"
# What there is no end of, nobody keeps.
MOMENTARY = "public, max-age=0"


@dataclass
class Kept:
    """An answer as it goes out, packed once for each packing.

    ``edition`` is the one that it shows, None where none could be read. What is promised for a
    day depends on today as well. Not ``is_whole``: the record changed while it was made, or the
    search had still to follow. ``right_at`` is when it last was what readers should see.
    """

    status: int
    edition: str | None
    day: str
    changed: int | None
    tag: str
    headers: dict[str, str]
    texts: dict[str, bytes]
    is_whole: bool = True
    right_at: float = field(default_factory=monotonic)

    @classmethod
    def of(cls, response: HttpResponse, edition: Edition | None) -> "Kept":
        """The page that was made from that edition."""
        now = timezone.localtime()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        changed = max(edition.changed_at, midnight, released()) if edition else None
        digest = _digest(response.content)
        left_out = ("Content-Length", "ETag", "Vary")
        vary = {} if is_packed(response.headers) else {"Vary": "Accept-Encoding"}
        headers = {name: value for name, value in response.items() if name not in left_out}
        return cls(
            status=response.status_code,
            edition=edition.token if edition else None,
            day=now.date().isoformat(),
            changed=ceil(changed.timestamp()) if changed else None,
            tag=f"{edition.number}-{digest}" if edition else digest,
            headers=headers | vary,
            texts={GZIP: packed(response.content, GZIP)},
        )

    def to_bytes(self) -> bytes:
        """The page for a server that keeps it, which may hold anything else by then."""
        about = {name: getattr(self, name) for name in ABOUT}
        return json.dumps(about).encode() + b"\n" + self.texts[GZIP]

    @classmethod
    def from_bytes(cls, found: bytes) -> "Kept":
        """The page again; raises ValueError, KeyError or TypeError where that is none."""
        written, _, text = found.partition(b"\n")
        about = json.loads(written)
        page = cls(**{name: about[name] for name in ABOUT}, texts={GZIP: text})
        if not page.tag.endswith(_digest(unpacked(text))):
            raise ValueError("Its text is another one.")
        return page

    def shows(self, edition: Edition) -> bool:
        """Whether it was made from that edition, and today."""
        is_of_today = self.day == timezone.localdate().isoformat()
        return self.is_whole and self.edition == edition.token and is_of_today

    @property
    def was_right(self) -> bool:
        """Whether it was what readers should see a moment ago."""
        return monotonic() - self.right_at <= MOMENT

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
        accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
        encoding = PLAIN if is_packed(self.headers) else best(accepted)
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


def _digest(text: bytes) -> str:
    return blake2b(text, digest_size=9).hexdigest()


class Shelf:
    """The pages that a worker keeps, in so many bytes; those least asked for go first."""

    def __init__(self, size: int) -> None:
        self._pages: LRUCache[Key, tuple[Kept, int]] = LRUCache(size, lambda page: page[1])
        self._lock = Lock()

    @property
    def bytes(self) -> int:
        """How many bytes the pages take."""
        return int(self._pages.currsize)

    def get(self, key: Key) -> Kept | None:
        with self._lock:
            page = self._pages.get(key)
        return page and page[0]

    def drop(self, key: Key) -> None:
        """Keep no page for the key any more."""
        with self._lock:
            self._pages.pop(key, None)

    def put(self, key: Key, kept: Kept) -> None:
        size = kept.size + weight(key)
        with self._lock:
            self._pages.pop(key, None)
            if size <= self._pages.maxsize:
                self._pages[key] = kept, size
