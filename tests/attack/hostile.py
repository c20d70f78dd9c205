"""Requests as somebody sends them who means no good, or has a broken program.

Each follows from a seed and its place alone, so that one that did harm can be sent again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlencode

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Field, Model
from django.test import Client
from django.test.client import FakePayload

from rounds.api.parameters import OF_LISTS
from rounds.models import Round
from rounds.participants.models import Participant, Person
from rounds.selection.display import DisplayForm
from rounds.selection.filters import RoundFilterSet
from rounds.sources.models import Source
from rounds.topics.models import Topic
from tests.addresses import API, FORMATS, NOT_FOUND, PAGES, admin_address
from tests.forms import form_data
from tests.pages import page_of

HUGE = ["9" * 25, "9" * 5000, str(2**63), str(-(2**63) - 1), str(2**31), "32768", "9999", "10000"]
NUMBERS = [*HUGE, "0", "-1", "1e400", "NaN", "inf", "١٢", "1.5", "0x10", " 22 ", "²", "1_0", "007"]
DAYS = ["0000-00-00", "9999-12-31", "0001-01-01", "2024-02-30", "10000-01-01", "12 May 2025"]
TEXTS = [
    "",
    "\0",
    "a\0b",
    "'",
    '"',
    "' OR 1=1 --",
    "%",
    "_%_",
    "\\",
    "*",
    '"*" OR',
    "((((",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "{% now %}",
    "../../etc/passwd",
    "//example.org/",
    "javascript:alert(1)",
    "\r\nSet-Cookie: a=b",
    "\u202e\u200f\ufeff",
    "\U0001f4a3" * 40,
    "İıßſǆ" * 30,
    "e" + "\u0301" * 500,
    "x" * 5000,
    "word " * 1000,
    "-" * 300,
    "\x1b[31m\x7f\x85\u2028",
    "%s%d%(x)s",
    "${jndi:ldap://x}",
    "None",
    "null",
    "[]",
    "true",
    "22",
    "syria",
    "idlib",
    "published",
    "held",
    "on",
]
# What is no text at all, as it stands in an address.
BROKEN = [b"\xed\xa0\x80", b"\xff\xfe", b"\xc0\x80", b"%", b"%u0041", b"%zz", b"\x80" * 9, b"%00%"]
METHODS = ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "FOO", "get"]
HEADERS: dict[str, list[str]] = {
    "HTTP_HOST": ["evil.example", "localhost:99999", "a b", "[::1", "\xff", "", "localhost@evil"],
    "HTTP_ACCEPT_ENCODING": ["br;q=9", "gzip, br, *;q=0", ";;;", "\xff", "a;q=x", "a" * 9000],
    "HTTP_ACCEPT_LANGUAGE": ["tr", "xx-" + "y" * 600, ",,,;q=", "ar,fa;q=0.9"],
    "HTTP_ACCEPT": ["*/*", "application/json", "application/xml", "*/*;q=0", "\xff/"],
    "HTTP_COOKIE": [
        "sessionid=" + "x" * 500,
        "sessionid=\xff; csrftoken=",
        "=;=;;",
        "messages=[[\\",
        "messages=W1siX19qc29uX21lc3NhZ2UiXQ:1:x",
        "a=b; " * 2000,
        "csrftoken=\0",
    ],
    "HTTP_IF_NONE_MATCH": ["*", '"', 'W/"x", "y', "\xff", '"' + "e" * 9000 + '"'],
    "HTTP_IF_MODIFIED_SINCE": ["never", "Thu, 99 Xxx 9999 99:99:99 GMT", "0", "\xff"],
    "HTTP_RANGE": ["bytes=0-", "bytes=9-1", "bytes=" + "0-1," * 500, "\xff"],
    "HTTP_X_FORWARDED_FOR": ["\xff", "1.2.3.4, " * 500, "::", "'"],
    "HTTP_X_FORWARDED_PROTO": ["https", "https,http", "\xff"],
    "HTTP_X_FORWARDED_HOST": ["evil.example"],
    "HTTP_HX_REQUEST": ["true", "false", "\xff"],
    "HTTP_HX_CURRENT_URL": ["http://[", "%zz", "\xff"],
    "HTTP_HX_TARGET_URI_AUTOENCODED": ["true"],
    "HTTP_HX_TARGET": ["\xff%zz"],
    "HTTP_REFERER": ["http://[", "\xff", "https://evil.example/"],
    "HTTP_ORIGIN": ["null", "http://[", "https://evil.example"],
    "HTTP_USER_AGENT": ["", "x" * 9000, "\xff"],
    "CONTENT_TYPE": [
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=" + "b" * 300,
        "multipart/form-data; boundary=\xff",
        "application/x-www-form-urlencoded; charset=utf-7",
        "text/plain; charset=no-such",
        "\xff",
    ],
    "CONTENT_LENGTH": ["0", "1", "99999999999"],  # servers refuse what is no number
    "SCRIPT_NAME": ["/..", "/x"],
}
LOOKUPS = ["", "__exact", "__in", "__isnull", "__gte", "__lt", "__year", "__month", "__contains"]
LOOKUPS += ["__icontains", "__regex", "__iexact", "__range", "__pk", "__number", "__slug", "__day"]
ADMIN_PARAMETERS = ["o", "p", "q", "all", "e", "_popup", "_to_field", "_changelist_filters", "next"]
ADMIN_PARAMETERS += ["_facets", "_source_model", "__prefix__", "_save", "_continue", "action"]
OTHERS = ["/healthz", "/static/css/base.css", "/search/suggest/", "/compare/?first=1&second=2"]
OTHERS += ["/matrix/topics.csv", "/matrix/attendance.csv", "/report/", "/report/?page=/rounds/4/"]
VISITORS = ["anonymous", "editor", "chief"]


@dataclass(frozen=True)
class Request:
    """One request; ``path`` and ``query`` as they stand in the address."""

    who: str
    method: str
    path: str
    query: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def __str__(self) -> str:
        address = f"{self.path}?{self.query}" if self.query else self.path
        extra = {name: value[:80] for name, value in self.headers.items()}
        return f"{self.who} {self.method} {address[:300]} {extra} {self.body[:300]!r}"

    def environ(self) -> dict[str, Any]:
        """What a server tells the application."""
        raw = unquoted(self.path).decode("latin-1")
        found: dict[str, Any] = {
            "REQUEST_METHOD": self.method,
            "PATH_INFO": raw,
            "QUERY_STRING": self.query,
            "HTTP_HOST": "localhost",
        }
        if self.body:
            found |= {
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
                "CONTENT_LENGTH": str(len(self.body)),
            }
        return found | self.headers | {"wsgi.input": FakePayload(self.body)}


def unquoted(path: str) -> bytes:
    """The bytes of a path, of which broken percent codes stay as they are."""
    head, *rest = path.encode("utf-8", "surrogateescape").split(b"%")
    for part in rest:
        try:
            head += bytes.fromhex(part[:2].decode()) + part[2:]
        except ValueError:
            head += b"%" + part
    return head


class Attack:
    """The requests of a seed, over the addresses that there are and the fields of their forms."""

    def __init__(self, seed: str, clients: dict[str, Client]) -> None:
        self.seed, self.clients = seed, clients
        self.public = [*PAGES, *FORMATS, *API, *NOT_FOUND, *OTHERS]
        self.models: list[type[Model]] = sorted(admin.site._registry, key=lambda one: one.__name__)
        self.keys = {model: model._base_manager.order_by("pk").first() for model in self.models}
        self.admin = self._admin_addresses()
        self.parameters = [
            *RoundFilterSet.base_filters,
            *DisplayForm.base_fields,
            *OF_LISTS,
            *("format", "sort", "kind", "publisher", "language", "round", "first", "second", "x[]"),
        ]
        self.values = [
            str(slug)
            for model in (Topic, Participant, Person, Source)
            for slug in model.objects.order_by("pk").values_list("slug", flat=True)[:12]
        ]
        for one in RoundFilterSet.base_filters.values():
            self.values += known(one)
        self.forms: dict[tuple[str, str], dict[str, list[str]]] = {}

    def _admin_addresses(self) -> list[str]:
        found = ["/admin/", "/admin/login/", "/admin/logout/", "/admin/password_change/"]
        found += ["/admin/jsi18n/", "/admin/autocomplete/", "/admin/rounds/", "/admin/r/1/1/"]
        for model in self.models:
            found += [admin_address(model, page) for page in ("changelist", "add")]
            if one := self.keys[model]:
                pages = ("change", "delete", "history")
                found += [admin_address(model, page, one.pk) for page in pages]
        return found

    def request(self, place: int) -> Request:
        """The request of that place."""
        random = Random(f"{self.seed}-{place}")  # noqa: S311
        who = random.choices(VISITORS, [6, 3, 2])[0]
        in_admin = random.random() < (0.2 if who == "anonymous" else 0.9)
        path, _, query = random.choice(self.admin if in_admin else self.public).partition("?")
        sends = random.random() < (0.45 if in_admin else 0.05)
        body = self._body(random, who, path) if sends else b""
        if random.random() < 0.25:
            path = self._bent(random, path)
        if random.random() < 0.75:
            parts = [query] if query and random.random() < 0.5 else []
            names = self._names(random, path) if in_admin else self.parameters
            parts += [
                f"{random.choice(names)}={self._value(random)}"
                for _ in range(random.choice([1, 1, 2, 3, 8, 60]))
            ]
            query = random.choice(["&", "&", "&", ";"]).join(parts)
        method = "POST" if body else "GET"
        if random.random() < 0.1:
            method = random.choice(METHODS)
        headers = {
            name: random.choice(HEADERS[name])
            for name in random.sample(list(HEADERS), random.choice([0, 0, 0, 1, 2, 4]))
            if who == "anonymous" or name != "HTTP_COOKIE"
        }
        return Request(who, method, path, query, headers, body)

    def _raw(self, random: Random) -> str:
        """A value as somebody types it."""
        pool: Sequence[str] = random.choice([NUMBERS, DAYS, TEXTS, TEXTS, self.values])
        return random.choice(pool)

    def _value(self, random: Random) -> str:
        """A value as it stands in an address."""
        if random.random() < 0.15:
            return quote_from_bytes(random.choice(BROKEN), safe="%")
        return quote(self._raw(random)[:1800])

    def _bent(self, random: Random, path: str) -> str:
        """A path with one part replaced, added or doubled."""
        parts = path.split("/")
        place = random.randrange(len(parts))
        match random.randrange(4):
            case 0:
                parts[place] = self._value(random)
            case 1:
                parts.insert(place, self._value(random))
            case 2:
                parts[place:place] = [""] * random.choice([1, 2, 40])
            case _:
                numbers = [index for index, part in enumerate(parts) if part.isdecimal()]
                parts[random.choice(numbers or [place])] = random.choice(HUGE)
        return "/" + "/".join(parts).lstrip("/")

    def _names(self, random: Random, path: str) -> list[str]:
        """Parameters of a page of the admin: lookups over the fields of its model."""
        if "autocomplete" in path:
            return ["app_label", "model_name", "field_name", "term", "page"]
        addressed = (one for one in self.models if admin_address(one, "changelist") in path)
        model = next(addressed, Round)
        fields = [one.name for one in model._meta.get_fields() if isinstance(one, Field)]
        names = [f"{name}{random.choice(LOOKUPS)}" for name in random.choices(fields, k=6)]
        return [*names, *random.choices(ADMIN_PARAMETERS, k=3)]

    def _body(self, random: Random, who: str, path: str) -> bytes:
        """The form of the page with some fields bent, or something that is no form at all."""
        kind = random.random()
        if kind < 0.1:
            return bytes(random.randrange(256) for _ in range(random.choice([1, 50, 3000])))
        data = dict(self._form(who, path)) if kind < 0.85 else {}
        names = list(data) or ["username", "password", "action", "_selected_action", "post"]
        names += ["_save", "_continue", "action", "_selected_action", "select_across", "index"]
        for name in random.choices(names, k=random.choice([0, 1, 1, 2, 6])):
            if random.random() < 0.1:
                data.pop(name, None)
            else:
                data[name] = [self._raw(random) for _ in range(random.choice([1, 1, 1, 2, 5]))]
        if random.random() < 0.2:
            for name in [name for name in data if name.endswith("_FORMS")]:
                if random.random() < 0.3:
                    data[name] = [self._raw(random)]
        written = urlencode(data, doseq=True)
        if random.random() < 0.1:
            written += "&" + self._value(random) + "=" + self._value(random)
        return written.encode("ascii", "replace")

    def _form(self, who: str, path: str) -> dict[str, list[str]]:
        """What a browser would send of the page, {} where it has no form."""
        if (who, path) not in self.forms:
            response = self.clients[who].get(path)
            is_page = response.status_code == 200 and "html" in response.headers["Content-Type"]
            data = form_data(page_of(response).one("body")) if is_page else {}
            b"".join(response)  # closes the file where it is one
            data.pop("csrfmiddlewaretoken", None)
            self.forms[who, path] = data
        return self.forms[who, path]


def known(one: Any) -> list[str]:
    """The values that a filter knows by itself."""
    choices = one.extra.get("choices", ())
    return [str(value) for value, _label in choices] if isinstance(choices, list) else []


def users() -> dict[str, User | None]:
    """Who attacks: nobody we know, an editor whose password was stolen, and a superuser."""
    editor = User.objects.create_user("attacking-editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    chief = User.objects.create_superuser("attacking-chief")
    return {"anonymous": None, "editor": editor, "chief": chief}
