"""What every response bears, of whatever kind it is."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from astana import logins

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.broken_urls")]
NAMES = [
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
]
SAFE = "astana.example.org"
KINDS = {
    "page": ("get", "/topics/", 200),
    "head": ("head", "/topics/", 200),
    "table": ("get", "/matrix/topics.csv", 200),
    "slash": ("get", "/topics", 301),
    "login": ("get", "/admin/", 302),
    "missing": ("get", "/no/such/page/", 404),
    "wrong round": ("get", "/rounds/9999/", 404),
    "forged": ("post", "/admin/login/", 403),
    "fault": ("get", "/broken/", 500),
    "static file": ("get", "/static/one.css", 200),
    "alive": ("get", "/healthz", 200),
    "ready": ("get", "/readyz", 200),
}


@pytest.fixture
def visitor(settings, tmp_path):
    """A client of a site on https."""
    (tmp_path / "one.css").write_text("a { color: red }")
    settings.STATIC_ROOT = tmp_path
    settings.ALLOWED_HOSTS = [SAFE]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 60
    return Client(raise_request_exception=False, enforce_csrf_checks=True, headers={"Host": SAFE})


@pytest.fixture
def usual(visitor) -> dict[str, str]:
    """The headers that a page has."""
    response = visitor.get("/", secure=True)
    assert response.status_code == 200
    return {name: response.headers[name] for name in [*NAMES, "Strict-Transport-Security"]}


def ask(visitor: Client, kind: str, **options: object) -> HttpResponse:
    method, address, _status = KINDS[kind]
    response = getattr(visitor, method)(address, **options)
    response.close()  # of a static file
    return response


def headers(response, names) -> dict[str, str | None]:
    return {name: response.headers.get(name) for name in names}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_the_headers(visitor, usual, kind):
    response = ask(visitor, kind, secure=True)
    assert response.status_code == KINDS[kind][2]
    assert headers(response, usual) == usual


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("secure", [True, False])
def test_so_has_the_refusal_of_a_wrong_host(visitor, usual, kind, secure):
    response = ask(visitor, kind, secure=secure, headers={"Host": "evil.example"})
    asks_for_no_host = kind in ("alive", "ready") or (kind == "static file" and secure)
    assert response.status_code == (200 if asks_for_no_host else 400)
    assert headers(response, NAMES) == {name: usual[name] for name in NAMES}


def test_so_has_the_redirect_to_https(visitor, usual):
    response = visitor.get("/topics/")
    assert (response.status_code, response.url) == (301, f"https://{SAFE}/topics/")
    assert headers(response, NAMES) == {name: usual[name] for name in NAMES}


def test_so_has_what_has_not_changed(visitor, usual):
    tag = visitor.get("/topics/", secure=True).headers["ETag"]
    response = visitor.get("/topics/", secure=True, headers={"If-None-Match": tag})
    assert response.status_code == 304
    assert headers(response, usual) == usual


def test_so_has_a_refused_login(visitor, usual, monkeypatch, tmp_path):
    monkeypatch.setattr(logins, "LOCK", tmp_path / "lock")
    (tmp_path / "lock").touch()
    monkeypatch.setattr(logins, "PATIENCE", 0)
    with logins.turn(0):
        token = visitor.get(reverse("admin:login"), secure=True).cookies["csrftoken"].value
        response = visitor.post(
            reverse("admin:login"),
            {"csrfmiddlewaretoken": token},
            secure=True,
            headers={"Referer": f"https://{SAFE}/"},
        )
    assert response.status_code == 503
    assert headers(response, usual) == usual


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_an_id_of_its_own(visitor, kind):
    ids = {ask(visitor, kind, secure=True).headers["X-Request-ID"] for _ in range(2)}
    assert (len(ids), {len(one) for one in ids}) == (2, {32})


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [("abc-DEF_123", True), ("short", False), ("x" * 65, False), ("with space 12", False),
     ('"quoted-and-long', False), ("", False)],
)  # fmt: skip
def test_an_id_is_taken_where_it_is_well_formed(visitor, given, is_taken):
    response = visitor.get("/healthz", headers={"X-Request-ID": given})
    assert (response.headers["X-Request-ID"] == given) == is_taken
