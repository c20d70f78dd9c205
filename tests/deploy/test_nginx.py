"""What readers and editors have behind nginx, whatever happens to the application."""

import socket
import sqlite3
import ssl
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPMessage
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pytest

from rounds.messages.forms import LONGEST
from rounds.messages.stamps import QUICKEST
from tests.deploy.front import TEMPLATE, VARIABLE, Answer, Front
from tests.forms import form_data
from tests.pages import read
from tests.serving import ROOT

SECURITY = [
    "Strict-Transport-Security",
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
]
VISIBLE = 2  # seconds until readers see an edit
numbers = count()


def new_address() -> str:
    """One that nobody has asked for."""
    return f"/?q=never{next(numbers)}"


def rules(headers: HTTPMessage) -> dict[str, list[set[str]]]:
    """What each security header says, in whatever order; each should be there once."""
    return {name: [set(said.split("; ")) for said in headers.get_all(name)] for name in SECURITY}


def edit(database: Path, words: str) -> None:
    """Change the 22nd round by the path that knows least of the application: SQL."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE rounds_round SET summary = ? WHERE number = 22", [words])


def test_nginx_takes_the_configuration_without_a_warning(front: Front):
    assert [line for line in front.run("-t").splitlines() if not line.startswith("nginx: ")] == []


def test_every_variable_is_documented():
    """And no other word in braces is left for envsubst, which would take it for one."""
    example = (ROOT / "deploy" / "nginx.env").read_text().splitlines()
    command = (ROOT / "docs" / "deployment.md").read_text().split("envsubst '")[1].split("'")[0]
    names = set(VARIABLE.findall(TEMPLATE))
    assert {line.partition("=")[0] for line in example if not line.startswith("#")} == names
    assert set(VARIABLE.findall(command)) == names


def test_a_page_is_the_same_for_everybody(front):
    first, second = front.ask("/"), front.ask("/", Cookie="csrftoken=x; other=y")
    assert first.status == second.status == 200
    assert first.body == second.body
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]
    assert "Cookie" not in first.headers["Vary"]
    assert {"Set-Cookie", "X-Accel-Expires"} & set(first.headers) == set()


def test_a_page_that_has_not_changed_is_not_sent_again(front):
    tag = front.ask("/").headers["ETag"]
    assert front.ask("/", If_None_Match=tag).status == 304


def test_each_spelling_of_what_a_browser_accepts_shares_a_page(front, site):
    for usual in ("br", "gzip", "identity"):
        front.ask("/topics/", Accept_Encoding=usual)
    site.stop()
    sent = {
        "gzip, deflate, br, zstd": "br",
        "br;q=0, gzip": "gzip",
        "gzip;q=1.0,*;q=0": "gzip",
        "identity": None,
    }
    answers = {accepted: front.ask("/topics/", Accept_Encoding=accepted) for accepted in sent}
    assert {one.status for one in answers.values()} == {200}
    assert {key: one.headers["Content-Encoding"] for key, one in answers.items()} == sent


def test_kept_pages_are_read_while_the_application_is_away(front, site):
    kept = {path: front.ask(path).body for path in ("/", "/rounds/22/", "/matrix/topics.csv")}
    site.stop()
    time.sleep(1.1)  # none is fresh any more
    assert {path: front.ask(path).body for path in kept} == kept


def test_what_there_is_no_end_of_is_not_kept(front, site):
    served = {"/no/such/page/": 404, "/?nonsense=1": 200, "/?topic=nonsense": 200}
    assert {path: front.ask(path).status for path in served} == served
    site.stop()
    assert {path: front.ask(path).status for path in served} == dict.fromkeys(served, 503)


def test_what_is_not_kept_says_that_the_site_is_away(front, site):
    site.stop()
    answer = front.ask(new_address())
    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    assert "The site is away for a moment" in answer.body.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert {name for name in SECURITY if name not in answer.headers} == set()


def test_nobody_who_reads_fails_while_workers_are_killed(front, site):
    kept = [f"/rounds/{number}/" for number in range(1, 23)]
    over = threading.Event()

    def read(reader: str) -> list[int]:
        statuses = []
        while not over.is_set():
            statuses += [front.ask(path, reader=reader).status for path in kept]
        return statuses

    for path in kept:
        front.ask(path, reader="127.0.0.20")
    with ThreadPoolExecutor(4) as readers:
        reading = [readers.submit(read, f"127.0.0.{number}") for number in range(21, 25)]
        try:
            for _ in site.workers() * 2:
                site.kill_a_worker()
                time.sleep(0.6)
        finally:
            over.set()
    assert {status for read in reading for status in read.result()} == {200}


@pytest.mark.parametrize("quiet", [0, 0.4, 1.3])
def test_an_edit_is_soon_seen(front, site, quiet):
    front.ask("/rounds/22/")
    time.sleep(quiet)
    words = f"Seen after {quiet} seconds."
    edit(site.database, words)
    start = time.monotonic()
    while words not in front.ask("/rounds/22/").body.decode():
        assert time.monotonic() - start < VISIBLE
        time.sleep(0.05)


def test_nobody_sees_what_was_edited_long_ago_however_many_ask(front, site):
    front.ask("/rounds/22/")
    edit(site.database, "Seen by all who ask at once.")
    time.sleep(VISIBLE)
    with ThreadPoolExecutor(24) as readers:
        asked = [readers.submit(front.ask, "/rounds/22/") for _ in range(24)]
        answers = [one.result().body.decode() for one in asked]
    assert all("Seen by all who ask at once." in body for body in answers)


def test_whoever_reads_first_for_long_sees_the_edit(front, site):
    front.ask("/rounds/22/")
    edit(site.database, "Seen by the first who asks.")
    time.sleep(VISIBLE)
    assert "Seen by the first who asks." in front.ask("/rounds/22/").body.decode()


def test_a_session_passes_what_is_kept_and_is_not_kept(front, site):
    cookie, path = site.log_in(), new_address()
    front.ask("/")
    assert "private" in front.ask("/", Cookie=cookie).headers["Cache-Control"]
    assert "private" in front.ask(path, Cookie=cookie).headers["Cache-Control"]
    site.stop()
    assert front.ask("/").headers["Cache-Control"].startswith("public")
    assert front.ask(path).status == 503
    assert front.ask("/", Cookie=cookie).status == 503


def test_the_admin_is_never_kept(front, site):
    assert front.ask("/admin/login/").status == 200
    site.stop()
    assert front.ask("/admin/login/").status == 503


def test_what_was_cut_off_is_tried_again_unless_it_may_have_been_done(before_deaf, deaf):
    assert before_deaf.ask("/").status == 503
    asked = len(deaf.heard)
    assert asked > 1
    assert before_deaf.ask("/admin/rounds/round/add/", "POST", b"number=23").status == 503
    assert len(deaf.heard) == asked + 1


def test_the_application_hears_nothing_that_readers_make_up(before_deaf, deaf):
    answer = before_deaf.ask(
        "/", X_Forwarded_For="192.0.2.1", X_Forwarded_Proto="http", X_Request_ID="mine",
        Cookie="csrftoken=x", Accept_Encoding="zstd, gzip",
    )  # fmt: skip
    heard = dict(line.split(": ", 1) for line in deaf.heard[0].splitlines()[1:] if line)
    assert heard.pop("X-Request-ID") == answer.headers["X-Request-ID"] != "mine"
    assert heard == {
        "Host": "localhost",
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Proto": "https",
        "Accept-Encoding": "gzip",
    }


def test_static_files_come_compressed_and_for_good(front, site):
    site.stop()
    manifest = (ROOT / "var" / "static" / "staticfiles.json").read_text()
    hashed = manifest.split('"css/base.css": "')[1].split('"')[0]
    answer = front.ask(f"/static/{hashed}", Accept_Encoding="gzip")
    assert answer.body == (ROOT / "var" / "static" / f"{hashed}.gz").read_bytes()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert front.ask("/static/css/base.css").headers["Cache-Control"] == "public, max-age=60"
    assert front.ask("/static/missing.css").status == 404


@pytest.mark.parametrize("path", ["/static/icon.svg", "/static/missing.css", "/errors/busy.html"])
def test_what_nginx_sends_has_the_headers_of_the_application(front, path):
    page, own = front.ask("/").headers, front.ask(path).headers
    assert rules(own) == rules(page)


def test_a_card_may_be_framed_and_a_page_may_not(front):
    card, page = (front.ask(path).headers for path in ("/embed/rounds/22/", "/rounds/22/"))
    assert card.get_all("X-Frame-Options") is None
    assert len(card.get_all("Content-Security-Policy")) == 1
    assert "frame-ancestors" not in card["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page.get_all("X-Frame-Options") == ["DENY"]


def test_plain_http_leads_to_https(front):
    answer = front.ask_without_tls("/rounds/22/?q=a", host="localhost")
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/rounds/22/?q=a")


def test_another_host_gets_nothing(front):
    with pytest.raises(ConnectionError):
        front.ask_without_tls("/", host="other.example")
    with (
        socket.create_connection(("127.0.0.1", front.https)) as plain,
        pytest.raises(ssl.SSLError),
    ):
        front.trust.wrap_socket(plain, server_hostname="other.example")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_tls_is_of_today_and_speaks_http_2(front, version):
    trust = ssl.create_default_context(cafile=front.variables["TLS_CERTIFICATE"])
    trust.set_alpn_protocols(["h2"])
    trust.minimum_version = trust.maximum_version = version
    with (
        socket.create_connection(("127.0.0.1", front.https)) as plain,
        trust.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        assert secure.selected_alpn_protocol() == "h2"


def test_one_reader_cannot_ask_for_everything_but_reads_on(front):
    def read(path: str) -> Answer:
        return front.ask(path, reader="127.0.0.30")

    front.ask("/")
    flood = ["/healthz"] * 300
    flood[150::10] = [new_address() for _ in flood[150::10]]
    with ThreadPoolExecutor(16) as asking:
        answers = zip(flood, asking.map(read, flood), strict=True)
        refused = [answer for path, answer in answers if answer.status == 429 and "q=" in path]
        kept = Counter(answer.status for answer in asking.map(read, ["/"] * 100))
    assert refused[0].headers["Retry-After"] == "10"
    assert "Too many requests at once" in refused[0].body.decode()
    assert kept == {200: 100}
    assert front.ask(new_address()).status == 200


def test_passwords_are_tried_slowly(front):
    pages = ["/admin/login/", "/admin/login/code/", "/admin/password_reset/"] * 5
    tries = [front.ask(page, "POST", b"", reader="127.0.0.40") for page in pages[:13]]
    assert tries[0].status == 403  # without the token of the form
    assert tries[-1].status == 429
    assert front.ask("/admin/login/", reader="127.0.0.40").status == 200


def test_a_reader_reports_a_mistake_and_not_many_at_once(front, site):
    def send(form: dict[str, list[str]]) -> Answer:
        return front.ask(
            "/report/", "POST", urlencode(form, doseq=True).encode(), reader="127.0.0.41",
            Content_Type="application/x-www-form-urlencoded", Cookie="csrftoken=x",
            Origin=f"https://localhost:{front.https}",
        )  # fmt: skip

    opened = front.ask("/report/?page=/rounds/22/", reader="127.0.0.41")
    assert opened.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in opened.headers
    form = form_data(read(opened.body.decode()).one("form.message"))
    time.sleep(QUICKEST + 1)
    taken = send(form | {"text": ["\N{ARABIC LETTER SEEN}" * LONGEST]})
    assert (taken.status, taken.headers["Location"][:15]) == (302, "/report/thanks/")
    assert [send({}).status for _ in range(12)][-1] == 429
    assert front.ask("/report/", reader="127.0.0.41").status == 200
    site.stop()
    assert front.ask("/report/?page=/rounds/22/").status == 503


def test_an_editor_may_send_a_large_round_and_a_reader_nothing(front):
    def send(path: str, size: int) -> Answer:
        return front.ask(
            path, "POST", bytes(size), Content_Type="application/x-www-form-urlencoded",
            Referer="https://localhost/", Cookie=f"csrftoken={'x' * 32}",
        )  # fmt: skip

    add = "/admin/rounds/round/add/"
    assert send(add, 2_000_000).status == 403  # read to its end, but without the token of the form
    for refused in (send(add, 11_000_000), send("/", 100_000)):
        assert refused.status == 413
        assert "This request cannot be answered" in refused.body.decode()


def test_health_is_told_as_it_is(front, site):
    assert front.ask("/healthz").status == 200
    site.stop()
    assert front.ask("/healthz").status == 503


def test_the_log_names_no_reader(front):
    asked = front.ask("/", reader="127.0.0.77").headers["X-Request-ID"]
    front.run("-s", "reopen")  # writes what it holds back
    time.sleep(0.2)
    line = next(
        line for line in (front.folder / "access.log").read_text().splitlines() if asked in line
    )
    assert '"client":"127.0.0.0"' in line
    assert "127.0.0.77" not in line
