"""Whether pages can be made: named checks, to which an app adds its own when it is ready."""

from collections.abc import Callable
from functools import cache

from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Check = Callable[[], str]  # a sentence on the fault; empty where there is none

CHECKS: dict[str, Check] = {}


def add(name: str, check: Check) -> None:
    """Have ``/readyz`` ask a check too. It may raise DatabaseError."""
    CHECKS[name] = check


def faults() -> dict[str, str]:
    """What each check finds at this moment, in the order in which they were added."""
    return {name: fault_of(check) for name, check in CHECKS.items()}


def fault_of(check: Check) -> str:
    try:
        return check()
    except DatabaseError:
        return "The database does not answer."


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


@cache
def last_migrations() -> frozenset[tuple[str, str]]:
    """The last migrations of each app, which rest on all others; read from the disk once."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def missing_migrations(*apps: str) -> list[str]:
    """The last migrations, of all apps or of some, that the database does not have."""
    applied = MigrationRecorder(connection).applied_migrations()
    missing = sorted(one for one in last_migrations() if one not in applied)
    return [f"{app}.{name}" for app, name in missing if not apps or app in apps]


def migrations() -> str:
    missing = missing_migrations()
    return f"Run “manage.py migrate”; missing: {', '.join(missing)}." if missing else ""


def static_files() -> str:
    storage = staticfiles_storage
    try:
        if isinstance(storage, ManifestFilesMixin) and storage.read_manifest() is None:
            return "Run “manage.py collectstatic”, and start the site anew."
    except OSError as error:
        return f"Their manifest cannot be read: {error.strerror}."
    if not getattr(storage, "hashed_files", True):
        return "They were collected after the start; start the site anew."
    return ""


add("database", database)
add("migrations", migrations)
add("static files", static_files)
