"""What can happen to a machine, each while readers read and editors save."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults.load import Load
from tests.faults.machine import WORKERS, Machine, PostgresMachine


@dataclass(frozen=True)
class Fault:
    """One thing that happens, and what may be wrong meanwhile.

    ``away``: the database does not answer; ``kills``: who is being answered is cut off;
    ``off``: nothing but what stands in front can answer.
    """

    name: str
    happen: Callable[..., None]
    kinds: tuple[str, ...] = ("SQLite", "PostgreSQL")
    away: bool = False
    kills: bool = False
    off: bool = False
    is_quick: bool = False


def nothing(machine: Machine, load: Load) -> None:
    time.sleep(5)


def kill_each_worker(machine: Machine, load: Load) -> None:
    for number in range(WORKERS):
        machine.kill_worker(number)
        time.sleep(2)


def hang_up(machine: Machine, load: Load) -> None:
    machine.reload()


def restart_postgres(machine: PostgresMachine, load: Load) -> None:
    machine.stop_database()
    machine.start_database()


def postgres_away(machine: PostgresMachine, load: Load) -> None:
    with load.paused(readers=False):
        load.warm()
    machine.stop_database()
    time.sleep(30)
    machine.start_database()


def hold_the_lock(machine: Machine, load: Load) -> None:
    with machine.locked():
        time.sleep(20)


def read_only(machine: Machine, load: Load) -> None:
    with machine.read_only():
        time.sleep(8)


def full_disk(machine: Machine, load: Load) -> None:
    with machine.full():
        time.sleep(8)


def migrate(machine: Machine, load: Load) -> None:
    machine.site.manage("migrate", "--verbosity=0")


def back_up_and_restore(machine: Machine, load: Load) -> None:
    file = Path(machine.folder / "astana.zip")
    machine.site.manage("backup", file, "--force")  # while editors save
    with load.paused(readers=False):  # what they save in between would be gone, rightly
        machine.site.manage("backup", file, "--force")
        machine.site.manage("restore", file, "--yes")


def site_away(machine: Machine, load: Load) -> None:
    machine.stop()
    time.sleep(5)
    machine.start()


def power_off(machine: Machine, load: Load) -> None:
    with load.paused(readers=True):
        machine.kill()
        time.sleep(1)
        machine.start()


FAULTS = [
    Fault("nothing", nothing),
    Fault("kill -9 of each worker", kill_each_worker, kills=True, is_quick=True),
    Fault("HUP", hang_up, kills=False),
    Fault("restart of PostgreSQL", restart_postgres, ("PostgreSQL",), away=True, is_quick=True),
    Fault("PostgreSQL away for 30 s", postgres_away, ("PostgreSQL",), away=True),
    Fault("a writer holds the lock for 20 s", hold_the_lock, ("SQLite",)),
    Fault("var/ read-only", read_only, ("SQLite",), is_quick=True),
    Fault("full disk", full_disk, ("SQLite",), is_quick=True),
    Fault("migrate while serving", migrate),
    Fault("backup and restore while serving", back_up_and_restore),
    Fault("the site stopped for 5 s", site_away, off=True),
    Fault("power off and start", power_off, is_quick=True),
]
