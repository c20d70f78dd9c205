"""The site as gunicorn serves it: the real record in a database of its own."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.sites import copy_record

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(address: str, server: subprocess.Popen[bytes] | None = None) -> None:
    """Wait until an address answers; TimeoutError where it does not, or its server has ended."""
    for _ in range(300):
        try:
            with urlopen(address):  # noqa: S310
                return
        except (URLError, ConnectionError):
            if server and server.poll() is not None:
                break
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer.")


NOBODY = """
from django.contrib.sessions.backends.db import SessionStore
session = SessionStore()
session["_auth_user_id"] = "1"
session.create()
"""
EDITOR = """
from django.contrib.auth import login
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
user, _ = User.objects.get_or_create(username="{name}", defaults=dict(is_staff=True))
user.groups.add(Group.objects.get(name="Editors"))
request = HttpRequest()
request.session = session = SessionStore()
login(request, user, "django.contrib.auth.backends.ModelBackend")
session.save()
"""


class Site:
    """Gunicorn over plain http at ``address``, started and stopped at will."""

    def __init__(self, folder: Path, workers: int = 1) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.database = folder / "astana.sqlite3"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "astana.settings",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "ASTANA_HTTPS": "off",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "PORT": str(self.port),
            "WEB_CONCURRENCY": str(workers),
        }
        self.server: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Write the record; collect the static files unless bin/test has, for all processes."""
        copy_record(self.database)
        if "PYTEST_XDIST_WORKER" not in os.environ:
            self.manage("collectstatic", "--noinput")

    def manage(self, command: str, *options: str) -> str:
        """What a command of the site's prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", command, "--verbosity=0", *options],
            cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return done.stdout.strip()

    def log_in(self, name: str = "") -> str:
        """The cookie of somebody who is logged in: of the editor of that name, or of nobody."""
        code = EDITOR.format(name=name) if name else NOBODY
        key = self.manage("shell", f"--command={code}print(session.session_key)")
        return f"sessionid={key}"

    def start(self) -> None:
        """Serve, unless that is so already."""
        if self.server is None:
            with (self.folder / "server.log").open("a") as log:
                self.server = subprocess.Popen(
                    [sys.executable, "-m", "gunicorn", "astana.wsgi"],
                    cwd=ROOT, env=self.environment, stdout=log, stderr=log,
                )  # fmt: skip
            wait_for(f"{self.address}/healthz", self.server)

    def stop(self) -> None:
        if self.server is not None:
            self.server.terminate()
            try:
                self.server.wait(10)
            except subprocess.TimeoutExpired:  # it waits for connections that are kept open
                for process in (self.server.pid, *self.workers()):
                    os.kill(process, signal.SIGKILL)
                self.server.wait(10)
            self.server = None

    def workers(self) -> list[int]:
        """The processes that answer, the eldest first."""
        assert self.server
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def kill_a_worker(self) -> None:
        """The eldest, at once; another has taken its place when this returns."""
        before = self.workers()
        os.kill(before[0], signal.SIGKILL)
        while before[0] in self.workers() or len(self.workers()) < len(before):
            time.sleep(0.05)
