"""What is disputed and what is missing."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from rounds.models import Delegation, Document, Round, Session
from rounds.sources.models import Source
from tests.factories import (
    make_agenda_item,
    make_claim,
    make_delegation,
    make_dispute,
    make_document,
    make_full_round,
    make_outcome,
    make_round,
    make_session,
    make_source,
    sourced,
)
from tests.pages import text

pytestmark = pytest.mark.django_db


def part(html: str, title: str) -> str:
    """The section below the title, as HTML."""
    return html.split(f'id="{title}"')[1].split("</section>")[0]


def section(html: str, title: str) -> str:
    return text(part(html, title))


def gaps(client: Client) -> str:
    return client.get("/gaps/").content.decode()


def footing(html: str, number: int) -> str:
    """What the page has of the sources of a round, as HTML."""
    rows = part(html, "thin").split('<dd class="footing">')
    return next(row for row in rows if f'href="/sources/?round={number}"' in row)


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', html)


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
    heads = re.findall(r'href="/rounds/(\d+)/#delegation-([^"]+)"', part(gaps(client), "heads"))
    missing = Delegation.objects.without_head().values_list("round__number", "participant__slug")
    assert sorted((int(number), slug) for number, slug in heads) == sorted(missing)
    assert ("3", "syrian-opposition") not in heads  # it stayed away, so no head is missing


def test_venues_and_documents_are_listed(client):
    html = gaps(client)
    assert "Round 3 Round 9" in section(html, "venues")
    documents = Document.objects.filter(url="")
    assert [link for link in links(part(html, "documents")) if "#document-" in link] == [
        f"/rounds/{one.round.number}/#document-{one.number}"
        for one in documents.order_by("round__number", "number")
    ]


def test_sessions_without_a_day_are_listed(client, blank):
    round_ = make_round(101)
    make_session(round_, kind="plenary")
    make_session(round_, kind="press-conference")
    make_session(round_, kind="expert", day=date(2021, 1, 26))
    html = gaps(client)
    assert "Round 101 Plenary session, Press conference" in section(html, "days")
    assert "Expert meeting" not in section(html, "days")
    assert "/rounds/101/" in part(html, "days")


def test_first_paragraph_counts_the_gaps(client):
    html = gaps(client)
    totals = html.split('<p class="definition">')[1].split("</p>")[0]
    assert set(re.findall(r'id="(\w+)"', html)) >= {link[1:] for link in links(totals)}
    said = text(totals)
    heads, sessions = Delegation.objects.without_head(), Session.objects.without_day()
    venues = Round.objects.without_venue()
    assert f"{heads.count()} heads of delegation" in said
    assert f"{venues.count()} venues" in said
    assert f"the days of {sessions.count()} sessions" in said
    assert "the links to 6 documents" in said
    undated = Source.objects.undated().count()
    assert f"the dates of {undated} sources" in said
    single = sum(int(number) for number in re.findall(r"(\d+) facts? on one source", html))
    assert single == part(html, "thin").count("<li>")
    assert f"{single} facts rest on one source alone" in said


def test_totals_of_one_are_singular(client, blank):
    round_ = make_round(101, venue="")
    make_session(round_)
    make_delegation(round_)
    make_document(round_)
    add_sources(*round_.sessions.all(), *round_.delegations.all(), *round_.documents.all())
    Source.objects.update(published=date(2021, 1, 1))
    make_source()
    said = text(gaps(client))
    assert (
        "1 head of delegation , 1 venue , the day of 1 session , the link to 1 document , "
        "the date of 1 source . 1 fact rests on one source alone ."
    ) in said


def test_a_record_without_gaps_says_so(client, blank):
    html = gaps(client)
    for title in ("heads", "venues", "days", "documents", "undated"):
        assert section(html, title).endswith("none")


def test_rounds_with_fewest_sources_come_first(client):
    rows = re.findall(r'href="/sources/\?round=(\d+)"', part(gaps(client), "thin"))
    assert rows[:2] == ["3", "15"]
    assert sorted(map(int, rows)) == list(range(1, 23))


def test_facts_on_one_source_are_those_with_exactly_one(client, blank):
    round_ = make_full_round(101)
    dispute = round_.disputes.get()
    make_claim(dispute, value="Said by nobody in particular")
    make_claim(dispute, value="Said by one").sources.add(make_source())
    make_claim(dispute, value="Said by two").sources.add(make_source(), make_source())
    make_outcome(round_, text="Seen by two").sources.add(make_source())
    found = footing(gaps(client), 101)
    assert "9 facts on one source" in found
    for kind in (
        "dates and place",
        "1 session",
        "2 delegations",
        "1 agenda item",
        "1 outcome",
        "1 document",
        "1 dispute",
        "1 claim",
    ):
        assert f"<dt>{kind}</dt>" in found
    assert "Dates: Said by one" in found
    for other in ("nobody in particular", "Said by two", "Seen by two"):
        assert other not in found


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
    found = re.findall(r"<dt>(.+?)</dt>", footing(gaps(client), 101))
    assert found == [
        "dates and place",
        "2 sessions",
        "2 delegations",
        "2 agenda items",
        "2 outcomes",
        "2 documents",
        "2 disputes",
        "2 claims",
    ]


def test_a_single_fact_is_singular(client, blank):
    make_round(101)
    found = text(footing(gaps(client), 101))
    assert "1 source 1 fact on one source dates and place" in found


def test_round_on_more_sources_has_nothing_to_open(client, blank):
    add_sources(make_round(101))
    found = footing(gaps(client), 101)
    assert "no fact on one source alone" in found
    assert "<details>" not in found


def test_facts_on_one_source_lead_to_their_place(client):
    make_full_round(101)
    sourced(make_claim(make_dispute(Round.objects.get(number=101))))
    html = gaps(client)
    pages: dict[str, str] = {}
    for link in links(re.sub(r"<dt>.*?</dt>", "", part(html, "thin"))):
        if link.startswith("/rounds/"):
            address, _, anchor = link.partition("#")
            if address not in pages:
                pages[address] = client.get(address).content.decode()
            assert not anchor or f'id="{anchor}"' in pages[address], link
    assert len(pages) == 23


def test_undated_sources_are_a_click_away(client, blank):
    make_source(slug="undated-one")
    make_source(slug="dated", published=date(2021, 1, 1))
    found = part(gaps(client), "undated")
    assert "1 source has no date" in found
    (link,) = links(found)
    html = markup(client.get(link))
    assert re.findall(r'<li><a href="/sources/([\w-]+)/"', html) == ["undated-one"]


def test_gaps_of_a_draft_stay_hidden(client, editor_client):
    draft = make_full_round(23, publication="draft", venue="")
    make_delegation(draft)
    assert "/rounds/23/" not in gaps(client)
    assert "round=23" not in gaps(client)
    assert "/rounds/23/" not in client.get("/disputes/").content.decode()
    for title in ("heads", "venues", "days", "documents", "thin"):
        assert "/rounds/23/" in part(gaps(editor_client), title)


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
    html = gaps(client)
    places = [("rounds", part(html, title)) for title in SECTIONS]
    places += [("sources", client.get(address).content.decode()) for address in SOURCES]
    for what, found in places:
        addresses = [link for link in links(found) if link.startswith(f"/admin/{what}/")]
        assert bool(addresses) == (what in may_edit)
        for address in addresses[:2]:
            assert client.get(address).status_code == 200


def test_every_gap_has_a_link_to_mend(editor_client):
    html = gaps(editor_client)
    keys = dict(Round.objects.values_list("number", "pk"))
    for title in SECTIONS[:-1]:
        found = part(html, title)
        rounds = re.findall(r'href="/rounds/(\d+)/', found)
        assert rounds
        assert re.findall(r"/admin/rounds/round/(\d+)/change/", found) == [
            str(keys[int(number)]) for number in rounds
        ]
    assert part(html, "thin").count("/admin/rounds/round/") == 22
    html = editor_client.get("/sources/").content.decode()
    assert html.count("/admin/sources/source/") == 100


def test_visitors_get_no_link_to_mend_and_no_cookie(client):
    response = client.get("/gaps/")
    assert "/admin/" not in response.content.decode()
    assert response.cookies == {}
