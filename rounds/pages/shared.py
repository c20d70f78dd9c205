"""The pages that several machines keep together, in one Redis or Valkey."""

import logging
from collections.abc import Callable
from hashlib import blake2b
from time import monotonic
from typing import Any

from django.core.cache import caches
from django.utils.timezone import localdate
from redis import RedisError

from rounds.models import Edition
from rounds.pages.kept import Kept, Key
from rounds.pages.release import release

log = logging.getLogger(__name__)

SECONDS = 86_400  # for which a page is kept; which go before, the server decides
PAUSE = 10  # seconds for which a server that did not answer is left alone: each try may take one


class AsIs:
    """Pages are bytes already; unlike Django's own pickles, they cannot bring code along."""

    def dumps(self, page: bytes) -> bytes:
        return page

    def loads(self, found: bytes) -> bytes:
        return found


class SharedShelf:
    """Pages by edition and address. While its server is away, every worker keeps its own."""

    def __init__(self) -> None:
        self._cache = caches["default"]
        self._prefix = f"page:{release()}"
        self._away_until = 0.0

    def _name(self, key: Key, edition: Edition) -> str:
        asked = blake2b(repr(key).encode(), digest_size=16).hexdigest()
        made_from = f"{edition.token}, {localdate()}".replace(" ", "-")
        return f"{self._prefix}:{made_from}:{asked}"

    def get(self, key: Key, edition: Edition) -> Kept | None:
        found = self._tried(lambda: self._cache.get(self._name(key, edition)))
        try:
            return Kept.from_bytes(found) if found else None
        except (ValueError, KeyError, TypeError) as error:
            log.warning("A shared page cannot be read: %s", error)
            return None

    def put(self, key: Key, edition: Edition, kept: Kept) -> None:
        page = kept.to_bytes()
        self._tried(lambda: self._cache.set(self._name(key, edition), page, SECONDS))

    def _tried(self, ask: Callable[[], Any]) -> Any:
        """The answer of the server; None while it is away."""
        if monotonic() < self._away_until:
            return None
        try:
            return ask()
        except RedisError as error:
            self._away_until = monotonic() + PAUSE
            log.warning("The shared pages cannot be had: %s", error)
            return None
