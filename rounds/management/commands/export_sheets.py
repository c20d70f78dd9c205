from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from rounds.desk.sheets.exporting import write_files
from rounds.management.folders import written_to


class Command(BaseCommand):
    help = "Write the record as sheets into a folder, drafts included; see docs/sheets.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where the sheets go; made if missing")
        parser.add_argument("--json", action="store_true", help="JSON instead of YAML")

    def handle(self, *args: Any, folder: Path, json: bool, **options: Any) -> None:
        with written_to(folder):
            written = write_files(folder, "json" if json else "yaml")
        for path in written:
            self.stdout.write(f"{path}: {path.stat().st_size:,} bytes")
