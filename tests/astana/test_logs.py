"""The log of the site as gunicorn serves it."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.sites import copy_record

ROOT = Path(__file__).parents[2]
PASSWORD = "never-to-be-told"


class Site:
    """A site that is served, and what it says."""

    def __init__(self, port: int, log: Path) -> None:
        self.port = port
        self.log = log

    def ask(
        self, address: str, method: str = "GET", body: str = "", **headers: str
    ) -> HTTPResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, address, body or None, named)
        response = connection.getresponse()
        response.read()
        connection.close()
        return response

    def raw(self, request: bytes) -> None:
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(request)
            connection.recv(1000)

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def lines_of(self, response: HTTPResponse) -> dict[str, dict[str, Any]]:
        """The lines of the request that was answered so, by who wrote them."""
        name = response.headers["X-Request-ID"]
        until = time.monotonic() + 10
        found: list[dict[str, Any]] = []
        while not any(one["logger"] == "gunicorn.access" for one in found):
            assert time.monotonic() < until, "no line for the answer"
            found = [one for one in self.lines() if one.get("request_id") == name]
        by_logger = {one["logger"]: one for one in found}
        assert len(by_logger) == len(found)
        return by_logger


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.broken_settings",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder / 'astana.sqlite3'}",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
    }
    copy_record(folder / "astana.sqlite3")
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            ["bin/serve"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        site = Site(port, folder / "log")
        until = time.monotonic() + 30
        while True:
            try:
                site.ask("/healthz")
                break
            except ConnectionError:
                assert time.monotonic() < until, (folder / "log").read_text()
                time.sleep(0.1)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=30)


def test_an_answer_is_a_line_with_status_bytes_and_time(site):
    response = site.ask("/topics/?order=newest", X_Forwarded_For="203.0.113.77")
    (line,) = site.lines_of(response).values()
    assert isinstance(line.pop("seconds"), float)
    assert line.pop("bytes") > 1000
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "INFO",
        "logger": "gunicorn.access",
        "message": "answered",
        "request_id": response.headers["X-Request-ID"],
        "client": "203.0.113.0/24",
        "method": "GET",
        "path": "/topics/",
        "query": "order=newest",
        "status": 200,
    }


@pytest.mark.parametrize("prefix", ["/topics", "/elsewhere"])
def test_no_header_says_where_the_site_lies(site, prefix):
    """gunicorn would believe whoever may forward requests."""
    with closing(HTTPConnection("127.0.0.1", site.port, timeout=30)) as connection:
        connection.request("GET", "/topics/", headers={"SCRIPT_NAME": prefix})
        response = connection.getresponse()
        page = response.read()
    assert (response.status, b"/topics/topics/" in page) == (200, False)
    assert site.lines_of(response)["gunicorn.access"]["path"] == "/topics/"


@pytest.mark.parametrize("path", ["/topics/а/", "/topics/é/", "/rounds/٢/"])
def test_a_path_in_any_script_is_one_line(site, path):
    lines = site.lines_of(site.ask(quote(path)))
    assert set(lines) == {"gunicorn.access"}
    assert (lines["gunicorn.access"]["path"], lines["gunicorn.access"]["status"]) == (path, 404)


def test_the_id_of_a_proxy_leads_to_our_lines(site):
    response = site.ask("/", X_Request_ID="from-the-proxy-1")
    assert response.headers["X-Request-ID"] == "from-the-proxy-1"
    assert site.lines_of(response)["gunicorn.access"]["path"] == "/"


def test_a_fault_is_found_by_its_id(site):
    response = site.ask("/broken/?q=1")
    lines = site.lines_of(response)
    fault = lines["django.request"]
    assert response.status == lines["gunicorn.access"]["status"] == 500
    assert (fault["level"], fault["method"], fault["path"]) == ("ERROR", "GET", "/broken/")
    assert fault["traceback"].endswith("ZeroDivisionError: a fault of ours")


def test_a_wrong_host_is_one_line_without_traceback(site):
    response = site.ask("/", Host="evil.example")
    lines = site.lines_of(response)
    assert response.status == 400
    assert set(lines) == {"gunicorn.access", "django.security.DisallowedHost"}
    refusal = lines["django.security.DisallowedHost"]
    assert (refusal["level"], "traceback" in refusal) == ("WARNING", False)


def test_nothing_personal_is_logged(site):
    cookie = "sessionid=a-cookie-of-somebody"
    address = "/admin/login/?next=/admin/auth/user/%3Fq%3Dsomebody"
    site.ask(address, Cookie=cookie, X_Forwarded_For="203.0.113.77", User_Agent="a-browser")
    page = site.ask("/admin/login/")
    token = page.headers["Set-Cookie"].partition("csrftoken=")[2].partition(";")[0]
    response = site.ask(
        address,
        "POST",
        f"username=somebody&password={PASSWORD}&csrfmiddlewaretoken={token}",
        Cookie=f"csrftoken={token}",
        Content_Type="application/x-www-form-urlencoded",
        X_Forwarded_For="203.0.113.77",
    )
    failed = next(line for name, line in site.lines_of(response).items() if "axes" in name)
    assert "New login failure by a client in 203.0.113.0/24" in failed["message"]
    site.raw(b"nonsense\r\n\r\n")
    until = time.monotonic() + 10
    while not any("Invalid request" in line["message"] for line in site.lines()):
        assert time.monotonic() < until
    log = site.log.read_text()
    secrets = ["somebody", PASSWORD, "a-browser", "203.0.113.77", "ip=127.0.0.1", "next="]
    assert [secret for secret in secrets if secret in log] == []


def test_every_line_has_a_time_and_a_level(site):
    assert all({"time", "level", "logger", "message"} <= set(line) for line in site.lines())
