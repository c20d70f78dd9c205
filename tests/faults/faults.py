"""What can happen to a machine, each while readers read and editors save."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults.load import Load
from tests.faults.machine import WORKERS, Machine, PostgresMachine

SQLITE = ("SQLite",)
POSTGRESQL = ("PostgreSQL",)


@dataclass(frozen=True)
class Fault:
    """One thing that happens, and what may be wrong meanwhile.

    ``away``: the database does not answer; ``kills``: who is being answered is cut off;
    ``off``: nothing but what stands in front can answer. It lasts ``seconds`` where it can.
    """

    name: str
    happen: Callable[..., None]
    seconds: float = 1
    kinds: tuple[str, ...] = (*SQLITE, *POSTGRESQL)
    away: bool = False
    kills: bool = False
    off: bool = False
    is_quick: bool = False


def nothing(machine: Machine, load: Load, seconds: float) -> None:
    time.sleep(seconds)


def kill_each_worker(machine: Machine, load: Load, seconds: float) -> None:
    for number in range(WORKERS):
        machine.kill_worker(number)
        time.sleep(seconds)


def hang_up(machine: Machine, load: Load, seconds: float) -> None:
    machine.reload()


def restart_postgres(machine: PostgresMachine, load: Load, seconds: float) -> None:
    with load.paused(readers=True):
        load.warm()
    machine.stop_database()
    machine.start_database()


def postgres_away(machine: PostgresMachine, load: Load, seconds: float) -> None:
    with load.paused(readers=True):
        load.warm()
    machine.stop_database()
    time.sleep(seconds)
    machine.start_database()


def hold_the_lock(machine: Machine, load: Load, seconds: float) -> None:
    with machine.locked():
        time.sleep(seconds)


def read_only(machine: Machine, load: Load, seconds: float) -> None:
    with machine.read_only():
        time.sleep(seconds)


def full_disk(machine: Machine, load: Load, seconds: float) -> None:
    with machine.full():
        time.sleep(seconds)


def migrate(machine: Machine, load: Load, seconds: float) -> None:
    machine.site.manage("migrate", "--verbosity=0")


def back_up_and_restore(machine: Machine, load: Load, seconds: float) -> None:
    file = Path(machine.folder / "astana.zip")
    machine.site.manage("backup", file, "--force")  # while editors save
    with load.paused(readers=False):  # what they save in between would be gone, rightly
        machine.site.manage("backup", file, "--force")
        machine.site.manage("restore", file, "--yes")


def site_away(machine: Machine, load: Load, seconds: float) -> None:
    machine.stop()
    time.sleep(seconds)
    machine.start()


def power_off(machine: Machine, load: Load, seconds: float) -> None:
    with load.paused(readers=True):
        machine.kill()
        time.sleep(seconds)
        machine.start()


FAULTS = [
    Fault("nothing", nothing, 5),
    Fault("kill -9 of each worker", kill_each_worker, 2, kills=True, is_quick=True),
    Fault("HUP", hang_up),
    Fault("restart of PostgreSQL", restart_postgres, 0, POSTGRESQL, away=True, is_quick=True),
    Fault("PostgreSQL away for 30 s", postgres_away, 30, POSTGRESQL, away=True),
    Fault("a writer holds its lock for 20 s", hold_the_lock, 20, SQLITE),
    Fault("var/ read-only", read_only, 8, SQLITE, is_quick=True),
    Fault("full disk", full_disk, 8, SQLITE, is_quick=True),
    Fault("migrate while serving", migrate),
    Fault("backup and restore while serving", back_up_and_restore),
    Fault("the site stopped for 5 s", site_away, 5, off=True),
    Fault("power off and start", power_off, 1, is_quick=True),
]
