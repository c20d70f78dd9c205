"""What the API answers: lists, records, and why not."""

import json

import pytest
from django.test import Client

from rounds.models import Round
from rounds.pages.kept import MOMENTARY, PUBLIC
from rounds.topics.models import Topic
from tests.factories import make_full_round, make_session, sourced

pytestmark = pytest.mark.django_db

ROOT = "http://testserver"


def answer(client: Client, address: str, status: int = 200, **headers: str) -> dict:
    response = client.get(f"/api/v1/{address}", headers=headers)
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/json")
    return json.loads(response.content)


def numbers(client: Client, query: str) -> list[int]:
    return [row["number"] for row in answer(client, f"rounds/?{query}")["results"]]


def test_what_there_is_leads_to_every_list(client):
    found = answer(client, "")
    for name, address in found["lists"].items():
        assert address == f"{ROOT}/api/v1/{name}/"
        assert answer(client, f"{name}/?page_size=1")["count"] > 0


@pytest.mark.parametrize(
    "query",
    [
        "",
        "topic=hostages&stage=statement",
        "participant=jordan&role=observer&order=oldest",
        "absent=syrian-opposition",
        "person=alexander-lavrentyev&year=2018&year=2019",
        "q=detainees&city=Sochi",
        "commitment=kept&date_after=2018-01-01",
    ],
)
def test_the_rounds_are_those_of_the_exports_in_their_order(client, query):
    export = json.loads(client.get(f"/rounds.json?{query}").content)
    assert numbers(client, query) == [one["number"] for one in export["rounds"]]


def test_parts_are_those_of_the_rounds_that_are_asked_for(client):
    rounds = set(numbers(client, "topic=hostages&stage=statement"))
    agenda = answer(client, "agenda/?topic=hostages&stage=statement&page_size=200&order=oldest")
    assert {row["round"] for row in agenda["results"]} == rounds
    assert agenda["results"][0]["round"] == min(rounds)


@pytest.mark.parametrize(
    ("address", "key"),
    [("commitments/?verdict=kept&topic=idlib", "slug"), ("sources/?round=4&language=ru", "slug")],
)
def test_commitments_and_sources_have_the_filters_of_their_exports(client, address, key):
    name, _, query = address.partition("/?")
    export = json.loads(client.get(f"/{name}.json?{query}").content)
    rows = answer(client, f"{address}&page_size=200")["results"]
    assert [row[key] for row in rows] == [one[key] for one in export[name]]


def test_pages_lead_on_and_back(client):
    first = answer(client, "rounds/?page_size=10&order=oldest&fields=number,city")
    assert (first["count"], first["previous"]) == (22, None)
    assert first["results"][0] == {"number": 1, "city": "Astana"}
    seen, page = [first], first
    while page["next"]:
        page = json.loads(client.get(page["next"]).content)
        seen.append(page)
    assert [row["number"] for one in seen for row in one["results"]] == [*range(1, 23)]
    assert json.loads(client.get(seen[1]["previous"]).content) == first


def test_a_round_is_what_its_document_has(client):
    found, document = (
        answer(client, "rounds/22/"),
        json.loads(client.get("/rounds/22.json").content),
    )
    for one in (found, document):
        del one["about"]["address"]
        # Django writes Z where Python writes an offset.
        one["about"]["changed"] = one["about"]["changed"][:19]
    assert found == document


def test_a_record_has_its_parts_and_its_sources_once(client):
    found = answer(client, "commitments/r4-four-areas/")
    evidence = found["commitment"]["evidence"]
    assert [one["number"] for one in evidence] == [*range(1, len(evidence) + 1)]
    assert "commitment" not in evidence[0]
    slugs = [one["slug"] for one in found["sources"]]
    named = {*found["commitment"]["sources"], *(s for one in evidence for s in one["sources"])}
    assert slugs == sorted(named)


def test_fields_narrow_a_record_and_its_sources(client):
    found = answer(client, "delegations/22_turkiye/?fields=role,members")
    assert set(found["delegation"]) == {"role", "members"}
    assert found["sources"] == []
    assert answer(client, "delegations/22_turkiye/?fields=sources")["sources"]


def test_a_session_without_a_day_is_found_by_what_is_known(client, blank):
    round_ = make_full_round(101)
    make_session(round_, kind="trilateral", day=None)
    make_session(round_, kind="trilateral", day=round_.start)
    sourced(round_)
    assert answer(client, "sessions/101_trilateral/")["session"]["day"] is None
    assert answer(client, f"sessions/101_trilateral_{round_.start}/")["session"]["day"]
    answer(client, "sessions/101_trilateral_2021-02-30/", 404)


def test_old_slugs_and_numbers_lead_to_those_of_today(client):
    topic = Topic.objects.get(slug="hostages")
    topic.slug = "captives"
    topic.save()
    round_ = Round.objects.get(number=22)
    round_.number = 23
    round_.save()
    for old, new in (
        ("topics/hostages/", "topics/captives/"),
        ("rounds/22/?fields=city", "rounds/23/?fields=city"),
        ("delegations/22_turkiye/", "delegations/23_turkiye/"),
        ("rounds/?topic=hostages", "rounds/?topic=captives"),
    ):
        response = client.get(f"/api/v1/{old}")
        assert (response.status_code, response.headers["Location"]) == (301, f"/api/v1/{new}")


REFUSED = {
    "rounds/?topic=x": "topic",
    "rounds/?lang=ru": "lang",
    "rounds/?format=xml": "format",
    "rounds/?year=1999&order=up": "order",
    "rounds/?order=newest&order=oldest&order=newest": "order",
    "rounds/?fields=number,pk": "fields",
    "rounds/22/?expand=all": "expand",
    "topics/?topic=hostages": "topic",
    "topics/?q=%00": "q",
    "commitments/?verdict=x": "verdict",
    "sources/?year=1066": "year",
    "schema.json?lang=ru": "lang",
    **{f"rounds/?page={value}": "page" for value in ("0", "-1", "x", "%D9%A1", "1_0", "9" * 5000)},
    **{f"rounds/?page_size={value}": "page_size" for value in ("0", "-5", "201", "x", "1e2")},
    **{
        f"topics/?modified_since={value}": "modified_since"
        for value in ("x", "2026-02-30", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00Z%00", "12")
    },
}


@pytest.mark.parametrize("address", REFUSED)
def test_what_makes_no_sense_is_refused_by_its_name(client, address):
    faults = answer(client, address, 400)["errors"]
    assert REFUSED[address] in faults
    assert all(sentence.endswith(".") for some in faults.values() for sentence in some)
    assert client.get(f"/api/v1/{address}").headers["Cache-Control"] == MOMENTARY


@pytest.mark.parametrize(
    "address",
    [
        "nothing/",
        "rounds/nothing/at/all/",
        "rounds/99/",
        "rounds/99999999999999999999/",
        "rounds/-1/",
        "rounds/x/",
        "rounds/%00/",
        "topics/%00/",
        "topics/\U0001f4a3/",
        "delegations/22_nobody/",
        "rounds/?page=2",
        "rounds/?page=999999",
        "topic-names/x/",
    ],
)
def test_what_is_not_there_is_a_404_that_says_so(client, address):
    (sentence,) = answer(client, address, 404)["errors"]
    assert sentence


@pytest.mark.parametrize(
    "accepted", ["text/html", "application/xml", "*/*;q=0", "\xff/", ";;;q=x", "a" * 8000]
)
def test_whatever_is_accepted_json_is_given(client, accepted):
    assert answer(client, "rounds/?year=2018", Accept=accepted)["count"] > 0
    answer(client, "nothing/", 404, Accept=accepted)


def test_long_values_and_many_parameters_are_refused(client):
    answer(client, f"rounds/?q={'x' * 8000}", 400)
    answer(client, f"rounds/?fields={'x,' * 4000}", 400)
    answer(client, "rounds/?" + "&".join(f"p{number}=x" for number in range(1000)), 400)
    answer(client, f"topics/{'x' * 8000}/", 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/api/v1/rounds/", "/api/v1/nothing/", "/rounds.json"])
def test_it_is_only_to_read(client, method, address):
    response = getattr(client, method)(address)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert json.loads(response.content)["errors"]


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("/api/v1/", True),
        ("/api/v1/rounds/22/", True),
        ("/api/v1/rounds/?topic=x", True),
        ("/api/v1/nothing/", True),
        ("/rounds.json", True),
        ("/rounds.csv?topic=x", True),
        ("/matrix/topics.csv", True),
        ("/", False),
        ("/rounds/22/", False),
        ("/search/suggest/?q=iran", False),
        ("/admin/login/", False),
    ],
)
def test_scripts_of_others_may_read_what_is_for_programs(client, address, is_open):
    response = client.get(address, headers={"Origin": "https://example.org"})
    assert response.headers.get("Access-Control-Allow-Origin") == ("*" if is_open else None)
    assert "Access-Control-Allow-Credentials" not in response.headers
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    preflight = client.options(address, headers=asked)
    if is_open:
        assert preflight.status_code == 204
        assert "GET" in preflight.headers["Access-Control-Allow-Methods"]
        assert preflight.headers["Access-Control-Allow-Headers"] == "*"
    else:
        assert "Access-Control-Allow-Methods" not in preflight.headers


def test_editors_get_what_everybody_gets(client, editor_client):
    Round.objects.filter(number=22).update(publication="draft")
    for address in ("rounds/?page_size=3", "rounds/21/", "delegations/", "sources/?page=2"):
        assert answer(editor_client, address) == answer(client, address)
    answer(editor_client, "rounds/22/", 404)


def test_answers_are_kept_and_have_a_tag(client, settings):
    settings.KEPT_PAGES_BYTES = 8_000_000
    visitor = Client()
    for address in ("rounds/?topic=hostages", "rounds/22/", "topics/?page_size=5&fields=slug"):
        first = visitor.get(f"/api/v1/{address}")
        assert first.headers["Cache-Control"] == PUBLIC
        assert first.cookies == {}
        assert first.headers["Vary"] == "Accept-Encoding"
        tag = {"If-None-Match": first.headers["ETag"]}
        again = visitor.get(f"/api/v1/{address}", headers=tag)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Access-Control-Allow-Origin"] == "*"
        head = visitor.head(f"/api/v1/{address}")
        assert (head.status_code, head.content) == (200, b"")
