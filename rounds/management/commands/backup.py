from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from astana.backups.backup import back_up
from astana.backups.errors import BackupError


class Command(BaseCommand):
    help = "Write the whole database to one file, while the site serves and editors save."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file to make, such as astana.zip")
        parser.add_argument("--force", action="store_true", help="replace a file that is there")

    def handle(self, *args: Any, file: Path, force: bool, **options: Any) -> None:
        try:
            manifest = back_up(file, replace=force)
        except BackupError as error:
            raise CommandError(str(error)) from error
        found = manifest.contents
        self.stdout.write(
            f"{file}: edition {found.edition}, {sum(found.counts.values()):,} rows"
            f" of {len(found.counts)} tables, {file.stat().st_size:,} bytes"
        )
