from typing import Any

from django.core.management.base import BaseCommand

from rounds.desk.planning import publish_due


class Command(BaseCommand):
    help = (
        "Publish the rounds whose set time has come. What forbids it by then is said here and on"
        " the round’s page in the admin: see docs/deployment.md."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for round_, refusal in publish_due():
            if refusal:
                self.stderr.write(f"{round_} was not published: {refusal}")
            elif options["verbosity"]:
                self.stdout.write(f"{round_} is published.")
