"""Making a backup of the site's database, and putting one back."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, cast

from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from astana.backups.archive import Manifest, opened, write
from astana.backups.contents import EDITION, Contents, raise_edition
from astana.backups.errors import BackupError, DamagedError
from astana.backups.postgres import PostgresStore
from astana.backups.sqlite import SqliteStore


class Store(Protocol):
    """A database as a whole."""

    kind: str

    def copy(self, target: Path) -> Contents: ...

    def check(self, database: Path) -> None: ...

    def replace(self, database: Path, keep: Callable[[], int]) -> None: ...

    def set_aside(self, suffix: str) -> list[Path]: ...


def store() -> Store:
    if connection.vendor == "postgresql":
        return PostgresStore(cast("DatabaseWrapper", connection))
    return SqliteStore(Path(connection.settings_dict["NAME"]).resolve())


def back_up(path: Path, *, replace: bool = False) -> Manifest:
    """Write the database to a file. Raises BackupError."""
    if path.exists() and not replace:
        raise BackupError(f"{path} is there already; --force replaces it.")
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}.")
    database = store()
    with TemporaryDirectory(prefix="astana-") as folder:
        copy = Path(folder) / "database"
        try:
            found = database.copy(copy)
        except DatabaseError as error:
            raise BackupError(f"The database does not answer: {error}") from error
        manifest = Manifest(database.kind, datetime.now(UTC).isoformat(timespec="seconds"), found)
        write(path, manifest, copy, replace=replace)
    return manifest


def put_back(path: Path, kept: Path, agree: Callable[[Manifest], bool]) -> list[Path] | None:
    """Restore a backup, all of it or nothing, and bring it up to this version of the site.

    What was there is kept in another file, or in its own files where it is damaged: the answer
    says which. It is None where ``agree``, which is asked when the backup is known to fit, does
    not. Raises BackupError, and then the database is as it was.
    """
    database = store()
    with opened(path) as (manifest, content):
        refuse_what_does_not_fit(path, manifest, database.kind)
        database.check(content)
        if not agree(manifest):
            return None
        try:
            return _put_back(database, content, kept)
        except DatabaseError as error:
            raise BackupError(f"The database does not answer: {error}") from error


def _put_back(database: Store, content: Path, kept: Path) -> list[Path]:
    aside: list[Path] = []
    before = 0

    def keep() -> int:
        nonlocal before
        before = back_up(kept, replace=True).contents.edition
        return before

    try:
        database.replace(content, keep if _is_there(database) else lambda: 0)
    except DamagedError:
        aside = database.set_aside(kept.stem)
        database.replace(content, lambda: 0)
    try:
        _bring_up(before)
    except (DatabaseError, CommandError) as error:
        if kept.exists():
            with opened(kept) as (_manifest, present):
                database.replace(present, lambda: before + 1)
        raise BackupError(f"It cannot be brought up to this version: {error}") from error
    return aside or ([kept] if kept.exists() else [])


def _is_there(database: Store) -> bool:
    return not isinstance(database, SqliteStore) or database.path.exists()


def _bring_up(before: int) -> None:
    """Migrate, and leave the edition above that of what was there."""
    connection.close()
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        if EDITION in connection.introspection.table_names(cursor):
            cursor.execute(raise_edition(before))


def refuse_what_does_not_fit(path: Path, manifest: Manifest, kind: str) -> None:
    """Raise BackupError for a backup of another kind of database, site or later version."""
    if manifest.kind != kind:
        raise BackupError(f"{path} is a backup of {manifest.kind}; the site runs on {kind}.")
    applied = {(app, name) for app, name in manifest.contents.migrations}
    if "rounds" not in {app for app, _name in applied}:
        raise BackupError(f"{path} is not a backup of this site.")
    known = MigrationLoader(None).disk_migrations
    if newer := sorted(applied - set(known)):
        names = ", ".join(f"{app} {name}" for app, name in newer)
        raise BackupError(
            f"{path} was made by a newer version of the site: this one does not know {names}."
        )
