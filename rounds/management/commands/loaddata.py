from collections.abc import Sequence

from django.core.management.commands import loaddata

from rounds.changes import together


class Command(loaddata.Command):
    help = f"{loaddata.Command.help} The index of the search follows at the end."

    def loaddata(self, fixture_labels: Sequence[str]) -> None:
        with together():
            super().loaddata(fixture_labels)
