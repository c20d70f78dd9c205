from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from rounds.desk.fixtures.dumping import FIXTURES, dump
from rounds.management.folders import written_to
from rounds.models import Round


class Command(BaseCommand):
    help = "Write the record, drafts included, as the fixtures that load_record reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=FIXTURES,
            help="where they go, instead of fixtures/",
        )
        parser.add_argument(
            "--edition",
            default="",
            help="name of the edition, if not that of the folder's manifest; of a new folder, of"
            " fixtures/",
        )

    def handle(self, *args: Any, folder: Path, edition: str, **options: Any) -> None:
        if not Round.objects.exists():
            raise CommandError("The database has no rounds; nothing was written.")
        with written_to(folder):
            made = dump(folder, timezone.localdate(), edition)
        count = sum(made["counts"].values())
        edition = made["edition"] or "an edition without a name (--edition gives it one)"
        self.stdout.write(f"{folder}: {edition}, {made['date']}, {count:,} objects")
