"""Readers and editors, who remember what they were answered."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from itertools import count, cycle
from urllib.parse import urlencode, urlsplit

from tests.faults.machine import Machine
from tests.forms import form_data
from tests.pages import read

KEPT = ["/", "/rounds/22/", "/topics/", "/rounds/5/", "/sources/", "/gaps/", "/matrix/topics/"]
ADD = "/admin/topics/topic/add/"
PAUSE = 0.2  # seconds between two reads of a reader
PATIENCE = 60  # seconds until a reader gives up


@dataclass
class Tally:
    """What happened while one fault lasted."""

    counts: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0
    said: list[str] = field(
        default_factory=list
    )  # what went wrong, for whoever looks for the cause
    confirmed: list[str] = field(default_factory=list)

    def add(self, what: str, why: str = "") -> None:
        self.counts[what] += 1
        if why and len(self.said) < 20:
            self.said.append(f"{what}: {why}")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str
    cookies: dict[str, str]
    seconds: float


class ReadError(Exception):
    """No answer, or half of one."""


def ask(
    address: str, path: str, headers: dict[str, str] | None = None, body: str | None = None
) -> Answer:
    """What an address answers, over a connection of its own. Raises ReadError."""
    began = time.monotonic()
    connection = HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    try:
        connection.request("GET" if body is None else "POST", path, body, headers or {})
        response = connection.getresponse()
        text = response.read().decode()
        headers = {name.lower(): value for name, value in response.headers.items()}
        cookies = SimpleCookie("; ".join(response.headers.get_all("Set-Cookie", [])))
        return Answer(
            response.status,
            headers,
            text,
            {name: morsel.value for name, morsel in cookies.items()},
            time.monotonic() - began,
        )
    except (OSError, HTTPException) as error:
        raise ReadError(f"{path}: {error!r} after {time.monotonic() - began:.1f} s") from error
    finally:
        connection.close()


def is_complete(answer: Answer) -> bool:
    return answer.status == 200 and answer.text.rstrip().endswith("</html>")


def is_unavailable(answer: Answer) -> bool:
    """The database is away, and the page says so."""
    return answer.status == 503 and "retry-after" in answer.headers and "<h1" in answer.text


class Load:
    """Readers of kept pages and of new addresses, and two editors, until the block ends."""

    def __init__(self, machine: Machine, front: str | None = None) -> None:
        self.machine = machine
        self.front = front
        self.tally = Tally()
        self.confirmed: list[str] = []
        self.ends = threading.Event()
        self.numbers = count(1)
        ((source,),) = machine.site.sql("SELECT min(id) FROM sources_source")
        self.source = str(source)
        # Each is held while one reads or saves.
        self.reading: list[threading.Lock] = []
        self.saving: list[threading.Lock] = []
        password = machine.site.manage("create_editor", "editor").stdout.split()[3]
        self.threads = [
            self._thread(self._read_kept, machine.address, "kept"),
            self._thread(self._read_new, machine.address, "new"),
        ]
        if front:
            self.threads += [
                self._thread(self._read_kept, front, "front"),
                self._thread(self._read_new, front, "front new"),
            ]
        for name in ("Ada", "Bo"):
            lock = threading.Lock()
            self.saving.append(lock)
            editor = Editor(self, lock, name, password)
            self.threads.append(threading.Thread(target=editor.work))

    def _thread(self, work: Callable[..., None], address: str, who: str) -> threading.Thread:
        lock = threading.Lock()
        self.reading.append(lock)
        return threading.Thread(target=work, args=[lock, address, who])

    def __enter__(self) -> "Load":
        self.warm()
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.ends.set()
        for thread in self.threads:
            thread.join()

    def warm(self) -> None:
        """Let every worker keep the pages, and nginx."""
        for worker in self.machine.workers():
            with self.machine.alone(worker):
                for path in KEPT:
                    ask(self.machine.address, path)
        for path in KEPT if self.front else ():
            ask(self.front, path)

    @contextmanager
    def paused(self, *, readers: bool) -> Iterator[None]:
        """Nobody saves, or reads either, while the block runs."""
        with ExitStack() as stack:
            for lock in (*self.saving, *(self.reading if readers else ())):
                stack.enter_context(lock)
            yield

    def _read_kept(self, lock: threading.Lock, address: str, who: str) -> None:
        for path in cycle(KEPT):
            if not self._read(lock, address, path, who):
                return

    def _read_new(self, lock: threading.Lock, address: str, who: str) -> None:
        for number in self.numbers:
            day = f"{2000 + number % 20}-{1 + number % 12:02}-{1 + number % 28:02}"
            query = {"date_after": day, "q": f"word{number}"} if number % 2 else {"date_after": day}
            if not self._read(lock, address, f"/?{urlencode(query)}", who):
                return

    def _read(self, lock: threading.Lock, address: str, path: str, who: str) -> bool:
        """Ask and count; whether the reader goes on."""
        if self.ends.wait(PAUSE):
            return False
        with lock:
            tally = self.tally
            try:
                answer = ask(address, path)
            except ReadError as error:
                tally.add(f"{who} cut", str(error))
                return True
        tally.add("reads")
        tally.longest = max(tally.longest, answer.seconds)
        if is_unavailable(answer):
            tally.add(f"{who} unavailable", path if who in ("kept", "front") else "")
        elif not is_complete(answer):
            tally.add(f"{who} failed", f"{path}: {answer.status}")
        return True


class Editor:
    """Enters topics in the admin, one after the other."""

    def __init__(self, load: Load, lock: threading.Lock, name: str, password: str) -> None:
        self.load = load
        self.lock = lock
        self.name = name
        self.password = password
        self.cookies: dict[str, str] = {}

    def work(self) -> None:
        for number in count(1):
            if self.load.ends.wait(1.5):
                return
            with self.lock:
                tally = self.load.tally
                try:
                    self.enter(f"{self.name} {number}", tally)
                except ReadError as error:
                    tally.add("editor cut", str(error))

    def enter(self, label: str, tally: Tally) -> None:
        form = self.ask(ADD)
        if form.status == 302:
            form = self.log_in()
        if form.status != 200:
            tally.add(
                "editor unavailable" if form.status in (302, 503) else "editor failed",
                f"{ADD}: {form.status}",
            )
            return
        data = form_data(read(form.text).one("#topic_form"))
        data |= {
            "label": [label],
            "slug": [label.lower().replace(" ", "-")],
            "theme": ["regional"],
            "definition": ["What an editor entered."],
            "sources": [self.load.source],
            "_save": ["Save"],
        }
        answer = self.ask(ADD, data)
        tally.longest = max(tally.longest, answer.seconds)
        if answer.status == 302 and "login" not in answer.headers["location"]:
            tally.confirmed.append(label)
            self.load.confirmed.append(label)
        elif answer.status == 503 and "retry-after" in answer.headers:
            tally.add("editor refused")
        else:
            errors = read(answer.text).texts(".errorlist")
            tally.add("editor failed", f"saving {label}: {answer.status} {errors}")

    def log_in(self) -> Answer:
        path = f"/admin/login/?next={ADD}"
        form = self.ask(path)
        if form.status == 200:
            data = form_data(read(form.text).one("#login-form"))
            self.ask(path, data | {"username": ["editor"], "password": [self.password]})
        return self.ask(ADD)

    def ask(self, path: str, data: dict[str, list[str]] | None = None) -> Answer:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = None if data is None else urlencode(data, doseq=True)
        answer = ask(self.load.machine.address, path, headers, body)
        self.cookies |= answer.cookies
        return answer
