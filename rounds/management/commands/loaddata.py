from collections.abc import Sequence

from django.core.management.commands import loaddata

from rounds.changes import together
from rounds.models import Round
from rounds.revisions import forget_beginning


class Command(loaddata.Command):
    help = f"{loaddata.Command.help} The index of the search follows at the end."

    def loaddata(self, fixture_labels: Sequence[str]) -> None:
        is_first = not Round.objects.exists()
        with together():
            super().loaddata(fixture_labels)
            if is_first:
                forget_beginning()
