"""An nginx with the project's configuration, and what stands behind it."""

import os
import re
import socket
import ssl
import subprocess
import threading
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage, HTTPSConnection
from pathlib import Path
from types import TracebackType

from tests.serving import ROOT, free_port, wait_for

TEMPLATE = (ROOT / "deploy" / "nginx.conf.template").read_text()
VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)\}")
# As Debian's, with the folders of one test.
AROUND = """
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
events {{ worker_connections 512; }}
http {{
    include {types};
    default_type application/octet-stream;
    sendfile on;
    gzip on;
    {temporary}
    include {folder}/site.conf;
}}
"""
TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]


@dataclass
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes


class Front:
    """An nginx in front of ``upstream``; readers ask it over TLS for ``localhost``."""

    def __init__(self, nginx: str, folder: Path, upstream: str, static: Path) -> None:
        self.nginx = nginx
        self.folder = folder
        self.http, self.https, local, inner = (free_port() for _ in range(4))
        for name in ("cache", *TEMPORARY):
            (folder / name).mkdir()
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost",
             "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
            check=True, capture_output=True,
        )  # fmt: skip
        self.trust = ssl.create_default_context(cafile=str(folder / "certificate.pem"))
        self.trust.set_alpn_protocols(["http/1.1"])
        self.local = f"http://127.0.0.1:{local}"
        self.variables = {
            "SERVER_NAME": "localhost",
            "TLS_CERTIFICATE": str(folder / "certificate.pem"),
            "TLS_KEY": str(folder / "key.pem"),
            "ACME_ROOT": str(folder),
            "UPSTREAM": upstream,
            "UPSTREAM_BACKUP": upstream,
            "STATIC_ROOT": str(static),
            "CACHE_DIR": str(folder / "cache"),
            "CACHE_SIZE": "100m",
            "LOG_DIR": str(folder),
            "IPV4": "127.0.0.1",
            "IPV6": "127.0.0.2",  # not every machine has the other kind
            "HTTP_PORT": str(self.http),
            "HTTPS_PORT": str(self.https),
            "LOCAL": f"127.0.0.1:{local}",
            "INNER": f"127.0.0.1:{inner}",
        }

    def write(self) -> None:
        """Fill in the template, as envsubst does it."""
        filled = VARIABLE.sub(lambda found: self.variables[found[1]], TEMPLATE)
        (self.folder / "site.conf").write_text(filled)
        told = subprocess.run([self.nginx, "-V"], check=True, capture_output=True, text=True)
        configuration = re.search(r"--conf-path=(\S+)", told.stderr)
        assert configuration
        (self.folder / "nginx.conf").write_text(
            AROUND.format(
                user="user root;" if os.getuid() == 0 else "",
                folder=self.folder,
                types=Path(configuration[1]).parent / "mime.types",
                temporary=" ".join(f"{name}_temp_path {self.folder / name};" for name in TEMPORARY),
            )
        )

    def run(self, *more: str) -> str:
        """What nginx says, asked with this configuration."""
        told = subprocess.run(
            [self.nginx, "-p", self.folder, "-c", self.folder / "nginx.conf",
             "-e", self.folder / "error.log", *more],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        return told.stderr

    def start(self) -> None:
        self.write()
        self.run()
        wait_for(f"{self.local}/static/icon.svg")

    def stop(self) -> None:
        self.run("-s", "stop")

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        reader: str = "127.0.0.1",
        **headers: str,
    ) -> Answer:
        """What a reader at an address of this machine gets; ``Some_Name`` is a header."""
        connection = HTTPSConnection(
            "localhost", self.https, timeout=40, context=self.trust, source_address=(reader, 0)
        )
        return answer(connection, method, path, body, headers)

    def ask_without_tls(self, path: str, host: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.http, timeout=10)
        return answer(connection, "GET", path, None, {"Host": host})


def answer(
    connection: HTTPConnection, method: str, path: str, body: bytes | None, headers: dict[str, str]
) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body, named)
        got = connection.getresponse()
        return Answer(got.status, got.headers, got.read())
    finally:
        connection.close()


class Deaf:
    """An application that hears each request and dies of it, keeping what it heard."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.heard: list[str] = []

    def __enter__(self) -> "Deaf":
        threading.Thread(target=self.listen, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.socket.close()

    def listen(self) -> None:
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            with connection:
                self.heard.append(connection.recv(65536).decode())
