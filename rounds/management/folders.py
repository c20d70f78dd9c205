"""Folders that commands write to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError


@contextmanager
def written_to(folder: Path) -> Iterator[None]:
    """Say in a sentence why a folder cannot be written to, should that be so."""
    try:
        yield
    except OSError as error:
        raise CommandError(
            f"{error.filename or folder} cannot be written: {error.strerror}. Give a folder that"
            " you may write to; it is made if it is missing."
        ) from error
