"""One fault after the other, and what is said of each."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.faults.faults import Fault
from tests.faults.load import Load, Tally
from tests.faults.machine import Machine, NotPossibleError

SETTLE = 3  # seconds that a fault may have effects afterwards
COLUMNS = {
    "reads": "reads",
    "front": "failed behind nginx",
    "kept": "failed of kept pages",
    "others": "failed of others",
    "unavailable": "503 allowed",
    "in_flight": "in flight, lost",
    "confirmed": "edits confirmed",
    "refused": "edits refused",
    "lost": "edits lost",
    "longest": "longest answer",
}


@dataclass(frozen=True)
class Row:
    """What one fault did; ``not_run`` says why it could not be brought about."""

    fault: str
    said: list[str]
    reads: int = 0
    front: int | None = None  # None where no nginx stands in front
    kept: int = 0
    others: int = 0
    unavailable: int = 0
    in_flight: int = 0
    confirmed: int = 0
    refused: int = 0
    lost: int = 0
    longest: float = 0.0
    not_run: str = ""

    @property
    def is_passed(self) -> bool:
        return not self.not_run and not any((self.front, self.kept, self.others, self.lost))


def drill(
    machine: Machine, front: str | None, faults: Iterable[Fault], longest: float = 60
) -> Iterator[Row]:
    """Bring each fault about on a machine that serves, under load, for so many seconds at most."""
    with Load(machine, front) as load:
        for fault in faults:
            yield suffer(machine, load, fault, longest)


def suffer(machine: Machine, load: Load, fault: Fault, longest: float) -> Row:
    tally = load.tally = Tally()
    try:
        fault.happen(machine, load, min(fault.seconds, longest))
    except NotPossibleError as error:
        return Row(fault.name, [], not_run=str(error))
    time.sleep(min(SETTLE, longest))
    with load.paused(readers=False):
        kept = {label for (label,) in machine.site.sql("SELECT label FROM topics_topic")}
    lost = [label for label in load.confirmed if label not in kept]
    tally.said += [f"lost: {label}" for label in lost]
    return judged(fault, tally, len(lost), has_front=bool(load.front))


def judged(fault: Fault, tally: Tally, lost: int, *, has_front: bool) -> Row:
    """Sort what happened into what may be and what may not."""
    counts = tally.counts
    kept = counts["kept failed"] + counts["kept unavailable"]
    others = counts["new failed"] + counts["editor failed"]
    cut = counts["kept cut"] + counts["new cut"]
    front = sum(counts[f"front {what}"] for what in ("failed", "unavailable", "cut"))
    front += counts["front new failed"] + counts["front new cut"]
    unavailable = counts["new unavailable"]
    if fault.off:
        kept, others, cut, unavailable = 0, counts["editor failed"], 0, 0
    elif not fault.kills:
        kept, others, cut = kept + counts["kept cut"], others + counts["new cut"], 0
    if not (fault.away or fault.off):
        others += unavailable + counts["editor unavailable"]
        front += counts["front new unavailable"]
        unavailable = 0
    else:
        unavailable += counts["front new unavailable"]
    return Row(
        fault.name,
        tally.said,
        reads=counts["reads"],
        front=front if has_front else None,
        kept=kept,
        others=others,
        unavailable=unavailable,
        in_flight=cut,
        confirmed=len(tally.confirmed),
        refused=counts["editor refused"],
        lost=lost,
        longest=tally.longest,
    )
