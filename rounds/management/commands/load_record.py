from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rounds.desk.fixtures.dumping import FIXTURES
from rounds.desk.fixtures.loading import EditedError, LoadError, load
from rounds.models import Round

FORCE = (
    "--force loads the fixtures all the same: what was changed or removed is taken back, and what"
    " was added goes."
)

TAKEN_BACK = " What was changed or removed is as they say again, and what was added is gone."


class Command(BaseCommand):
    help = (
        "Make the record what the fixtures say, all of it or nothing; refuses where editors changed"
        " something since it was loaded."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="leave a database that has rounds as it is"
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="take back what editors changed or removed, remove what they added, and name it",
        )

    def handle(self, *args: Any, if_empty: bool, force: bool, **options: Any) -> None:
        if if_empty and Round.objects.exists():
            self.stdout.write("The database has rounds already; nothing loaded.")
            return
        try:
            loaded = load(FIXTURES, overwrites=force)
        except EditedError as error:
            raise CommandError(f"{error}\nNothing was loaded. {FORCE}") from error
        except LoadError as error:
            raise CommandError(f"{error}\nNothing was loaded; mend the fixtures first.") from error
        if options["verbosity"]:
            for sentence in loaded.edits.sentences:
                self.stdout.write(sentence)
            self.stdout.write(
                f"Loaded {loaded.objects:,} objects.{TAKEN_BACK if loaded.edits else ''}"
            )
