"""The timeline and the page of a round."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from rounds.models import AgendaItem, Delegation, Milestone, Round
from rounds.pages.kept import MOMENTARY, PUBLIC
from rounds.selection.filters import RoundFilterSet
from rounds.sources.models import Source
from rounds.topics.models import Topic
from tests.factories import (
    make_delegation,
    make_hidden_round,
    make_member,
    make_milestone,
    make_outcome,
    make_round,
)
from tests.pages import get_page, round_numbers
from tests.record import ROUND_NUMBERS

pytestmark = pytest.mark.django_db


def sources_of(round_: Round) -> set[Source]:
    """The sources of a round and of its parts."""
    claims = [claim for dispute in round_.disputes.all() for claim in dispute.claims.all()]
    facts = [round_, *round_.sessions.all(), *round_.delegations.all(), *round_.agenda_items.all(),
             *round_.outcomes.all(), *round_.documents.all(), *round_.disputes.all(),
             *claims]  # fmt: skip
    return {source for fact in facts for source in fact.sources.all()}


def test_the_first_sentence_says_where_the_process_stands(client):
    state = get_page(client, "/").one("#state")
    assert state.text == (
        "No round on record since 12 November 2024. The 23rd, promised for the first half of 2025, "
        "is not on record."
    )
    outcome = Round.objects.get(number=22).outcomes.get(kind="next-round")
    assert state.links() == ["/rounds/22/", outcome.get_absolute_url()]


def test_lede_counts_from_the_data(client):
    figures = get_page(client, "/").one("dl.figures").facts
    years = sorted(start.year for start in Round.objects.values_list("start", flat=True))
    assert figures == {
        "rounds": str(Round.objects.count()),
        "years": f"{years[0]}–{years[-1]}",
        "topics": str(Topic.objects.count()),
        "sources": str(Source.objects.visible_to(AnonymousUser()).count()),
    }


def test_list_is_newest_first_or_oldest_first(client, blank):
    for number, year in ((101, 2017), (102, 2019), (103, 2019)):
        make_round(number, start=date(year, 1, number - 100))
    assert round_numbers(get_page(client, "/")) == [103, 102, 101]
    oldest = get_page(client, "/?order=oldest")
    assert round_numbers(oldest) == [101, 102, 103]
    assert oldest.texts(".year > h2") == ["2017", "2019"]


def test_card_says_what_is_recorded(client):
    card = get_page(client, "/?person=ahmet-yildiz").one("#round-21")
    assert "24–25 January 2024" in card.one("h3").text
    sources = sources_of(Round.objects.get(number=21))
    assert card.one(".where").text == f"Astana, Kazakhstan · {len(sources)} sources"
    assert card.one(".where a").attributes["href"] == "/rounds/21/#sources"
    assert card.facts["Guarantors led by"] == (
        "Russia: Alexander Lavrentyev · Türkiye: Ahmet Yıldız · Iran: Ali Asghar Khaji"
    )
    card = get_page(client, "/?absent=united-states&year=2019").one("article.round")
    assert card.facts["Stayed away"] == "United States"


def test_head_not_recorded_is_said_on_the_card(client):
    page = get_page(client, "/?year=2017&topic=hostages")
    assert "Türkiye: not recorded" in page.text


def test_sentence_and_remove_links(client):
    page = get_page(client, "/?topic=idlib&year=2018")
    total = Round.objects.count()
    assert page.one(".sentence").text == f"Rounds with “Idlib”, in 2018: 3 of {total}"
    assert page.links('a[aria-label="Remove the filter Topics: “Idlib”"]') == ["?year=2018"]


def test_wrong_values_are_said_at_the_field_and_kept(client):
    page = get_page(client, "/?date_after=yesterday&topic=idlib")
    assert round_numbers(page) == []
    assert page.one(".sentence").text == "No round is shown while a filter has a wrong value"
    assert page.one("head > title").text.startswith(page.one(".sentence").text)
    field = page.one("#id_date_after")
    assert field.attributes["name"] == "date_after"
    assert field.attributes["value"] == "yesterday"
    assert page.has(f"#{field.attributes['aria-describedby']}.error")
    assert page.values("value", "input[name=topic][checked]") == ["idlib"]


def test_no_result_says_what_to_relax(client):
    nothing = get_page(client, "/?absent=united-states&year=2024").one(".nothing")
    assert "No round matches all of these filters." in nothing.text
    absences = Delegation.objects.filter(participant__slug="united-states", attendance="absent")
    assert f"Without the filter Years: 2024 there are {absences.count()} rounds" in nothing.texts(
        "a"
    )
    assert "Without the filter Stayed away: United States there are 2 rounds" in nothing.texts("a")


def test_no_quotes_stand_within_quotes(client):
    (link, *_) = get_page(client, "/?topic=covid-19&year=2018").one(".nothing").texts("a")
    assert link == "Without the filter Topics: “COVID-19” there are 3 rounds"


def test_a_wrong_switch_is_said_and_hides_no_round(client):
    page = get_page(client, "/?milestones=x&year=2018")
    assert "“x” is not possible here: use “on” or leave it out." in page.one(".notice").text
    assert page.one("#id_milestones_error").text in page.one(".notice").text
    assert round_numbers(page) == round_numbers(get_page(client, "/?year=2018"))
    assert not page.has("article.milestone")


def test_unknown_parameter_is_said(client):
    notice = get_page(client, "/?topics=idlib").one(".notice").text
    assert "The address also has “topics”, which is not a filter here" in notice


def test_of_several_cities_the_one_left_out_is_said(client):
    page = get_page(client, "/?city=Astana&city=Sochi")
    assert "in Sochi" in page.one(".sentence").text
    assert page.one(".notice").text.endswith("of which one counts here: “Sochi”, not “Astana”.")


def test_milestones_stand_between_the_rounds_with_their_sources(client):
    page = get_page(client, "/?milestones=on&order=oldest")
    milestones = page.all("article.milestone")
    assert len(milestones) == Milestone.objects.count()
    assert all(milestone.has(".cite a") for milestone in milestones)
    order = page.values("id", "#results article")
    summit = order.index("milestone-summit-sochi-2017")
    assert order.index("round-7") < summit < order.index("round-8")
    title = page.one("#milestone-summit-sochi-2017 h3").text
    assert title == "Summit First summit of the three presidents, Sochi"
    sources = Source.objects.exclude(milestone=None)
    assert set(page.links("a.rests")) >= {one.get_absolute_url() for one in sources}


def test_upcoming_stands_on_top_and_cancelled_is_marked(client):
    make_round(101, status="announced", start=date(2027, 5, 1))
    make_round(102, status="cancelled", start=date(2026, 5, 1))
    page = get_page(client, "/?order=oldest")
    assert round_numbers(page)[0] == 101
    assert round_numbers(page)[-1] == 102
    assert page.one(".upcoming h2").text == "Upcoming"
    assert page.one(".upcoming .status").text == "Announced"
    assert page.one("#round-102 .status").text == "Cancelled"


def test_an_announced_round_whose_days_are_over_waits_for_a_report(client):
    make_round(101, status="announced", start=date(2026, 5, 1))
    page = get_page(client, "/")
    assert not page.has(".upcoming")
    assert page.one("#state").text.startswith("No round on record since 12 November 2024.")
    card = page.one("#round-101")
    assert card.one(".status").text == "Announced"
    assert card.one(".remark").text == "No report of it is recorded yet."


def test_the_first_sentence_tells_of_the_round_announced(client):
    make_round(23, status="announced", start=date(2027, 5, 1), city="Sochi")
    assert get_page(client, "/").one("#state").text == (
        "Next: round 23, 1–2 May 2027, in Sochi. The last one on record is round 22, "
        "11–12 November 2024."
    )
    Round.objects.filter(number=23).update(start=date(2026, 5, 1), end=date(2026, 5, 2))
    assert get_page(client, "/").one("#state").text == (
        "No round on record since 12 November 2024. The 23rd was announced for 1–2 May 2026; "
        "no report of it is recorded yet."
    )


def test_an_announced_round_has_lost_nothing_yet(client):
    round_ = make_round(23, status="announced", start=date(2027, 5, 1))
    delegation = make_delegation(round_, role="guarantor", attendance="announced")
    member = make_member(delegation, is_head=True)
    page = get_page(client, "/rounds/23/")
    assert not page.has("#changes")
    assert not page.has("#after")
    assert f"To be led by {member.person}" in page.one(f"#{delegation.anchor}").text
    card = get_page(client, "/").one("#round-23")
    assert card.facts == {"Guarantors to be led by": f"{delegation.participant}: {member.person}"}
    compared = get_page(client, "/compare/22/23/")
    assert "Round 23 is announced. What changed is said of" in compared.one("main").text
    assert "no longer" not in compared.text
    Round.objects.filter(number=23).update(status="held")
    assert get_page(client, "/rounds/23/").has("#changes")


def test_the_newest_round_is_open_and_the_others_are_folded(client):
    opened = [one.attributes["id"] for one in get_page(client, "/").all(".round:has(.more[open])")]
    assert opened == [f"round-{Round.objects.latest('start').number}"]
    assert not get_page(client, "/?order=oldest").has(".more[open]")


def test_a_card_says_first_what_tells_most(client, blank):
    round_ = make_round(101, summary="Geir O. Pedersen came. He spoke.")
    for kind, text in (("next-round", "Soon."), ("other", "Tea."), ("no-agreement", "None.")):
        make_outcome(round_, kind=kind, text=text)
    card = get_page(client, "/").one("#round-101")
    assert card.texts(".summary") == ["Geir O. Pedersen came.", "He spoke."]
    assert card.texts("dl dd") == ["None.", "Soon.", "Tea."]
    assert card.texts(".more dd") == ["Soon.", "Tea."]


def test_round_says_what_is_not_recorded(client):
    page = get_page(client, "/rounds/10/")
    assert page.all(".facts")[0].facts["Venue"] == "not recorded"
    page = get_page(client, "/rounds/9/")
    assert page.one("#delegation-jordan").text == "Jordan Head not recorded"
    assert page.has("#delegation-jordan .cite a")
    assert "United States Stayed away" in page.one("#delegation-united-states").text


@pytest.mark.parametrize("number", ROUND_NUMBERS)
def test_the_contents_of_a_round_are_its_sections(client, number):
    page = get_page(client, f"/rounds/{number}/")
    contents = page.one("nav.contents")
    sections = page.all("article > section")
    assert contents.links() == [f"#{one.attributes['id']}" for one in sections]
    for link, section in zip(contents.all("a"), sections, strict=True):
        count = "".join(link.texts(".count"))
        assert link.text.removesuffix(count).strip() == section.one("h2").text


def test_the_contents_say_how_many_there_are_of_each(client, round_22):
    numbers = get_page(client, "/rounds/22/").one("nav.contents")
    assert numbers.one('[href="#delegations"] .count').text == str(round_22.delegations.count())
    assert numbers.one('[href="#outcomes"] .count').text == str(round_22.outcomes.count())
    topics = round_22.agenda_items.values("topic").distinct().count()
    assert numbers.one('[href="#agenda"] .count').text == str(topics)


def test_the_contents_count_nothing_where_nothing_is_recorded(client, blank):
    make_round(101)
    make_round(102, status="announced", start=date(2099, 1, 1))
    page = get_page(client, "/rounds/102/")
    contents = page.one("nav.contents")
    assert contents.texts("a") == ["Agenda", "Delegations", "Outcomes", "Documents", "Sources"]
    assert page.texts("article > section h2") == contents.texts("a")


def test_round_in_nur_sultan_explains_the_name(client):
    page = get_page(client, "/rounds/16/")
    assert (
        "Nur-Sultan was the name of Astana at the time: Astana becomes Nur-Sultan,"
    ) in page.text
    assert "Nur-Sultan becomes Astana again, 17–19 September 2022" in page.text
    assert "was the name of Astana" not in get_page(client, "/rounds/22/").text


def test_round_says_what_came_of_the_promise(client):
    after = get_page(client, "/rounds/14/").one("#after").facts
    assert after == {
        "Promised": "March 2020, Nur-Sultan",
        "Came of it": "Round 15, 16–17 February 2021, Sochi: 322 days late, in another city",
    }


def test_sources_in_other_languages_are_marked(client):
    notes = get_page(client, "/rounds/8/").one("section.notes")
    marked = notes.all('a[lang="ar"], a[lang="ru"]')
    assert marked
    for link in marked:
        assert link.attributes["hreflang"] == link.attributes["lang"]
        assert link.attributes["dir"] == "auto"
    assert "In Arabic." in notes.text


def test_unknown_round_names_the_nearest(client):
    make_round(9997, start=date(2099, 1, 1))
    page = get_page(client, "/rounds/9999/", status=404)
    assert page.one("h1").text == "There is no round 9999"
    assert page.texts("main li")[-1] == "Round 9997, 1–2 January 2099, Astana"
    assert len(page.all("main li")) == 3


def test_words_of_a_draft_find_nothing(client):
    make_hidden_round("Unheard-of")
    page = get_page(client, "/?q=unheard")
    assert round_numbers(page) == []
    assert "Unheard-of" not in page.html


def test_a_draft_has_no_address_for_the_public(client):
    make_hidden_round()
    assert "Unheard-of" not in get_page(client, "/rounds/101/", status=404).html


def test_editors_see_a_draft_with_a_banner(editor_client):
    make_hidden_round()
    banner = get_page(editor_client, "/rounds/101/").one(".banner").text
    assert banner == "In review. This round is not published. Only editors see it. edit Round 101"
    shown = round_numbers(get_page(editor_client, "/?year=2024"))
    assert shown == [22, 101, 21]


def test_long_lists_are_paged_and_keep_the_filters(client, blank):
    for number in range(101, 161):
        make_round(number)
    page = get_page(client, "/?city=Astana&page=2")
    assert round_numbers(page) == list(range(135, 110, -1))
    assert page.links(".pages a[rel=next]") == ["?city=Astana&page=3"]
    assert page.one(".pages span").text == "Page 2 of 3"


def test_milestones_are_on_one_page_each(client, blank):
    for number in range(101, 161):
        make_round(number)
    for round_ in Round.objects.all():
        make_milestone(start=round_.start)
    make_milestone(start=date(2015, 1, 1))
    make_milestone(start=date(2040, 1, 1))
    for order in ("newest", "oldest"):
        shown = []
        for number in (1, 2, 3):
            page = get_page(client, f"/?milestones=on&order={order}&page={number}")
            shown += page.values("id", "article.milestone")
        slugs = Milestone.objects.values_list("slug", flat=True)
        assert sorted(shown) == sorted(f"milestone-{slug}" for slug in slugs)


@pytest.mark.parametrize("order", ["", "&order=oldest"])
def test_every_link_to_the_timeline_leads_to_the_page_that_has_its_place(client, blank, order):
    rounds = [make_round(number) for number in range(101, 161)]
    rounds.append(make_round(161, status="announced", start=date(2040, 1, 1)))
    days = [date(2015, 1, 1), date(2041, 1, 1), *(round_.start for round_ in rounds)]
    things = [*rounds, *(make_milestone(start=day) for day in days)]
    for thing in things:
        url = thing.timeline_url if isinstance(thing, Round) else thing.get_absolute_url()
        address, _, anchor = url.partition("#")
        assert get_page(client, f"{address}{order}").has(f"#{anchor}"), url
    assert (
        get_page(client, "/rounds/101/").links(".neighbours a:not([rel])")
        == ["/?page=round-101#round-101"] * 2
    )
    page = get_page(client, f"/?page=round-130{order}")
    assert page.one(".pages span").text == "Page 2 of 3"
    (following,) = page.links(".pages a[rel=next]")
    assert get_page(client, f"/{following}").one(".pages span").text == "Page 3 of 3"


@pytest.mark.parametrize("place", ["round-99", "milestone-none", "round-", "round-4x", "topic-x"])
def test_what_is_not_on_the_list_has_no_page_of_it(client, place):
    page = get_page(client, f"/?page={place}", 404)
    assert page.one("h1").text == f"This list has no page {place}"


def test_a_hidden_milestone_has_no_page_of_the_list(client):
    milestone = make_milestone(related_round=make_hidden_round())
    get_page(client, f"/?page={milestone.anchor}", 404)


def test_a_round_that_does_not_match_has_no_page_of_the_list(client):
    assert round_numbers(get_page(client, "/?year=2018&page=round-10")) == [11, 10, 9]
    get_page(client, "/?year=2018&page=round-12", 404)


def test_an_empty_record_says_so(client, blank):
    assert get_page(client, "/").one(".nothing").text == "No round is published yet."


def test_words_may_stand_in_different_parts_of_a_round(client, blank):
    round_ = make_round(101, summary="A quokka.")
    make_outcome(round_, text="A numbat.")
    make_outcome(make_round(102), text="A numbat.")
    assert round_numbers(get_page(client, "/", q="numbats quokkas")) == [101]


def test_each_choice_says_how_many_rounds_it_leaves(client):
    page = get_page(client, "/?topic=hostages&year=2018")
    sochi = len(RoundFilterSet(QueryDict("topic=hostages&year=2018&city=Sochi")).matching)
    labels = {option.attributes["value"]: option.text for option in page.all("#id_city option")}
    assert labels[""] == "any"
    assert labels["Sochi"] == f"Sochi ({sochi})"
    assert labels["Nur-Sultan"] == "Nur-Sultan (0)"
    discussed = len(RoundFilterSet(QueryDict("topic=hostages&year=2018&stage=discussed")).matching)
    label = page.one("label:has(#id_stage-discussed)").text
    assert label == f"Discussed {discussed} rounds"


def test_a_filtered_list_says_why_each_round_matches(client):
    page = get_page(client, "/?topic=hostages&stage=discussed")
    item = AgendaItem.objects.get(topic__slug="hostages", stage="discussed", round__number=21)
    shown = page.one("#round-21 .passages li")
    assert shown.text == f"{item.topic} Discussed: {item.note}"
    assert shown.one("mark").text == str(item.topic)
    assert shown.links(".cite a") == shown.links('a[href^="#note-"]') != []
    assert shown.links()[0] == "/rounds/21/#topic-hostages"
    notes = set(page.links("#sources li > a[rel]"))
    assert {source.url for source in item.sources.all()} <= notes
    assert page.has("#round-21 details .summary")  # what else there is to say is folded
    assert not get_page(client, "/").has(".passages")


def test_a_table_has_a_row_for_each_fact_by_which_a_round_matches(client):
    page = get_page(client, "/?topic=hostages&stage=statement&view=table")
    items = AgendaItem.objects.filter(topic__slug="hostages", stage="statement")
    _heading, *rows = page.one("#table").rows
    assert [row[4] for row in rows] == [
        one.note for one in items.select_related("round").order_by("-round__start")
    ]
    assert rows[0][3].endswith("Statement")
    assert page.links("#table .cite a")
    assert not page.has("article.round")
    assert page.one(".views strong").text == "As a table"
    assert page.links(".views a") == ["?topic=hostages&stage=statement"]


def test_a_table_of_all_rounds_tells_what_mattered(client):
    page = get_page(client, "/?view=table")
    _heading, *rows = page.one("#table").rows
    rounds = Round.objects.newest()
    assert [row[0] for row in rows] == [str(one.number) for one in rounds]
    assert [row[4] for row in rows] == [" ".join(one.summary.split()) for one in rounds]


def test_a_table_is_not_paged_as_soon_as_a_list(client):
    for number in range(101, 131):
        make_round(number)
    assert get_page(client, "/").has(".pages")
    table = get_page(client, "/?view=table")
    assert not table.has(".pages")
    assert len(table.all("#table tbody tr")) == Round.objects.count()


def test_an_unknown_view_is_said(client):
    page = get_page(client, "/?view=map&milestones=on")
    assert "“map” is not possible here: use “table” or leave it out." in page.one(".notice").text
    assert page.has("article.milestone")


def test_a_narrowed_list_comes_without_the_introduction(client):
    assert get_page(client, "/").has(".lede .figures")
    assert not get_page(client, "/?year=2018").has(".lede .figures")


def test_pages_of_wrong_values_are_not_kept(client):
    for query in ("view=map", "milestones=off", "page=0001", "page=%D9%A1"):
        assert client.get(f"/?{query}").headers["Cache-Control"] == MOMENTARY, query
    for query in ("view=table", "page=1", "page=round-16"):
        assert client.get(f"/?{query}").headers["Cache-Control"] == PUBLIC, query


def test_a_page_called_by_what_no_database_stores_is_not_there(client):
    assert client.get("/?page=milestone-%00").status_code == 404


def test_a_table_has_the_places_of_its_rounds(client):
    page = get_page(client, "/?topic=hostages&view=table")
    numbers = [row[0] for row in page.one("#table").rows[1:]]
    assert page.values("id", "#table tr[id]") == [f"round-{n}" for n in dict.fromkeys(numbers)]


def test_a_table_without_milestones_says_so(client):
    assert "not in the table" in get_page(client, "/?view=table&milestones=on").one(".notice").text


def test_an_announced_round_whose_days_are_over_says_so_on_its_page(client):
    make_round(101, status="announced", start=date(2025, 5, 12))
    make_round(102, status="announced", start=date(2099, 5, 12))
    said = "No report of it is recorded yet."
    assert said in get_page(client, "/rounds/101/").text
    assert said not in get_page(client, "/rounds/102/").text
