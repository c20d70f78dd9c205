from datetime import date

import pytest
from django.test import Client

from rounds.models import Commitment, Evidence, Verdict
from tests.factories import make_commitment, make_evidence, make_participant, make_round, make_topic
from tests.pages import Part, get_page

pytestmark = pytest.mark.django_db

MISSED = {Verdict.NOT_KEPT, Verdict.LAPSED}


def follow(client: Client, *links: str) -> Part:
    """The page to which the links lead from the timeline, each of them from the one before."""
    page = get_page(client, "/")
    for link in links:
        assert link in page.links()
        page = get_page(client, link)
    return page


def states(part: Part) -> dict[str, str]:
    """By its address the state of each commitment that a list has."""
    return {
        entry.one("div > a").attributes["href"]: entry.one(".state strong").text
        for entry in part.all(".ledger > li")
    }


def in_states(wanted, **lookups) -> set[str]:
    """The addresses of the commitments of the record that are in those states."""
    found = Commitment.objects.filter(**lookups)
    return {one.get_absolute_url() for one in found if one.state in wanted}


def test_a_stranger_finds_which_commitments_on_detainees_were_kept(client):
    page = follow(client, "/topics/", "/topics/hostages/")
    found = states(page.section("commitments"))
    assert len(found) == Commitment.objects.filter(topic__slug="hostages").count()
    kept = {address for address, state in found.items() if state == "Kept"}
    assert kept == in_states({Verdict.KEPT}, topic__slug="hostages") != set()


def test_a_stranger_finds_what_was_promised_at_round_4_and_never_came(client):
    section = follow(client, "/rounds/4/").section("commitments-title")
    missed = {
        address
        for address, state in states(section).items()
        if state in {verdict.label for verdict in MISSED}
    }
    assert missed == in_states(MISSED, round__number=4) != set()


def test_the_ledger_has_every_commitment_with_its_state_and_evidence(client):
    page = follow(client, "/commitments/")
    expected = {one.get_absolute_url(): one.state.label for one in Commitment.objects.all()}
    assert states(page) == expected
    assert len(page.all(".course > li")) == Evidence.objects.count()
    for commitment in Commitment.objects.all():
        entry = page.one(f"#{commitment.anchor}")
        assert entry.texts(".course > li") == [
            f"{one.day}: {one.get_verdict_display()}" for one in commitment.evidence_by_date
        ]
        assert entry.has(".cite a")


def test_the_ledger_is_filtered_and_says_so(client):
    page = get_page(client, "/commitments/?round=4&verdict=not-kept")
    assert set(states(page)) == in_states({Verdict.NOT_KEPT}, round__number=4) != set()
    total = Commitment.objects.filter(round__number=4).count()
    sentence = f"Of {total} commitments made at round 4, by the last evidence:"
    assert sentence in page.one(".tally").text
    assert sentence in page.one("head > title").text
    assert page.links(".tally a") == ["/commitments/"]


def test_several_verdicts_are_shown_together(client):
    wanted = {Verdict.KEPT, Verdict.PARTLY}
    page = get_page(client, "/commitments/?verdict=kept&verdict=partly")
    assert set(states(page)) == in_states(wanted) != in_states({Verdict.PARTLY})
    checked = page.all("#filters input[name=verdict][checked]")
    assert {one.attributes["value"] for one in checked} == wanted


def test_a_round_without_a_commitment_of_its_own_is_no_mistake(client):
    page = get_page(client, "/commitments/?round=21")
    assert not page.has(".error, .ledger, svg.courses, #filters[open]")
    assert "No commitment made at round 21 is recorded" in page.one(".tally").text
    assert "told once, at the round that made it first" in page.one("main div[role=status]").text


def test_the_page_of_a_round_without_a_commitment_of_its_own_says_why(client):
    note = get_page(client, "/rounds/21/").section("commitments-title")
    assert "None recorded that was first made at this round." in note.text
    assert note.links() == ["/commitments/"]


def test_a_round_to_come_is_told_nothing_of_commitments(client):
    make_round(101, status="announced")
    assert not get_page(client, "/rounds/101/").has("#commitments")


def test_a_wrong_value_is_said_and_nothing_is_shown(client):
    page = get_page(client, "/commitments/?round=4&verdict=broken")
    assert page.one(".error").text == "“broken” is not a verdict. Choose one from the list."
    assert states(page) == {}
    assert not page.has(".tally, svg.courses")


def test_the_picture_leads_to_each_piece_of_evidence_in_few_stops(client):
    page = get_page(client, "/commitments/")
    stops = [one.get_absolute_url() for one in Commitment.objects.by_round()]
    wide, narrow = page.all("svg.courses[role=group]")
    assert narrow.links() == wide.links("a:not([tabindex])") == stops
    evidence = wide.links("a[tabindex]")
    assert sorted(evidence) == sorted(one.get_absolute_url() for one in Evidence.objects.all())
    assert len(list(filter(None, wide.texts("a title")))) == len(evidence)


def test_a_commitment_tells_what_became_of_it_in_the_order_of_the_days(client, blank):
    makers = [make_participant(name=name) for name in ("Iran", "Russia")]
    round_ = make_round(101, start=date(2018, 1, 1))
    topic = make_topic(label="Idlib")
    commitment = make_commitment(round_, text="They would meet.", topic=topic, by=makers)
    month = {"date": date(2019, 5, 1), "date_precision": "month"}
    make_evidence(commitment, **month, verdict="not-kept", text="Nobody came.")
    make_evidence(commitment, date=date(2018, 4, 3), verdict="kept", text="They met.")
    page = get_page(client, commitment.get_absolute_url())
    assert page.one("h1").text == "They would meet."
    assert page.one("head > title").text.startswith("Commitment of round 101: They would meet.")
    description = page.one('meta[name="description"]').attributes["content"]
    assert "By the last evidence, of May 2019: not kept." in description
    facts = page.one("dl.facts").facts
    assert facts["Promised at"] == "Round 101, 1–2 January 2018, Astana"
    assert facts["By"] == "Iran, Russia"
    assert facts["Topic"] == "Idlib"
    assert facts["State"] == "Not kept by the last evidence, of May 2019"
    assert page.section("evidence").texts("li") == [
        "Kept 3 April 2018 They met.",
        "Not kept May 2019 Nobody came.",
    ]
    assert all(one.has(".cite a") for one in page.section("evidence").all("li"))


def test_a_commitment_names_those_beside_it(client, blank):
    topic = make_topic()
    one, other = make_round(101), make_round(102)
    here = make_commitment(one, topic=topic)
    beside, later = make_commitment(one), make_commitment(other, topic=topic)
    make_commitment(other)
    page = get_page(client, here.get_absolute_url())
    assert set(states(page.section("of-round"))) == {beside.get_absolute_url()}
    assert set(states(page.section("on-topic"))) == {later.get_absolute_url()}


def test_nothing_known_is_said_to_be_no_information(client, blank):
    commitment = make_commitment(make_round(101), topic=None)
    page = get_page(client, commitment.get_absolute_url())
    assert page.one("dl.facts").facts["State"] == "No information"
    assert page.section("evidence").one("p").text == "No information"
    assert states(get_page(client, "/commitments/")) == {
        commitment.get_absolute_url(): "No information"
    }


@pytest.mark.parametrize(
    ("address", "lookups"),
    [
        ("/topics/idlib/", {"topic__slug": "idlib"}),
        ("/participants/iran/", {"by__slug": "iran"}),
    ],
)
def test_topic_and_participant_have_their_commitments(client, address, lookups):
    section = get_page(client, address).section("commitments")
    found = Commitment.objects.filter(**lookups)
    assert set(states(section)) == {one.get_absolute_url() for one in found} != set()
    assert f"Of {found.count()} commitments, by the last evidence:" in section.text
    (ledger,) = section.links('a[href^="/commitments/?"]')
    assert set(states(get_page(client, ledger))) == set(states(section))


def test_who_promised_nothing_has_no_such_section(client):
    assert not get_page(client, "/participants/jordan/").has("#commitments")


def test_commitments_of_a_draft_stay_hidden(client, editor_client, blank):
    topic, maker = make_topic(slug="idlib"), make_participant(slug="iran")
    shown = make_commitment(make_round(101), topic=topic, by=[maker])
    draft = make_round(102, publication="draft", summary="")
    hidden = make_commitment(draft, topic=topic, by=[maker], text="A secret promise.")
    make_evidence(hidden)
    own = hidden.get_absolute_url()
    pages = ["/commitments/", "/topics/idlib/", "/participants/iran/", shown.get_absolute_url()]
    for address in pages:
        assert own not in get_page(client, address).html
        assert own in get_page(editor_client, address).html
    assert own not in get_page(client, own, 404).links()
    get_page(editor_client, own)


def test_a_wrong_address_names_what_it_may_mean(client):
    page = get_page(client, "/commitments/r4-five-areas/", 404)
    assert "/commitments/r4-four-areas/" in page.links()
