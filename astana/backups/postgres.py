"""PostgreSQL's own pg_dump, pg_restore and psql, of one folder that suits the server."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, cast

from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import Connection, ConnectionInfo
from psycopg.conninfo import make_conninfo

from astana.backups.contents import EDITION, Contents, contents, raise_edition
from astana.backups.errors import BackupError

# What every version of the programs takes, as ours for Python may be newer.
REACHED_BY = (
    *("host", "port", "user", "dbname", "service"),
    *("sslmode", "sslrootcert", "sslcert", "sslkey"),
)
PROGRAMS = ("pg_dump", "pg_restore", "psql")
PACKAGED = Path("/usr/lib/postgresql")  # where Debian keeps those of each version
READY = "ready"
# What the site made; what belongs to an extension is not its own.
EMPTY = """
DO $$
DECLARE thing text;
BEGIN
    FOR thing IN SELECT oid::regclass FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
    LOOP EXECUTE 'DROP TABLE ' || thing || ' CASCADE'; END LOOP;
    FOR thing IN SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
    LOOP EXECUTE 'DROP ROUTINE ' || thing || ' CASCADE'; END LOOP;
END $$;
"""


class PostgresStore:
    """The schema of the site in a PostgreSQL database."""

    kind = "postgresql"

    def __init__(self, connection: DatabaseWrapper) -> None:
        self.connection = connection

    def copy(self, target: Path) -> Contents:
        """Dump the database as it is at one moment; say what the dump holds."""
        connection = self.connection.copy()  # beside whatever this process has begun
        try:
            with connection.cursor() as cursor:
                connection.set_autocommit(False)
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SELECT pg_export_snapshot(), current_schema()")
                snapshot, schema = cursor.fetchone()
                # The dump sees what this transaction sees.
                self._run(
                    "pg_dump",
                    *("--format=custom", "--no-owner", "--no-privileges"),
                    *(f"--schema={schema}", f"--snapshot={snapshot}", f"--file={target}"),
                )

                def read(query: str) -> list[tuple[Any, ...]]:
                    cursor.execute(query)
                    return cursor.fetchall()

                return contents(read, connection.introspection.table_names(cursor))
        finally:
            connection.close()

    def check(self, database: Path) -> None:
        """Raise BackupError for a file that cannot be restored."""
        self._run("pg_restore", "--list", str(database), connects=False)

    def replace(self, database: Path, keep: Callable[[], int]) -> None:
        """Put what a dump holds in the place of all that there is, in one transaction.

        ``keep`` keeps the present state and says its edition; nothing is saved between that and
        the replacement, while readers read on.
        """
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            (schema,) = cursor.fetchone()
            tables = self.connection.introspection.table_names(cursor)
        self.connection.close()
        quoted = ", ".join(self.connection.ops.quote_name(table) for table in sorted(tables))
        script = self._run(
            "pg_restore",
            *("--no-owner", "--no-privileges", f"--schema={schema}", "--file=-", str(database)),
            connects=False,
        )
        arguments, environment = self._command(
            "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"
        )
        with (
            TemporaryFile("w+") as complaints,
            subprocess.Popen(  # noqa: S603
                arguments,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                text=True,
            ) as psql,
        ):
            stdin, stdout = cast("IO[str]", psql.stdin), cast("IO[str]", psql.stdout)
            try:
                with suppress(BrokenPipeError):  # it has stopped, and says why
                    stdin.write("BEGIN;\nSET LOCAL lock_timeout = '30s';\n")
                    if quoted:
                        stdin.write(f"LOCK TABLE {quoted} IN EXCLUSIVE MODE;\n")
                    stdin.write(f"\\echo {READY}\n\\o /dev/null\n")
                    stdin.flush()
                    if stdout.readline().strip() == READY:
                        above = keep()
                        stdin.writelines((EMPTY, script, f"\nSET search_path = {schema};\n"))
                        if re.search(rf"^CREATE TABLE \S*\b{EDITION}\b", script, re.MULTILINE):
                            stdin.write(f"{raise_edition(above)};\n")
                        stdin.write("COMMIT;\n")
                    stdin.flush()
            except BaseException:
                psql.kill()  # before the COMMIT: the server takes all of it back
                raise
            with suppress(BrokenPipeError):
                stdin.close()
            if psql.wait():
                complaints.seek(0)
                raise BackupError(f"PostgreSQL restored nothing: {_last_line(complaints.read())}")

    def set_aside(self, suffix: str) -> list[Path]:
        raise NotImplementedError  # the files are the server's

    def _run(self, program: str, *options: str, connects: bool = True) -> str:
        """What a program prints. Raises BackupError with the last line of its complaint."""
        arguments, environment = self._command(program, *options, connects=connects)
        done = subprocess.run(  # noqa: S603
            arguments, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BackupError(f"{program} failed: {_last_line(done.stderr)}")
        return done.stdout

    def _command(
        self, program: str, *options: str, connects: bool = True
    ) -> tuple[list[str], dict[str, str]]:
        """The words that start a program, and its environment, which alone has the password."""
        path = str(self._programs() / program)
        if not connects:
            return [path, *options], dict(os.environ)
        given = self.connection.get_connection_params()
        password = given.get("password")
        environment = {"PGPASSWORD": password} if password else {}
        known = {name: given[name] for name in REACHED_BY if given.get(name)}
        return [path, f"--dbname={make_conninfo(**known)}", *options], {**os.environ, **environment}

    def _info(self) -> ConnectionInfo:
        """What the server says of itself."""
        self.connection.ensure_connection()
        return cast("Connection[Any]", self.connection.connection).info

    def _programs(self) -> Path:
        """The first folder with all programs, as new as the server, which refuses older ones."""
        wanted = self._info().server_version // 10_000
        found = []
        for folder in _folders():
            if all(os.access(folder / program, os.X_OK) for program in PROGRAMS):
                version = _version(folder / "pg_dump")
                if version >= wanted:
                    return folder
                found.append(str(version))
        raise BackupError(
            f"The server is PostgreSQL {wanted}, which needs pg_dump, pg_restore and psql of "
            f"version {wanted} or newer; found: {', '.join(found) or 'none'}. "
            f"On Debian or Ubuntu: apt-get install postgresql-client-{wanted}"
        )


def _folders() -> Iterator[Path]:
    for name in os.get_exec_path():
        yield Path(name)
    yield from sorted(PACKAGED.glob("*/bin"), key=lambda path: path.parts[-2], reverse=True)


def _version(program: Path) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    number = re.search(r"\d+", said.stdout)
    return int(number[0]) if number else 0


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if "ERROR" in line or "error" in line]
    return (lines or text.splitlines() or ["no reason given"])[-1]
