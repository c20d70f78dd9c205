"""What is found, with the real record: the same answers on both databases."""

from datetime import date

import pytest

from rounds.access import Visitor
from rounds.addresses import on_timeline
from rounds.models import Claim, Dispute, Milestone, Round, Session
from rounds.querysets import SearchEntryQuerySet
from rounds.search.entries import entries_seen_by
from tests.factories import (
    make_agenda_item,
    make_claim,
    make_delegation,
    make_dispute,
    make_document,
    make_member,
    make_milestone,
    make_name,
    make_outcome,
    make_participant,
    make_person,
    make_round,
    make_session,
    make_source,
    make_topic,
)
from tests.pages import get_page, hit_totals, hits, search

pytestmark = pytest.mark.django_db

UNSCR_2254 = on_timeline("milestone-unscr-2254", milestones="on")
UNSCR_2336 = on_timeline("milestone-unscr-2336", milestones="on")


@pytest.mark.parametrize(
    ("query", "kind", "first"),
    [
        ("Turkey", "participant", "/participants/turkiye/"),
        ("TÜRKİYE", "participant", "/participants/turkiye/"),
        ("turkiye", "participant", "/participants/turkiye/"),
        ("Yildiz", "person", "/people/ahmet-yildiz/"),
        ("yıldız", "person", "/people/ahmet-yildiz/"),
        ("Lavrentiev", "person", "/people/alexander-lavrentyev/"),
        ("Лаврентьев", "person", "/people/alexander-lavrentyev/"),
        ("الجعفري", "person", "/people/bashar-jaafari/"),
        ("prisoners", "topic", "/topics/hostages/"),
        ("prisoner", "topic", "/topics/hostages/"),
        ("refugee", "topic", "/topics/refugee-return/"),
        ("refugees", "topic", "/topics/refugee-return/"),
        ("Resolution 2254", "topic", "/topics/political-settlement/"),
        (
            "Security Council 2254",
            "milestone",
            UNSCR_2254,
        ),
        (
            "UNSCR 2254",
            "milestone",
            UNSCR_2254,
        ),
        (
            "UNSC 2336",
            "milestone",
            UNSCR_2336,
        ),
        (
            "S/RES/2254",
            "milestone",
            UNSCR_2254,
        ),
        ("round 7", "round", "/rounds/7/"),
        ("Astana 16", "round", "/rounds/16/"),
        ("astana-10", "round", "/rounds/10/"),
        ("Astana 1", "round", "/rounds/1/"),
        ("16th round", "round", "/rounds/16/"),
        ("22nd Astana round", "round", "/rounds/22/"),
        ("unhcr", "participant", "/participants/unhcr/"),
        ("dipnote 2017", "source", None),
    ],
)
def test_questions_have_the_expected_first_hit(client, query, kind, first):
    page = search(client, query)
    if first is None:
        assert hit_totals(page) == {}
    else:
        assert next(iter(hit_totals(page))) == kind
        assert hits(page, kind)[0] == first


def test_every_kind_is_found_under_its_address(client, blank):
    round_ = make_round(101, summary="Quokka one.")
    topic = make_topic(label="Quokka two")
    participant = make_participant(name="Quokka three")
    person = make_person(name="Quokka four", participant=participant)
    delegation = make_delegation(round_, participant=participant)
    make_member(delegation, person=person)
    milestone = make_milestone(title="Quokka five")
    outcome = make_outcome(round_, text="Quokka six.")
    make_agenda_item(round_, topic=topic, note="Quokka seven.")
    document = make_document(round_, title="Quokka eight")
    session = make_session(round_, kind="expert", day=date(2021, 1, 26))
    dispute = make_dispute(round_, subject="Quokka ten")
    claim = make_claim(dispute, value="Quokka eleven")
    source = make_source(title="Quokka nine")
    claim.sources.add(source)
    page = search(client, "quokkas")
    found = {kind: hits(page, kind) for kind in hit_totals(page)}
    assert found == {
        "round": ["/rounds/101/"],
        "topic": [f"/topics/{topic.slug}/"],
        "participant": [f"/participants/{participant.slug}/"],
        "person": [f"/people/{person.slug}/"],
        "milestone": [milestone.get_absolute_url()],
        "outcome": [f"/rounds/101/#outcome-{outcome.number}"],
        "agendaitem": [f"/rounds/101/#topic-{topic.slug}"],
        "delegation": [f"/rounds/101/#delegation-{participant.slug}"],
        "dispute": [f"/rounds/101/#dispute-{dispute.number}"],
        "claim": [f"/rounds/101/#dispute-{dispute.number}-claim-{claim.number}"],
        "document": [f"/rounds/101/#document-{document.number}"],
        "source": [f"/sources/{source.slug}/"],
    }
    expert = search(client, "expert meeting", kind="session")
    assert hits(expert, "session") == [f"/rounds/101/#{session.anchor}"]


@pytest.mark.parametrize("query", ["Last day", "last days"])
def test_disputes_are_found(client, query):
    assert hits(search(client, query), "dispute") == ["/rounds/1/#dispute-1"]


def test_every_dispute_claim_and_session_is_found(client):
    for model in (Dispute, Claim, Session):
        for one in model.objects.with_words():
            title = " ".join(one.words().title.split()[:10])
            page = search(client, title, kind=model._meta.model_name)
            assert one.get_absolute_url() in hits(page, model._meta.model_name), title


def test_other_spellings_find_what_texts_mention(client, blank):
    make_name(make_participant(name="Türkiye"), "Turkey")
    make_outcome(make_round(101), text="Türkiye takes part.")
    make_outcome(make_round(102), text="Turkey takes part.")
    for query in ("Turkey", "Türkiye", "türkiye's part"):
        assert hit_totals(search(client, query))["outcome"] == 2


def test_hits_in_the_title_come_first_and_then_the_newest(client, blank):
    make_milestone(slug="text", text="About quokkas.", start=date(2024, 1, 1))
    make_milestone(slug="old", title="A quokka", start=date(2018, 1, 1))
    make_milestone(slug="new", title="The quokkas", start=date(2019, 1, 1))
    make_milestone(slug="same", title="Quokka", start=date(2017, 1, 1))
    found = hits(search(client, "quokka"), "milestone")
    assert [address.rpartition("-")[2] for address in found] == ["same", "new", "old", "text"]


def test_rounds_and_milestones_show_their_dates(client, blank):
    make_round(101, summary="Quokkas.", start=date(2017, 1, 23), end=date(2017, 1, 24))
    make_milestone(title="Quokka day", start=date(2018, 5, 6))
    of_month = {"start": date(2019, 7, 1), "date_precision": "month"}
    make_milestone(title="Quokka month", **of_month)
    Milestone.objects.first().sources.add(make_source(title="Quokka source"))
    page = search(client, "quokka")
    shown = {kind: page.section(f"kind-{kind}").texts("span.of") for kind in hit_totals(page)}
    assert shown == {
        "round": ["23–24 January 2017"],
        "milestone": ["July 2019", "6 May 2018"],
        "source": [],
    }
    alone = search(client, "quokka", kind="milestone").texts("span.of")
    assert alone == ["July 2019", "6 May 2018"]


@pytest.mark.parametrize(
    ("query", "proposal"),
    [
        ("hostges", "hostages"),
        ("lavrentief", "Lavrentiev"),
        ("refuges retrun", "refugees return"),
        ("retur return", "return return"),
        ('"chemcial weapons"', '"chemical weapons"'),
    ],
)
def test_a_misspelling_gets_a_proposal_that_finds_something(client, query, proposal):
    nothing = search(client, query).one("p.nothing")
    assert f"Did you mean {proposal}?" in nothing.text
    (link,) = nothing.links()
    assert hit_totals(get_page(client, link)) != {}


def test_nothing_like_it_gets_no_proposal(client):
    nothing = search(client, "xyzzyplugh").one("p.nothing").text
    assert "Nothing here has “xyzzyplugh”. Try fewer or other words." in nothing


def test_known_words_that_do_not_meet_get_no_proposal(client):
    assert "Did you mean" not in search(client, "palmyra satterfield").text


def test_what_is_hidden_between_the_two_reads_of_a_search_is_not_shown(client, monkeypatch):
    reads = []

    def hide_between(user: Visitor) -> SearchEntryQuerySet:
        reads.append(user)
        if len(reads) == 2:
            Round.objects.filter(number=18).update(publication="draft")
        return entries_seen_by(user)

    assert "/rounds/18/" in str(search(client, "Constitutional Committee").links("a.hit"))
    monkeypatch.setattr("rounds.search.results.entries_seen_by", hide_between)
    page = search(client, "Constitutional Committee")
    assert len(reads) == 2
    assert page.links("a.hit")
    assert not [link for link in page.links("a.hit") if link.startswith("/rounds/18/")]
