from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from astana.backups.archive import Manifest
from astana.backups.backup import put_back
from astana.backups.errors import BackupError

ANSWER = "restore"


class Command(BaseCommand):
    help = (
        "Put a backup in the place of the whole database, while the site serves; what was there"
        " is kept as a backup beside it."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what “backup” made")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument(
            "--keep-in", type=Path, help="folder for what was there (that of FILE by default)"
        )

    def handle(
        self, *args: Any, file: Path, yes: bool, keep_in: Path | None, **options: Any
    ) -> None:
        now = datetime.now(UTC)
        kept = (keep_in or file.parent) / f"before-restore-{now:%Y%m%dT%H%M%S%f}.zip"
        try:
            found = put_back(file, kept, lambda manifest: yes or self.agreed(manifest))
        except BackupError as error:
            raise CommandError(str(error)) from error
        if found is None:
            raise CommandError("Nothing was restored.")
        names = ", ".join(str(path) for path in found) or "nothing"
        self.stdout.write(f"Restored. What was there before: {names}")
        if found and kept not in found:
            self.stdout.write("It was damaged, and its file is another one now: restart the site.")

    def agreed(self, manifest: Manifest) -> bool:
        found = manifest.contents
        self.stdout.write(
            f"The backup of {manifest.made_at}, edition {found.edition}, with"
            f" {found.counts.get('rounds_round', 0)} rounds, takes the place of all that the"
            f" database holds. Type “{ANSWER}” to go on:"
        )
        try:
            return input().strip() == ANSWER
        except EOFError:
            return False
