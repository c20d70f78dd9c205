"""SQLite's own online backup, in both directions: the site serves on, editors save on."""

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from astana.backups.contents import EDITION, Contents, contents, raise_edition
from astana.backups.errors import BackupError, DamagedError
from astana.sqlite.base import address_of_file_alone

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
PATIENCE = 30  # seconds that other writers may take
ATTEMPTS = 5


class ChangedError(Exception):
    """Somebody saved after the present state was kept."""


class SqliteStore:
    """The database in a file of SQLite."""

    kind = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path

    def copy(self, target: Path) -> Contents:
        """Copy the database as it is at one moment; say what the copy holds.

        Raises DamagedError.
        """
        if not self.path.exists():
            raise BackupError(f"There is no database at {self.path}.")
        try:
            with (
                closing(self._reader()) as source,
                closing(sqlite3.connect(target, isolation_level=None)) as copy,
            ):
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
                check(copy)
                return read(copy)
        except sqlite3.OperationalError as error:
            raise BackupError(f"The database cannot be read: {error}.") from error
        except sqlite3.DatabaseError as error:
            raise DamagedError(f"The database is damaged: {error}.") from error

    def _reader(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)
            connection.execute(TABLES)
            return connection
        except sqlite3.OperationalError:
            address = address_of_file_alone(self.path)
            if address is None:
                raise
            return sqlite3.connect(address, uri=True)

    def check(self, database: Path) -> None:
        """Raise BackupError for a file that cannot be restored."""
        with closing(sqlite3.connect(database)) as connection:
            check(connection)

    def replace(self, database: Path, keep: Callable[[], int]) -> None:
        """Put what a file holds in the place of all that there is, in one transaction.

        ``keep`` keeps the present state and says its edition; nothing is saved between that and
        the replacement. Who has the database open sees what is new in it with the next query.
        Raises DamagedError where what there is cannot be read.
        """
        with closing(sqlite3.connect(database, isolation_level=None)) as source:
            for _attempt in range(ATTEMPTS):
                try:
                    self._replace(source, keep)
                    return
                except ChangedError:
                    continue
                except sqlite3.OperationalError as error:
                    raise BackupError(f"The database cannot be written: {error}.") from error
                except sqlite3.DatabaseError as error:
                    raise DamagedError(f"The database is damaged: {error}.") from error
        raise BackupError("Editors keep saving; nothing was restored. Try again in a moment.")

    def _replace(self, source: sqlite3.Connection, keep: Callable[[], int]) -> None:
        if not self.path.exists():
            self.path.touch(mode=0o600)
        with closing(sqlite3.connect(self.path, isolation_level=None)) as witness:
            seen = version(witness)
            above = keep()
            if EDITION in read(source).counts:
                source.execute(raise_edition(above))
            deadline = time.monotonic() + PATIENCE

            def follow(status: int, remaining: int, total: int) -> None:
                if status == sqlite3.SQLITE_DONE:
                    return
                if version(witness) != seen:
                    raise ChangedError
                if status != sqlite3.SQLITE_OK and time.monotonic() > deadline:
                    raise BackupError("Somebody else is writing; nothing was restored.")

            with closing(sqlite3.connect(self.path, isolation_level=None)) as target:
                target.execute("PRAGMA journal_mode = WAL")  # readers read on, the witness too
                # Page by page: after the first, nobody else can write any more.
                source.backup(target, pages=1, progress=follow)

    def set_aside(self, suffix: str) -> list[Path]:
        """Move the files of a database that cannot be read out of the way."""
        moved = []
        for end in ("", "-wal", "-shm", "-journal"):
            path = self.path.with_name(f"{self.path.name}{end}")
            if path.exists():
                moved.append(path.with_name(f"{self.path.name}.{suffix}{end}"))
                shutil.move(path, moved[-1])
        return moved


def version(connection: sqlite3.Connection) -> int:
    """A number that changes with every transaction of somebody else."""
    return connection.execute("PRAGMA data_version").fetchone()[0]


def read(connection: sqlite3.Connection) -> Contents:
    tables = [name for (name,) in connection.execute(TABLES)]
    return contents(lambda query: connection.execute(query).fetchall(), tables)


def check(connection: sqlite3.Connection) -> None:
    """Raise DamagedError for a database that is not sound."""
    try:
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        found = error
    if found != "ok":
        raise DamagedError(f"The database is damaged: {found}.")
