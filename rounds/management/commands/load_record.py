from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from rounds.models import Round

FIXTURES = ("sources", "topics", "participants", "rounds", "milestones", "terms")


class Command(BaseCommand):
    help = "Load the record of the Astana process from the fixtures, all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="leave a database that has rounds as it is"
        )

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        if if_empty and Round.objects.exists():
            self.stdout.write("The database has rounds already; nothing loaded.")
            return
        paths = [settings.BASE_DIR / "fixtures" / f"{name}.json" for name in FIXTURES]
        call_command("loaddata", *paths, verbosity=options["verbosity"], stdout=self.stdout)
