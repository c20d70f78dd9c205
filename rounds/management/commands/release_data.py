import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rounds.dataset.releases import ReleaseError, folder_of, register, release
from rounds.management.folders import written_to
from rounds.models import Release

LONGEST = 100_000  # letters of notes
# What names a file rather than says something: it begins as a path does, or is names with slashes
# between them, or ends as the name of a text does.
PATH = re.compile(
    r"(?:~|\.{0,2})[/\\].*|(?:\w:\\)?[\w.-]+(?:[/\\][\w.-]+)+|.*\w\.(?:txt|md|rst|markdown)"
)


class Command(BaseCommand):
    help = "Freeze the public record as a named release of the dataset; see docs/data.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="year and number, such as 2026.1")
        parser.add_argument("--notes", default="", help="what to say of it: a text, or a file")
        parser.add_argument(
            "--site",
            default=settings.SITE_URL,
            help="what its addresses begin with, for good, if not SITE_URL",
        )
        parser.add_argument(
            "--register",
            action="store_true",
            help="enter a release again that has its folder, after a backup was restored",
        )

    def handle(
        self, *args: Any, name: str, notes: str, site: str, register: bool, **options: Any
    ) -> None:
        try:
            with written_to(Path(settings.DATA_DIR)):
                made = self._register(name) if register else self._release(name, notes, site)
        except ReleaseError as error:
            raise CommandError(str(error)) from error
        size = sum(one["size"] for one in made.files)
        self.stdout.write(
            f"{made.name}: edition {made.edition}, {len(made.files)} files,"
            f" {size:,} bytes in {folder_of(made)}"
        )

    def _register(self, name: str) -> Release:
        return register(name)

    def _release(self, name: str, notes: str, site: str) -> Release:
        return release(name, _notes(notes), site)


def _notes(given: str) -> str:
    """The notes themselves, or what the file has that they name."""
    if _is_there(given):
        text = _content(Path(given))
    elif PATH.fullmatch(text := given.strip()):
        raise ReleaseError(f"There is no file {text}, from which the notes could be read.")
    if "\0" in text or len(text) > LONGEST:
        raise ReleaseError("The notes are no text of at most 100,000 letters.")
    return text


def _is_there(given: str) -> bool:
    try:
        return bool(given) and Path(given).exists()
    except (OSError, ValueError):  # too long for a name, or none at all
        return False


def _content(path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, ValueError) as error:
        raise ReleaseError(f"The notes cannot be read from {path}: {error}.") from error
