"""The pages that several machines keep together, in one Redis or Valkey."""

import logging
from hashlib import blake2b

from django.core.cache import caches
from django.utils.timezone import localdate
from redis import RedisError

from rounds.models import Edition
from rounds.pages.kept import Kept, Key
from rounds.pages.release import release

log = logging.getLogger(__name__)

SECONDS = 86_400  # for which a page is kept; which go before, the server decides


class SharedShelf:
    """Pages by edition and address. While its server is away, every worker keeps its own."""

    def __init__(self) -> None:
        self._cache = caches["default"]
        self._prefix = f"page:{release()}"

    def _name(self, key: Key, edition: Edition) -> str:
        asked = blake2b(repr(key).encode(), digest_size=16).hexdigest()
        made_from = f"{edition.number}:{edition.changed_at.timestamp()}:{localdate()}"
        return f"{self._prefix}:{made_from}:{asked}"

    def get(self, key: Key, edition: Edition) -> Kept | None:
        try:
            return self._cache.get(self._name(key, edition))
        except RedisError as error:
            log.warning("The shared pages cannot be read: %s", error)
            return None

    def put(self, key: Key, edition: Edition, kept: Kept) -> None:
        try:
            self._cache.set(self._name(key, edition), kept, SECONDS)
        except RedisError as error:
            log.warning("The shared pages cannot be written: %s", error)
