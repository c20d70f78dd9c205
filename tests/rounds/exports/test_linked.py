"""Linked data in pages, read by rdflib as any other reader of JSON-LD does."""

import json

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SDO

from rounds import editions
from rounds.models import Delegation, Round
from tests.addresses import WAYS_IN
from tests.factories import make_delegation, make_round, make_topic
from tests.pages import Part, assert_valid, get_page, page_of, public_page

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib"),  # of its own classes
]

BLOCK = 'script[type="application/ld+json"]'
HOST = "http://testserver"
# What the context of schema.org, which no reader may be asked for here, says of these.
CONTEXT = {"@vocab": str(SDO), **{name: {"@type": "@id"} for name in ("url", "item", "license")}}


def said(page: Part) -> list[dict]:
    return [json.loads(block.node.text()) for block in page.all(BLOCK)]


def graph_of(thing: dict) -> Graph:
    """What a reader makes of it; every word of it is one of schema.org."""
    assert thing["@context"] == "https://schema.org"
    graph = Graph().parse(data=json.dumps(thing | {"@context": CONTEXT}), format="json-ld")
    words = {*graph.predicates(), *graph.objects(predicate=RDF.type)} - {RDF.type}
    # Of an action schema.org says in the name of the property what is to be put in.
    assert {str(word) for word in words if word not in SDO} <= {f"{SDO}query-input"}
    return graph


def names(graph: Graph, subject: URIRef, predicate: URIRef) -> set[str]:
    return {str(graph.value(one, SDO.name)) for one in graph.objects(subject, predicate)}


def test_every_round_is_an_event(client):
    for round_ in Round.objects.with_everything():
        thing, _trail = said(get_page(client, round_.get_absolute_url()))
        graph = graph_of(thing)
        (event,) = graph.subjects(RDF.type, SDO.Event)
        address = URIRef(HOST + round_.get_absolute_url())
        assert event == address + "#event"
        assert graph.value(event, SDO.url) == address
        assert graph.value(event, SDO.startDate) == Literal(round_.start.isoformat())
        assert graph.value(event, SDO.endDate) == Literal(round_.end.isoformat())
        assert graph.value(event, SDO.description) == Literal(round_.summary)
        assert graph.value(event, SDO.eventStatus) == Literal(str(SDO.EventScheduled))
        place = graph.value(event, SDO.location)
        assert str(graph.value(place, SDO.name)) == (round_.venue or round_.city)
        postal = graph.value(place, SDO.address)
        assert graph.value(postal, SDO.addressLocality) == Literal(round_.city)
        assert graph.value(postal, SDO.addressCountry) == Literal(round_.country.code)
        delegations = round_.delegations.exclude(attendance=Delegation.Attendance.ABSENT)
        assert names(graph, event, SDO.organizer) == {
            one.participant.name for one in delegations.filter(role="guarantor")
        }
        assert names(graph, event, SDO.attendee) == {
            one.participant.name for one in delegations.filter(attendance="attended")
        }
        topics = {str(item.topic) for item in round_.agenda_items.all()}
        assert names(graph, event, SDO.about) == topics
        papers = {one.title for one in (*round_.documents.all(), *round_.sources.all())}
        assert names(graph, event, SDO.subjectOf) == papers
        assert names(graph, event, SDO.superEvent) == {"Astana process"}


def test_what_is_not_recorded_is_left_out(client, blank):
    round_ = make_round(101, date_precision="month", status="postponed", venue="")
    round_.sources.clear()
    event, _trail = said(get_page(client, "/rounds/101/"))
    assert event["startDate"] == round_.start.isoformat()[:7]
    assert event["eventStatus"] == "https://schema.org/EventPostponed"
    assert event["location"]["name"] == round_.city
    assert event.keys().isdisjoint({"organizer", "attendee", "about", "subjectOf"})
    delegation = make_delegation(round_, role="guarantor", attendance="absent")
    assert "organizer" not in said(get_page(client, "/rounds/101/"))[0]
    delegation.attendance = "unknown"
    delegation.save()
    event, _trail = said(get_page(client, "/rounds/101/"))
    assert "organizer" in event
    assert "attendee" not in event


def test_a_draft_is_an_event_to_nobody(editor_client, blank):
    make_round(101, publication="draft")
    page = get_page(editor_client, "/rounds/101/")
    assert said(page) == []


def test_no_text_ends_the_block(client, blank):
    text = "</script><script>alert()</script> <!-- & \u2028\u2029 ' \" \\ end"
    make_round(101, summary=text)
    response = client.get("/rounds/101/")
    assert_valid(response)
    event, _trail = said(page_of(response))
    assert event["description"] == text
    assert page_of(response).all("script:not([src]):not([type='application/ld+json'])") == []
    topic = make_topic(label="Aid & “relief” for </script>")
    (trail,) = said(get_page(client, topic.get_absolute_url()))
    assert trail["itemListElement"][-1]["name"] == topic.label


def test_a_round_is_below_the_timeline(client):
    _event, trail = said(get_page(client, "/rounds/22/"))
    assert [(one["name"], one["item"]) for one in trail["itemListElement"]] == [
        ("Timeline", f"{HOST}/"),
        ("Round 22", f"{HOST}/rounds/22/"),
    ]


def test_breadcrumbs_are_said_as_they_are_shown():
    for address in WAYS_IN:
        page = public_page(address)
        trails = [graph_of(one) for one in said(page) if one["@type"] == "BreadcrumbList"]
        shown = page.links(".breadcrumbs a") or ["/"]
        assert len(trails) == page.has(".breadcrumbs, .neighbours"), address
        for graph in trails:
            steps = sorted(
                (int(graph.value(one, SDO.position)), str(graph.value(one, SDO.item)))
                for one in graph.subjects(RDF.type, SDO.ListItem)
            )
            path = address.partition("?")[0]
            assert [step for _place, step in steps] == [HOST + one for one in (*shown, path)]


def test_the_site_says_how_it_is_searched(client):
    (thing,) = said(get_page(client, "/"))
    graph = graph_of(thing)
    (target,) = graph.objects(predicate=SDO.urlTemplate)
    asked = str(target).removeprefix(HOST).replace("{query}", "hostages")
    assert get_page(client, asked).has("a.hit")
    assert said(get_page(client, "/?topic=idlib")) == []


def test_the_data_are_a_dataset(client):
    page = get_page(client, "/data/")
    thing, _trail = said(page)
    graph = graph_of(thing)
    (dataset,) = graph.subjects(RDF.type, SDO.Dataset)
    assert graph.value(dataset, SDO.url) == URIRef(f"{HOST}/data/")
    assert graph.value(dataset, SDO.version) == Literal(f"edition-{editions.current().number}")
    assert graph.value(dataset, SDO.temporalCoverage) == Literal("2017-01-23/2024-11-12")
    assert graph.value(dataset, SDO.license).startswith("https://creativecommons.org/")
    assert names(graph, dataset, SDO.creator) == {"Astana process tracker"}
    assert names(graph, dataset, SDO.spatialCoverage) == {"Astana", "Sochi", "Nur-Sultan"}
    files = {
        str(graph.value(one, SDO.contentUrl)): str(graph.value(one, SDO.sha256))
        for one in graph.objects(dataset, SDO.distribution)
    }
    offers = zip(page.links(".files a"), page.texts(".digest code"), strict=True)
    assert files == {HOST + address: digest for address, digest in offers}
