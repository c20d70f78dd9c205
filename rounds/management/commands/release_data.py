from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from environs import ValidationError

from astana.environment import is_site
from rounds.dataset.releases import ReleaseError, folder_of, register, release
from rounds.management.folders import written_to
from rounds.models import Release

LONGEST = 100_000  # letters of notes


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
        if not site:
            raise ReleaseError(
                "The addresses in a release stay for good: say what they begin with, by SITE_URL"
                " or --site, such as https://astana.example.org."
            )
        try:
            is_site(site)
        except ValidationError as error:
            raise ReleaseError(str(error)) from error
        return release(name, _notes(notes), site)


def _notes(given: str) -> str:
    """The notes themselves, or what the file has that they name."""
    try:
        path = Path(given)
        text = path.read_text() if given and path.is_file() else given
    except (OSError, ValueError):  # too long for the name of a file, or no text in it
        text = given
    if "\0" in text or len(text) > LONGEST:
        raise ReleaseError("The notes are no text of at most 100,000 letters.")
    return text.strip()
