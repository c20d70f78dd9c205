from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rounds.desk.fixtures.dumping import FIXTURES
from rounds.desk.fixtures.loading import LoadError, load
from rounds.models import Round


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
            "--force", action="store_true", help="load over what editors changed as well"
        )

    def handle(self, *args: Any, if_empty: bool, force: bool, **options: Any) -> None:
        if if_empty and Round.objects.exists():
            self.stdout.write("The database has rounds already; nothing loaded.")
            return
        try:
            count = load(FIXTURES, overwrites=force)
        except LoadError as error:
            raise CommandError(
                f"{error}\nNothing was loaded. --force loads the fixtures all the same."
            ) from error
        if options["verbosity"]:
            self.stdout.write(f"Loaded {count:,} objects.")
