"""What pages are made of, kept for as long as the record stays as it is.

Kept is only what everybody may see: ``access.keeper`` is the way here. Each worker keeps its
own, bounded in bytes; what was used longest ago goes first.

Why nothing kept is ever stale: its key holds the edition of the record, which each request
reads once, before anything else, and whoever changes the record raises the edition in the same
transaction. So all that went into a part was read after its edition, and is as new or newer.
It can be newer only where the record changed while the part was made. Whoever asks for that
edition after that read its number before the change; all others ask for the next one. And as
a transaction that is taken back gives its number to the next, the edition is told by its
moment too.
"""

import sys
from collections.abc import Callable, Hashable, Mapping
from contextvars import ContextVar
from threading import Lock
from typing import Any, Protocol, TypeVar, cast

from cachetools import LRUCache
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.utils.translation import get_language

Part = TypeVar("Part")
Made = tuple[Any, int]  # a part, and about how many bytes it takes with its key

# While templates are worked on, they are read each time.
BYTES = 0 if settings.DEBUG else settings.KEPT_PARTS_BYTES

_parts: LRUCache[Hashable, Made] = LRUCache(BYTES, lambda made: made[1])
_lock = Lock()
_read: Callable[[], Hashable] | None = None
# The edition that the request sees, once it is read: no more than one. None outside of requests
# and in those that may write.
_seen: ContextVar[list[Hashable] | None] = ContextVar("seen", default=None)


class Keep(Protocol):
    """Gives what ``make`` makes, for the same key perhaps without making it again.

    The key names the part and all that it depends on, but for the record and the language.
    What is given is shared: it must not be changed.
    """

    def __call__(self, *key: Hashable, make: Callable[[], Part]) -> Part: ...


def part(*key: Hashable, make: Callable[[], Part]) -> Part:
    """A ``Keep`` that does keep, within requests that read.

    Who writes may see what is taken back, and what nobody else sees yet.
    """
    if not is_on():
        return make()
    whole = (_edition(), get_language(), *key)
    with _lock:
        made = _parts.get(whole)
    if made is None:
        new = make()
        made = new, weight(whole) + weight(new)
        with _lock:
            if made[1] <= _parts.maxsize:
                _parts[whole] = made
    return cast(Part, made[0])


def nothing(*key: Hashable, make: Callable[[], Part]) -> Part:
    """A ``Keep`` that makes everything anew."""
    return make()


def weight(value: Any) -> int:
    """About how many bytes a text or number takes, or rows of them."""
    size = sys.getsizeof(value)
    if isinstance(value, dict):
        return size + sum(weight(name) + weight(one) for name, one in value.items())
    if isinstance(value, tuple | list | set | frozenset):
        return size + sum(map(weight, value))
    return size


def is_on() -> bool:
    """Whether anything is kept: only requests that read ask for the same again."""
    return _read is not None and _seen.get() is not None


def _edition() -> Hashable:
    """The edition of the record that the request sees."""
    seen = _seen.get()
    if _read is None or seen is None:
        raise RuntimeError("Nothing is kept outside of requests.")
    if not seen:
        seen.append(_read())
    return seen[0]


def follow(read: Callable[[], Hashable]) -> None:
    """From now on learn by that call which edition there is; the app config calls this once."""
    global _read
    _read = read
    request_started.connect(_begin)
    request_finished.connect(_end)


def see(edition: Hashable) -> None:
    """Let the request go by an edition that was read for it already."""
    _seen.set([edition])


def forget() -> None:
    """Drop everything that is kept."""
    with _lock:
        _parts.clear()


def _begin(environ: Mapping[str, Any], **kwargs: Any) -> None:
    _seen.set([] if environ["REQUEST_METHOD"] in ("GET", "HEAD") else None)


def _end(**kwargs: Any) -> None:
    _seen.set(None)
