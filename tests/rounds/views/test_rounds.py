"""The public pages, as a visitor gets them."""

import re
from datetime import date

import pytest
from django.test import Client

from rounds.models import Milestone, Round
from tests.factories import (
    make_hidden_round,
    make_milestone,
    make_outcome,
    make_round,
)
from tests.pages import numbers, text

pytestmark = pytest.mark.django_db


def test_lede_counts_from_the_data(client):
    words = text(client.get("/").content.decode())
    for figure in ("rounds 22", "years 2017–2024", "topics 28", "sources 571"):
        assert figure in words


def test_list_is_newest_first_or_oldest_first(client):
    assert numbers(client.get("/").content.decode()) == list(range(22, 0, -1))
    oldest = client.get("/?order=oldest").content.decode()
    assert numbers(oldest) == list(range(1, 23))
    assert re.findall(r"<h2>(\d{4})</h2>", oldest) == [
        "2017", "2018", "2019", "2021", "2022", "2023", "2024",
    ]  # fmt: skip


def test_card_says_what_is_recorded(client):
    words = text(client.get("/?person=ahmet-yildiz").content.decode())
    for fact in (
        "24–25 January 2024",
        "Astana, Kazakhstan",
        "Russia : Alexander Lavrentyev · Türkiye : Ahmet Yıldız · Iran : Ali Asghar Khaji",
        "21 sources",
    ):
        assert fact in words
    words = text(client.get("/?absent=united-states&year=2019").content.decode())
    assert "Stayed away United States" in words


def test_head_not_recorded_is_said_on_the_card(client):
    words = text(client.get("/?year=2017&topic=hostages").content.decode())
    assert "Türkiye : not recorded" in words


def test_sentence_and_remove_links(client):
    html = markup(client.get("/?topic=idlib&year=2018"))
    assert "Rounds with “Idlib”, in 2018: 3 of 22" in text(html)
    assert '<a href="?year=2018" aria-label="Remove the filter Topics: “Idlib”">' in html


def test_wrong_values_are_said_at_the_field_and_kept(client):
    html = markup(client.get("/?date_after=yesterday&topic=idlib"))
    assert numbers(html) == []
    assert '<p class="error" id="id_date_after_error">' in html
    assert 'value="idlib" id="topic-idlib" checked' in html
    assert 'name="date_after" id="id_date_after" value="yesterday"' in html


def test_no_result_says_what_to_relax(client):
    html = client.get("/?absent=united-states&year=2024").content.decode()
    words = text(html)
    assert "No round matches all of these filters." in words
    assert "Without “Years: 2024” there are 4 rounds" in words
    assert "Without “Stayed away: United States” there are 2 rounds" in words


def test_unknown_parameter_is_said(client):
    words = text(client.get("/?topics=idlib").content.decode())
    assert "The address also has “topics”, which is not a filter here" in words


def test_milestones_stand_between_the_rounds_with_their_sources(client):
    html = client.get("/?milestones=on&order=oldest").content.decode()
    assert len(re.findall(r'id="milestone-', html)) == 63
    place = {key: html.index(f'id="{key}"') for key in ("round-6", "round-7", "round-8")}
    assert place["round-7"] < html.index('id="milestone-summit-sochi-2017"') < place["round-8"]
    assert "First summit of the three presidents, Sochi" in text(html)
    assert len(re.findall(r'<li id="note-', html)) > 63


def test_upcoming_stands_on_top_and_cancelled_is_marked(client):
    make_round(23, status="announced", start=date(2027, 5, 1))
    make_round(24, status="cancelled", start=date(2026, 5, 1))
    html = client.get("/?order=oldest").content.decode()
    assert numbers(html)[0] == 23
    assert numbers(html)[-1] == 24
    words = text(html)
    assert "Upcoming" in words
    assert "Announced" in words
    assert "Cancelled" in words


@pytest.mark.parametrize("number", range(1, 23))
def test_round_shows_every_fact_with_its_sources(client, number):
    round_ = Round.objects.get(number=number)
    html = client.get(f"/rounds/{number}/").content.decode()
    words = re.sub(r"&#x27;", "'", html).replace("&quot;", '"').replace("&amp;", "&")
    assert round_.summary in words
    for delegation in round_.delegations.all():
        assert f'id="delegation-{delegation.participant.slug}"' in html
        assert delegation.note in words
        for member in delegation.members.all():
            assert member.person.name in words
            assert member.position in words
    for item in round_.agenda_items.all():
        assert item.note in words
    for outcome in round_.outcomes.all():
        assert outcome.text in words
    for document in round_.documents.all():
        assert document.title in words
    for dispute in round_.disputes.all():
        assert dispute.subject in words
        assert dispute.resolution in words
        for claim in dispute.claims.all():
            assert claim.value in words
    notes = re.findall(r'<li id="note-(\d+)">', html)
    facts = [round_, *round_.sessions.all(), *round_.delegations.all(), *round_.agenda_items.all(),
             *round_.outcomes.all(), *round_.documents.all(), *round_.disputes.all()]  # fmt: skip
    sources = {source for fact in facts for source in fact.sources.all()}
    assert len(notes) >= len(sources)
    for source in sources:
        assert (
            source.title.replace("'", "&#x27;")
            .replace('"', "&quot;")
            .replace("&", "&amp;")
            .replace("&amp;#x27;", "&#x27;")
            .replace("&amp;quot;", "&quot;")
            in html
        )


def test_round_says_what_is_not_recorded(client):
    words = text(client.get("/rounds/9/").content.decode())
    assert "Venue not recorded" in words
    assert "Türkiye 4 10 Head not recorded" in re.sub(r"(Türkiye)( \d+)+", r"\1 4 10", words)
    assert "United States Stayed away" in words


def test_round_in_nur_sultan_explains_the_name(client):
    words = text(client.get("/rounds/16/").content.decode())
    assert "Nur-Sultan was the name of Astana at the time: Astana becomes Nur-Sultan," in words
    assert "Nur-Sultan becomes Astana again, 17–19 September 2022" in words
    assert "was the name of Astana" not in text(client.get("/rounds/22/").content.decode())


def test_round_says_what_came_of_the_promise(client):
    words = text(client.get("/rounds/14/").content.decode())
    assert "March 2020, Nur-Sultan" in words
    assert "Round 15 , 16–17 February 2021, Sochi: 322 days late, in another city" in words
    words = text(client.get("/rounds/22/").content.decode())
    assert "No further round is recorded." in words


def test_sources_in_other_languages_are_marked(client):
    html = markup(client.get("/rounds/8/"))
    assert re.search(r'hreflang="ru" lang="ru" dir="auto"', html) or re.search(
        r'hreflang="ar" lang="ar" dir="auto"', html
    )
    assert "In Arabic." in text(html)


def test_unknown_round_names_the_nearest(client):
    response = client.get("/rounds/99/")
    assert response.status_code == 404
    words = text(response.content.decode())
    assert "There is no round 99" in words
    assert "Round 20 , 20–21 June 2023, Astana Round 21 , 24–25 January 2024" in words


@pytest.mark.parametrize(
    "address",
    ["/", "/?milestones=on", "/?q=Unheard-of", "/?year=2024", "/rounds/22/", "/rounds/102/"],
)
def test_a_draft_leaks_nowhere(client, stranger, address):
    make_milestone(related_round=make_hidden_round())
    visitor = Client()
    visitor.force_login(stranger)
    for one in (client, visitor):
        html = one.get(address).content.decode()
        assert "Unheard-of" not in html.replace("that mention “Unheard-of”", "").replace(
            "Words: “Unheard-of”", ""
        ).replace('value="Unheard-of"', "").replace("q=Unheard-of", "")
        assert "/rounds/101/" not in html


def test_a_draft_has_no_address_for_the_public(client):
    make_hidden_round()
    response = client.get("/rounds/101/")
    assert response.status_code == 404
    assert "Unheard-of" not in response.content.decode()


def test_editors_see_a_draft_with_a_banner(editor_client):
    make_hidden_round()
    words = text(editor_client.get("/rounds/101/").content.decode())
    assert "In review. This round is not published. Only editors see it." in words
    assert numbers(editor_client.get("/").content.decode())[:3] == [22, 101, 21]
    assert "Round 101" in text(editor_client.get("/rounds/22/").content.decode())


def test_long_lists_are_paged_and_keep_the_filters(client, blank):
    for number in range(101, 161):
        make_round(number)
    html = client.get("/?city=Astana&page=2").content.decode()
    assert numbers(html) == list(range(135, 110, -1))
    assert '<a rel="next" href="?city=Astana&amp;page=3">' in html
    assert "Page 2 of 3" in text(html)


def test_milestones_are_on_one_page_each(client, blank):
    for number in range(101, 161):
        make_round(number)
    for round_ in Round.objects.all():
        make_milestone(start=round_.start)
    make_milestone(start=date(2015, 1, 1))
    make_milestone(start=date(2040, 1, 1))
    for order in ("newest", "oldest"):
        pages = [
            client.get(f"/?milestones=on&order={order}&page={page}").content.decode()
            for page in (1, 2, 3)
        ]
        shown = [slug for html in pages for slug in re.findall(r'id="milestone-([^"]+)"', html)]
        assert sorted(shown) == sorted(Milestone.objects.values_list("slug", flat=True))


def test_an_empty_record_says_so(client, blank):
    words = text(client.get("/").content.decode())
    assert "No round is published yet." in words


def test_the_timeline_finds_words_in_different_parts_of_a_round(client, blank):
    round_ = make_round(101, summary="A quokka.")
    make_outcome(round_, text="A numbat.")
    make_outcome(make_round(102), text="A numbat.")
    html = client.get("/", {"q": "numbats quokkas"}).content.decode()
    assert re.findall(r'<article class="round" id="round-(\d+)"', html) == ["101"]
