"""What is not recorded, and who may mend it."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.test import Client

from rounds.models import Delegation, Document, Paragraph, Round, Session
from rounds.sources.models import Source
from tests.addresses import admin_address
from tests.factories import (
    make_agenda_item,
    make_claim,
    make_delegation,
    make_dispute,
    make_document,
    make_full_round,
    make_outcome,
    make_paragraph,
    make_round,
    make_session,
    make_source,
    sourced,
)
from tests.pages import Part, get_page
from tests.record import ROUND_NUMBERS

pytestmark = pytest.mark.django_db


def gaps(client: Client) -> Part:
    return get_page(client, "/gaps/")


def footing(page: Part, number: int) -> Part:
    """What the page has of the sources of a round."""
    return page.one(f'dd.footing:has(> a[href="/sources/?round={number}"])')


def staff_client(*permissions: str, is_staff: bool = True) -> Client:
    """A client whose user holds the permissions, such as ``rounds.change_round``."""
    user = User.objects.create_user("somebody", password="secret", is_staff=is_staff)
    for permission in permissions:
        app, codename = permission.split(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    client = Client()
    client.force_login(user)
    return client


def add_sources(*facts) -> None:
    """Let facts rest on one source more."""
    for fact in facts:
        sourced(fact)


def test_missing_heads_are_listed(client):
    missing = Delegation.objects.without_head()
    links = gaps(client).section("heads").links(".gap-rounds a")
    assert sorted(links) == sorted(
        f"/rounds/{one.round.number}/#delegation-{one.participant.slug}" for one in missing
    )
    # It stayed away, so no head is missing.
    assert "/rounds/3/#delegation-syrian-opposition" not in links


def test_venues_and_documents_are_listed(client):
    page = gaps(client)
    venues = page.section("venues").links()
    assert venues == [
        one.get_absolute_url() for one in Round.objects.filter(venue="").order_by("number")
    ]
    assert {"/rounds/3/", "/rounds/10/"} <= set(venues)
    documents = Document.objects.filter(url="").order_by("round__number", "number")
    assert page.section("documents").links() == [
        f"/rounds/{one.round.number}/#document-{one.number}" for one in documents
    ]


def test_sessions_without_a_day_are_listed(client, blank):
    round_ = make_round(101)
    make_session(round_, kind="plenary")
    make_session(round_, kind="press-conference")
    make_session(round_, kind="expert", day=date(2021, 1, 26))
    days = gaps(client).section("days")
    assert days.facts == {"Round 101": "Plenary session, Press conference"}
    assert days.links() == ["/rounds/101/"]


def test_first_paragraph_counts_the_gaps(client):
    page = gaps(client)
    counted = page.one("p.definition")
    assert set(counted.links()) <= {f"#{one}" for one in page.ids}
    sources = Source.objects.visible_to(AnonymousUser())
    single = len(page.section("thin").all("details li"))
    assert counted.texts("a") == [
        f"{Delegation.objects.without_head().count()} heads of delegation",
        f"{Round.objects.without_venue().count()} venues",
        f"the days of {Session.objects.without_day().count()} sessions",
        f"the links to {Document.objects.filter(url='').count()} documents",
        f"the whole text of {len(page.section('unread').all('dl > div'))} papers",
        f"the wording of {Paragraph.objects.filter(basis='report').count()} points "
        "known only from reports",
        f"the dates of {sources.undated().count()} sources",
        f"{single} facts rest on one source alone",
    ]


def test_totals_of_one_are_singular(client, blank):
    round_ = make_round(101, venue="")
    make_session(round_)
    make_delegation(round_)
    make_paragraph(make_document(round_), basis="report").sources.add(make_source())
    add_sources(*round_.sessions.all(), *round_.delegations.all(), *round_.documents.all())
    Source.objects.update(published=date(2021, 1, 1))
    round_.delegations.get().sources.add(make_source())
    assert (
        "1 head of delegation, 1 venue, the day of 1 session, the link to 1 document, "
        "the whole text of 1 paper, the wording of 1 point known only from a report, "
        "the date of 1 source. 1 fact rests on one source alone."
    ) in gaps(client).one("p.definition").text


def test_a_record_without_gaps_says_so(client, blank):
    page = gaps(client)
    for title in ("heads", "venues", "days", "documents", "unread", "undated"):
        assert page.section(title).text.endswith("none")


def test_every_round_has_its_sources_counted(client):
    links = gaps(client).section("thin").links(".footing > a")
    assert sorted(links) == sorted(f"/sources/?round={number}" for number in ROUND_NUMBERS)


def test_rounds_with_fewest_sources_come_first(client, blank):
    for number, more in ((101, 1), (102, 2), (103, 0)):
        round_ = make_round(number)
        round_.sources.add(*(make_source() for _ in range(more)))
    assert gaps(client).section("thin").links(".footing > a") == [
        f"/sources/?round={number}" for number in (103, 101, 102)
    ]


def test_facts_on_one_source_are_those_with_exactly_one(client, blank):
    round_ = make_full_round(101)
    dispute = round_.disputes.get()
    make_claim(dispute, value="Said by nobody in particular")
    make_claim(dispute, value="Said by one").sources.add(make_source())
    make_claim(dispute, value="Said by two").sources.add(make_source(), make_source())
    make_outcome(round_, text="Seen by two").sources.add(make_source())
    found = footing(gaps(client), 101)
    assert found.one("summary").text == "11 facts on one source"
    assert found.texts("dt") == [
        "dates and place",
        "1 session",
        "1 agenda item",
        "2 delegations",
        "1 outcome",
        "1 document",
        "1 commitment",
        "1 evidence",
        "1 dispute",
        "1 claim",
    ]
    assert "Dates: Said by one" in found.texts("li")
    for other in ("nobody in particular", "Said by two", "Seen by two"):
        assert other not in found.text


def test_every_kind_has_its_plural(client, blank):
    round_ = make_round(101)
    dispute = make_dispute(round_)
    for _ in range(2):
        make_delegation(round_)
        make_agenda_item(round_)
        make_outcome(round_)
        make_document(round_)
        make_claim(dispute).sources.add(make_source())
    make_dispute(round_)
    make_session(round_, kind="plenary")
    make_session(round_, kind="expert")
    assert footing(gaps(client), 101).texts("dt") == [
        "dates and place",
        "2 sessions",
        "2 agenda items",
        "2 delegations",
        "2 outcomes",
        "2 documents",
        "2 disputes",
        "2 claims",
    ]


def test_a_single_fact_is_singular(client, blank):
    make_round(101)
    found = footing(gaps(client), 101).text
    assert found.startswith("1 source 1 fact on one source dates and place")


def test_round_on_more_sources_has_nothing_to_open(client, blank):
    add_sources(make_round(101))
    found = footing(gaps(client), 101)
    assert found.text == "2 sources no fact on one source alone"
    assert not found.has("details")


def test_facts_on_one_source_lead_to_their_place(client):
    make_full_round(101)
    sourced(make_claim(make_dispute(Round.objects.get(number=101))))
    ids: dict[str, list[str]] = {}
    for link in gaps(client).section("thin").links("details a"):
        address, _, anchor = link.partition("#")
        if address not in ids:
            ids[address] = get_page(client, address).ids
        assert not anchor or anchor in ids[address], link
    rounds = {address for address in ids if address.startswith("/rounds/")}
    assert len(rounds) == len(ROUND_NUMBERS) + 1


def test_undated_sources_are_a_click_away(client, blank):
    round_ = make_round(101)
    round_.sources.set([make_source(slug="undated-one")])
    round_.sources.add(make_source(slug="dated", published=date(2021, 1, 1)))
    undated = gaps(client).section("undated")
    assert "1 source has no date" in undated.text
    (link,) = undated.links()
    assert get_page(client, link).links(".sources li > a") == ["/sources/undated-one/"]


def test_gaps_of_a_draft_stay_hidden(client, editor_client):
    draft = make_full_round(101, publication="draft", venue="")
    make_delegation(draft)
    assert "/rounds/101/" not in gaps(client).html
    assert "round=101" not in gaps(client).html
    assert "/rounds/101/" not in get_page(client, "/disputes/").html
    page = gaps(editor_client)
    for title in SECTIONS:
        assert "/rounds/101/" in page.section(title).html


SECTIONS = ["heads", "venues", "days", "documents", "thin"]
SOURCES = ["/sources/?year=undated", "/sources/tass-2017-01-24/"]


@pytest.mark.parametrize(
    ("permissions", "is_staff", "may_edit"),
    [
        ((), True, ""),
        (("rounds.view_round", "rounds.view_unpublished_round"), True, ""),
        (("rounds.change_delegation", "rounds.change_document"), True, ""),
        (("rounds.change_round",), True, "rounds"),
        (("sources.change_source",), True, "sources"),
        (("rounds.change_round", "sources.change_source"), True, "rounds and sources"),
        (("rounds.change_round", "sources.change_source"), False, ""),
    ],
)
def test_links_to_mend_are_for_those_who_may(permissions, is_staff, may_edit):
    client = staff_client(*permissions, is_staff=is_staff)
    page = gaps(client)
    places = [("rounds", page.section(title)) for title in SECTIONS]
    places += [("sources", get_page(client, address)) for address in SOURCES]
    for what, found in places:
        addresses = found.links(f'a[href^="/admin/{what}/"]')
        assert bool(addresses) == (what in may_edit)
        for address in addresses[:2]:
            assert client.get(address).status_code == 200


def test_every_gap_has_a_link_to_mend(editor_client):
    page = gaps(editor_client)
    pages = {
        number: admin_address(Round, "change", pk)
        for number, pk in Round.objects.values_list("number", "pk")
    }
    for title in SECTIONS[:-1]:
        section = page.section(title)
        numbers = [int(link.split("/")[2]) for link in section.links('a[href^="/rounds/"]')]
        assert numbers
        assert section.links('a[href^="/admin/"]') == [pages[number] for number in numbers]
    assert len(page.section("thin").all('a[href^="/admin/rounds/round/"]')) == len(ROUND_NUMBERS)
    page = get_page(editor_client, "/sources/")
    assert len(page.all('a[href^="/admin/sources/source/"]')) == len(page.all(".sources > li"))


def test_visitors_get_no_link_to_mend(client):
    assert "/admin/" not in gaps(client).html
