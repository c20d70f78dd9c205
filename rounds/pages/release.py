"""What makes the pages beside the record: another release may make others of the same edition."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.utils import timezone

FOLDERS = ("astana", "rounds", "templates", "static")
SUFFIXES = (".py", ".html", ".css", ".js", ".svg", ".mo")


@cache
def release() -> str:
    """What stands for the code, and for what an operator has pages say."""
    found = blake2b(repr(settings.OPERATOR).encode(), digest_size=6)
    for path in _files():
        found.update(path.read_bytes())
    return found.hexdigest()


@cache
def released() -> datetime:
    """When it was last changed on this machine."""
    moment = max(path.stat().st_mtime for path in _files())
    return datetime.fromtimestamp(moment, timezone.get_default_timezone())


def _files() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in SUFFIXES:
                yield path
