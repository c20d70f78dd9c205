"""What holds for every public page."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import resolve

from rounds import editions, urls
from rounds.models import Round
from rounds.pages.kept import MOMENTARY, PUBLIC
from rounds.participants.models import Participant, Person
from rounds.selection.parameters import Parameter, taken_by
from rounds.sources.models import Source
from rounds.topics.models import Topic
from tests.addresses import (
    API,
    EMBEDS,
    FEEDS,
    FORMATS,
    NOT_FOUND,
    OF_THE_MOMENT,
    PAGES,
    PARENTS,
    REFERENCES,
    WAYS_IN,
)
from tests.pages import answer, assert_valid, get_page, page_of, public_page

pytestmark = pytest.mark.django_db

# Of what they ask for there is no end.
ENDLESS = {
    "/?topic=nothing&date_after=never&year=1999&unknown=1",
    "/sources/?year=1066",
    "/topics/refugee-return/?stage=x",
    "/commitments/?round=4&participant=x",
    "/search/?q=syria&kind=nonsense",
    "/no/such/page/",
    "/topics",
}
NO_HTML = {"/compare/22/21/", *FORMATS, *FEEDS, *REFERENCES, *API}
WALKED = {*PAGES, *NOT_FOUND, *PARENTS, *NO_HTML, *EMBEDS, *ENDLESS}


@pytest.mark.parametrize("address", [*PAGES, *OF_THE_MOMENT, *NOT_FOUND])
def test_html_is_valid(address):
    response = answer(address)
    assert response.status_code == (404 if address in NOT_FOUND else 200)
    assert_valid(response)


@pytest.mark.parametrize("address", [*PAGES, *OF_THE_MOMENT, *NOT_FOUND, "/healthz", "/rounds.xyz"])
def test_no_cookie_and_all_security_headers(address):
    response = answer(address)
    assert response.cookies == {}
    policy = set(response.headers["Content-Security-Policy"].split("; "))
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= policy
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response.headers["Permissions-Policy"].startswith("camera=()")


@pytest.mark.parametrize("address", [*WAYS_IN, "/", "/rounds/16/", "/no/such/page/"])
def test_every_page_bears_its_address_and_edition_in_print(address):
    edition = public_page(address, 404 if address in NOT_FOUND else 200).one("#edition")
    assert edition.one(".printed[hidden]").text == f"http://testserver{address}"
    assert edition.text.startswith(f"Edition {editions.current().number} of the record")


def test_the_address_in_print_says_what_was_asked_for_in_its_one_way(client):
    page = get_page(client, "/?topic=idlib&stage=&year=2018&order=newest")
    assert page.one(".printed").text == "http://testserver/?topic=idlib&year=2018"


@pytest.mark.parametrize("address", PAGES)
def test_on_every_page_a_mistake_is_reported_of_that_page(address):
    path = address.partition("?")[0]
    (link,) = page_of(answer(address)).links(".site-footer .report a")
    assert link == f"/report/?page={path}"


@pytest.mark.parametrize("address", sorted(WALKED))
def test_answers_are_the_same_for_everybody(client, address):
    response = answer(address)
    assert response.headers["Cache-Control"] == (MOMENTARY if address in ENDLESS else PUBLIC)
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.cookies == {}
    client.cookies["sessionid"] = "made-up"
    assert client.get(address).content == response.content


@pytest.mark.parametrize("address", PARENTS)
def test_what_addresses_begin_with_leads_to_their_list(client, address):
    assert client.get(address).headers["Location"] == PARENTS[address]
    asked = client.get(f"{address}?q=%25&year=2018")
    assert asked.headers["Location"] == f"{PARENTS[address]}?q=%25&year=2018"


@pytest.mark.parametrize("address", PAGES)
def test_no_address_begins_with_one_that_leads_nowhere(client, address):
    steps = address.partition("?")[0].strip("/").split("/")
    for last in range(1, len(steps)):
        beginning = "/".join(["", *steps[:last], ""])
        assert beginning in PARENTS or client.get(beginning).status_code == 200


@pytest.mark.parametrize("address", OF_THE_MOMENT)
def test_what_is_of_the_moment_is_kept_by_nobody(client, address):
    response = client.get(address)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.cookies == {}
    assert get_page(client, address).one('meta[name="robots"]').attributes["content"] == "noindex"


def test_every_kind_of_address_is_walked():
    walked = WALKED.union(OF_THE_MOMENT) - ENDLESS
    views = {resolve(address.partition("?")[0]).url_name for address in walked}
    # Of previews, each has an address that nobody else can make up; of nothing there is no end;
    # the icon is kept for longer than what is said of the record.
    others = {"preview", "api_nothing", "favicon"}
    assert views == {pattern.name for pattern in urls.urlpatterns} - others


# The first page of each kind that takes parameters.
TAKING = {
    resolve(address).url_name: address
    for address in (one.partition("?")[0] for one in reversed(PAGES))
    if taken_by(resolve(address).func)
}.values()


def test_every_page_that_takes_parameters_is_walked():
    taking = {one.name for one in urls.urlpatterns if taken_by(one.callback)}
    others = {
        resolve(one.partition("?")[0]).url_name for one in (*NO_HTML, *EMBEDS, *OF_THE_MOMENT)
    }
    assert {resolve(one).url_name for one in TAKING} == taking - others


@pytest.mark.parametrize("address", sorted(TAKING))
def test_what_changes_nothing_is_said(client, address):
    parameters = taken_by(resolve(address).func)
    name = next(name for name, one in parameters.items() if not one.is_repeatable)
    notices = get_page(client, f"{address}?lang=ru&{name}=2&{name}=1").texts(".notice")
    assert [one for one in notices if "changes nothing" in one] == [
        "The address also has “lang”, which is not a filter here and changes nothing."
    ]
    assert [one for one in notices if "several values" in one] == [
        f"The address has several values of “{name}”, of which one counts here: “1”, not “2”."
    ]
    page = get_page(client, address)
    assert "changes nothing" not in page.text
    assert "several values" not in page.text


# Of a list; that of a report is the page it is about.
PAGED = [one for one in sorted(TAKING) if taken_by(resolve(one).func).get("page") == Parameter("1")]


@pytest.mark.parametrize("number", ["999", "0", "-1", "x", "9" * 5000])
@pytest.mark.parametrize("address", PAGED)
def test_a_page_beyond_the_list_leads_to_its_first(client, address, number):
    rest = "q=syria&kind=source" if address == "/search/" else ""
    page = get_page(client, f"{address}?{rest}&page={number}", 404)
    assert page.one("h1").text.startswith(f"This list has no page {number[:19]}")
    assert "The list is shorter now" in page.one("main").text
    assert page.links("main a") == [f"{address}?{rest}"]
    get_page(client, page.links("main a")[0])


def test_an_address_that_leads_nowhere_speaks_of_no_list(client):
    assert get_page(client, "/no/such/page/?page=2", 404).one("h1").text == "There is no such page"


@pytest.mark.parametrize("address", WAYS_IN)
def test_editors_see_every_kind_of_page(editor_client, address):
    assert editor_client.get(address).status_code == 200


@pytest.mark.parametrize("number", [10_000, 2**31, 2**63, "9" * 5000])
@pytest.mark.parametrize(
    "address", ["/rounds/{}/", "/compare/{}/1/", "/compare/1/{}/", "/?page={}", "/sources/?page={}"]
)
def test_numbers_beyond_all_lead_nowhere(client, address, number):
    assert client.get(address.format(number)).status_code == 404


@pytest.mark.parametrize("model", [Topic, Participant, Person, Source])
def test_every_object_has_its_page(model):
    objects = model.objects.visible_to(AnonymousUser())
    for one in objects[:: len(objects) // 100 + 1]:  # of the many sources some
        heading = public_page(one.get_absolute_url()).one("h1").text
        assert (one.title if model is Source else str(one)) in heading


def test_every_fact_is_at_most_three_clicks_away():
    reached, found = {"/"}, {"/"}
    for _click in range(3):
        links = {
            link.partition("#")[0].partition("&page=milestone-")[0]  # there is one page of them
            for address in sorted(found)
            for link in public_page(address).links('a[href^="/"]')
            if "?" not in link or link.startswith("/?milestones=on&page=milestone-")
        }
        pages = {one for one in links - reached if one.endswith("/") or "?" in one}
        found = {one for one in pages if not one.startswith("/sources/")}
        reached |= links
    for model in (Round, Topic, Participant, Person):
        assert {one.get_absolute_url() for one in model.objects.all()} <= reached
    relations = [relation.name for relation in Source._meta.related_objects]
    for source in Source.objects.prefetch_related(*(f"{name}_set" for name in relations)):
        is_cited = any(getattr(source, f"{name}_set").all() for name in relations)
        assert source.get_absolute_url() in reached or not is_cited
