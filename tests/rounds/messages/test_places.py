import pytest
from django.test import Client

from rounds.messages.places import Place, place_of
from rounds.models import Round
from tests.addresses import NOT_FOUND, OF_THE_MOMENT, PAGES
from tests.factories import make_evidence, make_full_round, make_hidden_round, make_paragraph
from tests.pages import get_page

pytestmark = pytest.mark.django_db
ADDRESSES = sorted({one.partition("?")[0] for one in (*PAGES, *OF_THE_MOMENT)})


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_page_can_be_written_about(path):
    assert place_of(path).path == path


def test_a_page_of_a_thing_says_what_it_is_of():
    assert place_of("/rounds/22/").subject == "Round 22"
    assert place_of("/compare/21/22/").subject == "Round 21, Round 22"
    assert place_of("/participants/turkiye/").subject == "Türkiye"
    assert place_of("/topics/").subject == ""
    assert place_of("") == Place()


@pytest.mark.parametrize(
    "path",
    [
        *(one for one in NOT_FOUND if "?" not in one and one != "/compare/22/22/"
          and one != "/statements/compare/22/22/"),
        "//example.org/",
        "//example.org/rounds/22/",
        "https://example.org/rounds/22/",
        "javascript:alert(1)",
        "/\\example.org/",
        "rounds/22/",
        "/rounds/22",
        "/rounds/22/?q=1",
        "/rounds/22/#outcome-1",
        "/rounds/22/\n",
        "/rounds/22/\r\nBcc: a@example.org",
        "/topics/\0/",
        "/admin/",
        "/admin/rounds/round/",
        "/healthz",
        "/static/icon.svg",
        f"/rounds/{'9' * 5000}/",
        f"/topics/{'x' * 5000}/",
    ],
)  # fmt: skip
def test_what_is_no_page_of_readers_is_no_place(path):
    assert place_of(path) is None


def test_what_is_not_public_is_no_place_to_anybody(blank):
    make_full_round(102)
    hidden = make_hidden_round()
    topic = hidden.agenda_items.first().topic
    person = hidden.delegations.filter(role="guarantor").get().head.person
    paths = ["/rounds/101/", f"/topics/{topic.slug}/", "/compare/101/102/"]
    paths += [person.get_absolute_url(), hidden.commitments.first().get_absolute_url()]
    assert [place_of(path) for path in paths] == [None] * len(paths)
    Round.objects.update(publication="published")
    assert [place_of(path).path for path in paths] == paths


@pytest.mark.parametrize("number", [4, 16, 22])
def test_facts_stand_in_the_order_of_the_page(number):
    page = get_page(Client(), f"/rounds/{number}/").ids
    for kind, facts in place_of(f"/rounds/{number}/").facts.items():
        anchors = [fact.anchor for fact in facts]
        assert len(anchors) == len(set(anchors))
        assert [one for one in page if one in anchors] == anchors, kind


def test_every_kind_of_fact_on_the_page_is_there(blank):
    round_ = make_full_round(101)
    make_paragraph(round_.documents.get(), gist="Calm was welcomed.")
    facts = place_of("/rounds/101/").facts
    assert list(facts) == [
        "Sessions",
        "Agenda items",
        "Delegations",
        "Outcomes",
        "Documents",
        "Paragraphs",
        "Commitments",
        "Disputes",
        "Claims",
    ]
    ids = get_page(Client(), "/rounds/101/").ids
    assert {fact.anchor for group in facts.values() for fact in group} <= set(ids)
    # Evidence stands on the page of its commitment.
    anchor = make_evidence(round_.commitments.get()).anchor
    assert not place_of("/rounds/101/").fact(anchor)


def test_a_fact_is_told_in_brief_and_kept_in_full(blank):
    round_ = make_full_round(101)
    paper, text = round_.documents.get(), "They agreed. " * 30
    paper.title = "A statement of a very long name " * 4
    paper.save()
    make_paragraph(paper, gist="Calm was welcomed.", number=3)
    outcome = round_.outcomes.get()
    outcome.text = text
    outcome.save()
    place = place_of("/rounds/101/")
    point = place.fact("document-1-point-3")
    assert point.brief == "Point 3: Calm was welcomed. (Read in the text)"
    assert point.wording.endswith("Point 3: Calm was welcomed.")
    assert len(place.fact("outcome-1").brief) < 110
    assert place.fact("outcome-1").wording == f"Agreement: {text}"


def test_a_topic_at_several_stages_is_one_place(blank):
    round_ = make_full_round(101)
    item = round_.agenda_items.get()
    round_.agenda_items.create(topic=item.topic, stage="agenda", note="Named before.")
    fact = place_of("/rounds/101/").fact(item.anchor)
    assert fact.brief == f"{item.topic} (Statement, Announced)"
    assert fact.wording.splitlines() == [
        f"Statement: {item.topic}",
        f"Announced: {item.topic}: Named before.",
    ]
