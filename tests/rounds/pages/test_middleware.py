"""Pages are the same for everybody, kept by edition, and given before any other work."""

import gzip
from datetime import UTC, datetime, timedelta
from unittest import mock

import brotli
import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date

from rounds import editions
from rounds.findings.matrices import Sort
from rounds.models import Edition, Round
from rounds.pages.middleware import PagesMiddleware
from rounds.wording.dates import written
from tests.pages import get_page, page_of

pytestmark = pytest.mark.django_db

PUBLIC = "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=86400"


def edit(raise_edition, summary: str) -> None:
    Round.objects.filter(number=22).update(summary=summary)
    raise_edition()


def queries(client: Client, address: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address, headers=headers).status_code in (200, 304)
    return len(found)


def test_a_page_is_made_once_for_each_edition(client, raise_edition):
    first = client.get("/rounds/22/")
    assert queries(client, "/rounds/22/") == 1  # which edition it is
    assert not client.get("/rounds/22/").templates
    assert client.get("/rounds/22/").content == first.content
    edit(raise_edition, "Quokkas were discussed.")
    assert "Quokkas" in get_page(client, "/rounds/22/").text


def test_a_page_bears_the_host_that_it_was_asked_of(client, settings):
    settings.ALLOWED_HOSTS = ["one.example.org", "other.example.org"]
    for host in (*settings.ALLOWED_HOSTS, *settings.ALLOWED_HOSTS):
        response = client.get("/rounds/22/?", headers={"Host": host})
        found = page_of(response).one("#edition .printed").text
        assert found == f"http://{host}/rounds/22/"
    assert queries(client, "/rounds/22/", Host="one.example.org") == 1
    assert client.get("/rounds/22/", headers={"Host": "evil.example.org"}).status_code == 400


def test_the_edition_is_asked_for_at_most_so_often(client, settings, raise_edition):
    settings.EDITION_SECONDS = 60
    client.get("/")
    assert queries(client, "/") == 0


def test_headers_of_a_page(client):
    response = client.get("/")
    edition = editions.current()
    assert response.headers["Cache-Control"] == PUBLIC
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["ETag"].startswith(f'"{edition.number}-')
    assert not response.cookies
    assert "Last-Modified" not in response.headers or edition.changed_at < datetime.now(UTC)
    assert get_page(client, "/").one("#edition").text.startswith(f"Edition {edition.number} of")


def test_last_modified_is_the_second_after_the_change(client, raise_edition, monkeypatch):
    raise_edition()  # a year ago, so that the day begun since counts
    changed = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    released = mock.Mock(return_value=changed - timedelta(days=1))
    monkeypatch.setattr("rounds.pages.kept.released", released)
    response = client.get("/")
    assert response.headers["Last-Modified"] == http_date(-(-changed.timestamp() // 1))
    since = response.headers["Last-Modified"]
    assert client.get("/", headers={"If-Modified-Since": since}).status_code == 304


def test_another_release_modifies_all_pages(client, raise_edition, monkeypatch):
    raise_edition()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight + (timezone.now() - midnight) / 2
    monkeypatch.setattr("rounds.pages.kept.released", lambda: moment)
    since = client.get("/").headers["Last-Modified"]
    assert since == http_date(-(-moment.timestamp() // 1))


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/static/no/such.css"),
        ("get", "/nested_admin/server-data.js"),
        ("post", "/"),
        ("options", "/"),
        ("post", "/no/such/page/"),
    ],
)
def test_what_is_no_page_is_kept_by_nobody(client, method, address):
    response = getattr(client, method)(address)
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/healthzz", "/readyz/x"])
def test_what_begins_like_a_probe_is_a_page(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "public, max-age=0"


def test_an_unknown_host_is_answered_for_itself(client):
    response = client.get("/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_not_modified_is_answered_at_once(client, encoding):
    headers = {"Accept-Encoding": encoding}
    etag = client.get("/", headers=headers).headers["ETag"]
    response = client.get("/", headers=headers | {"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["ETag"] == etag
    assert response.headers["Cache-Control"] == PUBLIC
    assert "Content-Security-Policy" in response.headers
    assert "Content-Encoding" not in response.headers
    assert client.get("/", headers=headers | {"If-None-Match": '"x"'}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip, deflate, br;q=0", "gzip", gzip.decompress),
        ("deflate", None, bytes),
        ("", None, bytes),
    ],
)
def test_a_page_is_packed_as_the_reader_takes_it(client, accepted, encoding, unpack):
    plain = client.get("/").content
    response = client.get("/", headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == encoding
    assert unpack(response.content) == plain
    assert response.headers["Content-Length"] == str(len(response.content))


@pytest.mark.parametrize("address", ["/", "/rounds/22/", "/matrix/topics.csv", "/no/such/page/"])
def test_head_is_get_without_the_text(client, address):
    got, head = client.get(address), client.head(address)
    assert head.content == b""
    assert head.status_code == got.status_code
    for response in (got, head):
        response.headers.pop("X-Request-ID", None)
    assert dict(head.items()) == dict(got.items())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/?topic=idlib&topic=hostages", "/?topic=hostages&topic=idlib&topic="),
        ("/?year=2018&q=aid", "/?q=aid&year=2018&year=2018"),
        ("/?match=any&order=newest&page=1", "/"),
        (f"/matrix/topics/?sort={Sort.values[0]}", "/matrix/topics/"),
        ("/search/?kind=topic&q=aid&page=1", "/search/?q=aid&kind=topic"),
        ("/rounds/22/?utm_source=x", "/rounds/22/"),
    ],
)
def test_addresses_that_ask_the_same_are_one_page(client, one, other):
    page = client.get(one).content
    assert queries(client, other) == 1
    assert client.get(other).content == page


@pytest.mark.parametrize(
    "address",
    [
        "/?nonsense=1",
        "/?topic=nonsense",
        "/?order=nonsense",
        "/?city=Astana&city=Sochi",
        "/sources/?year=nonsense",
        "/search/?q=aid&kind=nonsense",
        "/search/?q=aid&page=999",
        "/matrix/topics/?sort=nonsense",
        "/compare/?first=nonsense",
    ],
)
def test_what_has_no_end_is_not_kept(client, address):
    assert client.get(address).status_code == 200
    assert client.get(address).templates  # it is rendered again


def test_cookies_change_nothing(client):
    page = client.get("/").content
    client.cookies["sessionid"] = "made-up"
    client.cookies["theme"] = "dark"
    response = client.get("/")
    assert response.content == page
    assert response.headers["Cache-Control"] == PUBLIC
    assert "Cookie" not in response.headers["Vary"]


def test_who_is_logged_in_gets_pages_of_their_own(client, editor_client):
    Round.objects.filter(number=22).update(publication="draft")
    response = editor_client.get("/rounds/22/")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in response.headers
    assert client.get("/rounds/22/").status_code == 404


def test_other_methods_are_refused():
    client = Client(enforce_csrf_checks=True)
    assert client.post("/topics/").status_code == 405
    response = client.options("/topics/")
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_page_is_given_while_the_database_is_away(client, raise_edition, caplog):
    page = client.get("/rounds/22/").content
    with mock.patch("rounds.editions.current", side_effect=OperationalError("away")):
        assert client.get("/rounds/22/").content == page
    raise_edition()
    with mock.patch(
        "rounds.views.rounds.Round.objects.visible_to", side_effect=OperationalError("away")
    ):
        client.raise_request_exception = False
        assert client.get("/rounds/22/").content == page
        response = client.get("/rounds/21/")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert response.headers["Cache-Control"] == "no-store"
    assert "earlier edition" in caplog.text


def test_a_fault_of_ours_shows_no_edition_from_before(client, raise_edition):
    assert client.get("/rounds/22/").status_code == 200
    edit(raise_edition, "Quokkas were discussed.")
    client.raise_request_exception = False
    fault = mock.patch("rounds.views.rounds.Round.objects.visible_to", side_effect=KeyError("x"))
    with fault, mock.patch("rounds.pages.kept.MOMENT", -1):
        assert client.get("/rounds/22/").status_code == 500


def test_no_header_says_where_the_site_lies(client):
    page = client.get("/gaps/").content
    assert client.get("/gaps/", SCRIPT_NAME="/elsewhere").content == page
    assert b"/elsewhere" not in Client().get("/topics/", SCRIPT_NAME="/elsewhere").content


def test_a_page_made_while_the_record_changes_is_not_kept(client, raise_edition):
    real = editions.current
    count = iter(range(9))

    def current() -> Edition:
        if next(count) == 2:
            raise_edition()
        return real()

    with mock.patch("rounds.editions.current", current):
        client.get("/rounds/22/")
    assert queries(client, "/rounds/22/") > 3
    assert queries(client, "/rounds/22/") == 1


def test_the_shelf_holds_so_many_bytes(settings):
    settings.KEPT_PAGES_BYTES = 1_000_000
    middleware = PagesMiddleware(lambda request: HttpResponse(request.GET["q"] * 1_000))
    for number in range(500):
        middleware(RequestFactory().get("/", {"q": f"{number}"}))
    assert 900_000 < middleware.shelf.bytes <= 1_000_000


def test_the_shelf_counts_long_addresses(settings):
    settings.KEPT_PAGES_BYTES = 1_000_000
    middleware = PagesMiddleware(lambda request: HttpResponse())
    for number in range(100):
        middleware(RequestFactory().get("/", {"q": f"{number}" * 8_000}))
    assert 500_000 < middleware.shelf.bytes <= 1_000_000


@pytest.mark.usefixtures("kept_parts")
def test_a_list_that_was_kept_shows_no_card_of_a_draft(client, settings):
    settings.EDITION_SECONDS = 60  # the edition that is known is over
    client.get("/?year=2020")
    Round.objects.filter(number=5).update(publication="draft", summary="A quokka was seen.")
    assert "quokka" not in get_page(client, "/").text


def test_a_page_that_is_gone_is_not_given_again(client, raise_edition):
    assert client.get("/rounds/5/").status_code == 200
    Round.objects.filter(number=5).update(publication="draft")
    raise_edition()
    assert client.get("/rounds/5/").status_code == 404
    client.raise_request_exception = False
    away = OperationalError("away")
    with mock.patch("rounds.views.rounds.Round.objects.visible_to", side_effect=away):
        assert client.get("/rounds/5/").status_code == 503


def test_another_day_has_its_own_pages(client):
    client.get("/promises/")
    assert not client.get("/promises/").templates
    tomorrow = timezone.localdate() + timedelta(days=1)
    with mock.patch("django.utils.timezone.localdate", return_value=tomorrow):
        assert client.get("/promises/").templates


def test_a_kept_page_says_that_it_is_read_today(client):
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    read = get_page(client, "/promises/").one("#cite")
    assert f"As you read it on {written(today)}." in read.text
    with mock.patch("django.utils.timezone.localdate", return_value=tomorrow):
        for _ in range(2):
            read = get_page(client, "/promises/").one("#cite")
            assert f"As you read it on {written(tomorrow)}." in read.text
            assert f"access-date={tomorrow.isoformat()}" in read.facts["Wikipedia"]
            assert written(today) not in read.one("p").text


def test_a_page_whose_address_was_changed_is_given_no_more(client, raise_edition):
    assert client.get("/rounds/22/").status_code == 200
    round_ = Round.objects.get(number=22)
    round_.number = 101
    round_.save()
    raise_edition()
    for _ in range(2):
        assert client.get("/rounds/22/").headers["Location"] == "/rounds/101/"
    round_.number = 22
    round_.save()
    raise_edition()
    assert client.get("/rounds/22/").status_code == 200
    assert client.get("/rounds/101/").headers["Location"] == "/rounds/22/"


@pytest.mark.parametrize("accepted", ["br, gzip", "gzip", ""])
def test_a_picture_is_kept_and_goes_out_as_it_is(client, accepted):
    first = client.get("/cards/rounds/22.png").content
    response = client.get("/cards/rounds/22.png", headers={"Accept-Encoding": accepted})
    assert response.content == first
    assert first.startswith(b"\x89PNG")
    assert "Content-Encoding" not in response.headers
    assert "Vary" not in response.headers
    assert response.headers["Cache-Control"] == PUBLIC
    assert queries(client, "/cards/rounds/22.png") == 1
    tag = response.headers["ETag"]
    again = client.get("/cards/rounds/22.png", headers={"If-None-Match": tag})
    assert again.status_code == 304
