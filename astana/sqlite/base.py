import sqlite3
import time
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base


def address_of_file_alone(path: Path) -> str | None:
    """An address of the database that is read without a file beside it.

    None where there is no database, or where some of it is in its write-ahead log.
    """
    log = path.with_name(f"{path.name}-wal")
    if not path.is_file() or (log.exists() and log.stat().st_size):
        return None
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


class DatabaseWrapper(base.DatabaseWrapper):
    """Reads the database also where its folder is read-only or its disk is full.

    With a write-ahead log SQLite makes two files beside the database for whoever comes first, a
    reader too. Where it cannot, and no log holds anything, the file alone is all there is.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        try:
            return self._answering(conn_params)
        except sqlite3.OperationalError:
            address = address_of_file_alone(Path(self.settings_dict["NAME"]))
            if address is None:
                raise
            # Changes would not be noticed, so it serves this request alone.
            self.close_at = time.monotonic()
            return self._answering({**conn_params, "database": address, "uri": True})

    def _answering(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection = super().get_new_connection(conn_params)
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")  # opens the files
        return connection
