"""The table of ``make faults``: python -m tests.faults [sqlite] [postgresql] [word of a fault]."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.faults.drill import COLUMNS, Row, drill
from tests.faults.faults import FAULTS
from tests.faults.front import front_of
from tests.faults.machine import Machine, PostgresMachine
from tests.serving import ROOT, free_port

MACHINES: dict[str, type[Machine]] = {"sqlite": Machine, "postgresql": PostgresMachine}


def line(row: Row) -> str:
    if row.not_run:
        return f"{row.fault:33} not run: {row.not_run}"
    values = [getattr(row, column) for column in COLUMNS]
    words = ["–" if value is None else f"{value:.1f}" if isinstance(value, float) else str(value)
             for value in values]  # fmt: skip
    cells = [f"{word:>{len(title)}}" for word, title in zip(words, COLUMNS.values(), strict=True)]
    return f"{row.fault:33} {'  '.join(cells)}"


def main(words: list[str]) -> int:
    kinds = [word for word in words if word in MACHINES] or list(MACHINES)
    names = [word for word in words if word not in MACHINES]
    is_passed = True
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="astana-faults-") as name:
            folder = Path(name)
            folder.chmod(0o755)
            port = int(os.environ.get("PORT") or free_port())
            with MACHINES[kind](folder, port) as machine, front_of(machine) as front:
                print(f"\n{machine.kind}{'' if front else ', no nginx in front'}\n")
                print(f"{'':33} {'  '.join(COLUMNS.values())}")
                faults = [
                    fault
                    for fault in FAULTS
                    if machine.kind in fault.kinds
                    if not names or any(word in fault.name for word in names)
                ]
                for row in drill(machine, front, faults):
                    print(line(row), flush=True)
                    if not row.is_passed:
                        is_passed = False
                        for said in row.said:
                            print(f"    {said}")
                shutil.copy(machine.log, ROOT / "var" / f"faults-{kind}.log")
    print("\nAll goals are met." if is_passed else "\nNot all goals are met.")
    return 0 if is_passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
