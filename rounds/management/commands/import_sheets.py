from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rounds.desk.sheets.archives import unpacked
from rounds.desk.sheets.differences import Difference, Differences, Prune, What
from rounds.desk.sheets.faults import SheetError
from rounds.desk.sheets.files import content_of, paths_of
from rounds.desk.sheets.importing import Wishes, bring_in

LONGEST = 100  # characters of a value that are shown


class Command(BaseCommand):
    help = (
        "Compare sheets (YAML or JSON, see docs/sheets.md) with the record, and with --apply bring"
        " them into it, all of them or nothing. With --verbosity 2 every object is named that is"
        " not in the sheets."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, help="sheets, folders or zip archives of sheets"
        )
        parser.add_argument("--apply", action="store_true", help="write what differs")
        parser.set_defaults(prune=Prune.NOTHING)
        prune = parser.add_mutually_exclusive_group()
        prune.add_argument(
            "--prune-parts",
            dest="prune",
            action="store_const",
            const=Prune.PARTS,
            help="remove what objects in the sheets have in the record only, such as a delegation",
        )
        prune.add_argument(
            "--prune",
            action="store_const",
            const=Prune.ALL,
            help="remove objects that the sheets do not have, of the kinds whose files are given",
        )
        parser.add_argument(
            "--reason",
            default="",
            help="why, in one line, for readers, where something is changed that is public already",
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="publish new rounds at once; else they are drafts",
        )

    def handle(
        self,
        *args: Any,
        paths: list[Path],
        apply: bool,
        prune: Prune,
        publish: bool,
        reason: str,
        **options: Any,
    ) -> None:
        try:
            files = unpacked((path.name, content_of(path)) for path in paths_of(paths))
            wishes = Wishes(applies=apply, prune=prune, publishes=publish, reason=reason)
            differences = bring_in(files, wishes)
        except SheetError as error:
            faults = "\n".join(map(str, error.faults))
            raise CommandError(f"{faults}\nNothing was changed.") from error
        self._show(differences, applies=apply, names_all=options["verbosity"] > 1)

    def _show(self, differences: Differences, *, applies: bool, names_all: bool) -> None:
        for one in differences.to_write:
            self._show_one(one)
        for counted, left in differences.left.items():
            for what in [one.label for one in left] if names_all else [counted]:
                self.stdout.write(f"Not in the sheets: {what}")
        counts = [f"{len(differences.of(what)):,} {words}" for what, words in COUNTED.items()]
        self.stdout.write(f"{', '.join(counts)}, {differences.unchanged:,} unchanged.")
        if differences.to_write and not applies:
            self.stdout.write("Nothing was changed; --apply does it.")

    def _show_one(self, difference: Difference) -> None:
        self.stdout.write(f"{WORDS[difference.what]}: {difference.label}")
        for change in difference.changes:
            after = shortened(change.new)
            if difference.what is What.ADDED:
                self.stdout.write(f"    {change.key}: {after}")
            else:
                self.stdout.write(f"    {change.key}: from {shortened(change.old)} to {after}")


WORDS = {
    What.ADDED: "Added",
    What.CHANGED: "Changed",
    What.REMOVED: "Removed",
}
COUNTED = {
    What.ADDED: "added",
    What.CHANGED: "changed",
    What.REMOVED: "removed",
    What.LEFT: "not in the sheets",
}


def shortened(text: str) -> str:
    return f"{text[:LONGEST]}…" if len(text) > LONGEST else text
