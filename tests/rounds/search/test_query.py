import pytest

from rounds.search.query import Query
from tests.factories import (
    make_outcome,
    make_round,
)
from tests.pages import get_page, hit_totals, hits, round_numbers, search

pytestmark = pytest.mark.django_db


def test_several_words_narrow_down(client):
    wide, narrow = (
        hit_totals(search(client, "refugees")),
        hit_totals(search(client, "refugees earthquake")),
    )
    assert set(narrow) < set(wide)
    assert narrow["round"] < wide["round"]


def test_a_quoted_phrase_stays_together(client, blank):
    round_ = make_round(101)
    near = make_outcome(round_, text="They agreed on safe returns of all.")
    make_outcome(round_, text="They return home when all is safe.")
    assert hit_totals(search(client, "safe return"))["outcome"] == 2
    for quoted in ('"safe return"', "“safe returns”", "«Safe Return» agreed"):
        page = search(client, quoted)
        assert hits(page, "outcome") == [f"/rounds/101/#outcome-{near.number}"]


def test_a_phrase_does_not_reach_from_one_text_into_another(client, blank):
    make_round(101, city="Astana", summary="Peace came.")
    assert hit_totals(search(client, "astana peace")) == {"round": 1}
    assert hit_totals(search(client, '"astana peace"')) == {}


@pytest.mark.parametrize(
    "ways",
    [
        ("ceasefire", "cease-fire", "cease fire", "cease\u2011fire", '"cease fire"'),
        ("ceasefire violations", "cease-fire violations", "cease fire violations"),
        ("de-escalation", "deescalation", "de escalation"),
        ('"de-escalation areas"', '"deescalation areas"'),
        ("Nur-Sultan", "Nursultan", "nur sultan"),
        ("counter-terrorism", "counterterrorism", "counter terrorism"),
        ("آتش‌بس", "آتش بس", "آتشبس"),
    ],
)
def test_one_word_two_words_and_a_hyphen_find_the_same(client, ways):
    first, *others = ways
    for other in others:
        assert hit_totals(search(client, other)) == hit_totals(search(client, first)) != {}
        found = round_numbers(get_page(client, "/", q=other))
        assert found == round_numbers(get_page(client, "/", q=first))


def test_what_no_name_has_is_found_with_and_without_its_hyphen_too(client, blank):
    for number, text in enumerate(("The southwest.", "The south-west.", "The S-400."), 101):
        make_outcome(make_round(number), text=text)
    for query in ("southwest", "south-west"):
        assert hit_totals(search(client, query))["outcome"] == 2
    assert hit_totals(search(client, "S400"))["outcome"] == 1
    assert hit_totals(search(client, "south west"))["outcome"] == 1


def test_days_with_a_hyphen_are_no_number(client, blank):
    make_outcome(make_round(101), text="On 15-16 June.")
    assert hit_totals(search(client, "1516")) == {}
    assert hit_totals(search(client, "16"))["outcome"] == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Da'esh", "Daesh"),
        ("Da’esh", "Daesh"),
        ("Da`esh", "Daesh"),
        ("Jaʿafari", "Jaafari"),
        ("Ja'afari", "Jaʾafari"),
        ("Quok\u00adka", "Quokka"),
        ("Quok\u200bka", "\u200eQuokka\u200f"),
        ("Quok\u2060ka", "Quok\u200dka"),
        ("заложн\u00adиков", "заложники"),
        ("\u2067علي\u2069", "عل\u0640ی"),
        ("كمعة", "کمعه"),
        ("يلدى", "یلدی"),
        ("القرار ٢٢٥٤", "قرار ۲۲۵۴"),
        ("القرار ٢٢٥٤", "قرار 2254"),
    ],
)
def test_signs_that_are_left_out_or_not_seen_do_not_matter(client, blank, one, other):
    make_outcome(make_round(101), text=f"About {one}.")
    make_outcome(make_round(102), text=f"About {other}.")
    for query in (one, other):
        assert hit_totals(search(client, query)) == {"outcome": 2, "round": 2}, query


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("علي اصغر خاجي", "علی اصغر خاجی"),
        ("Ja'afari", "Jaafari"),
        ("Jaʿafari", "Jaafari"),
        ("Abdulrahim", "Abdul Rahim"),
        ("Abdul-Rahim", "Abdul Rahim"),
    ],
)
def test_a_name_is_found_however_it_is_typed(client, one, other):
    assert hit_totals(search(client, one)) == hit_totals(search(client, other)) != {}
    assert hits(search(client, one), "person") == hits(search(client, other), "person")


def test_a_query_knows_idle_words_and_phrases():
    assert Query("the return of refugees").stems == ["return", "refuge"]
    assert Query("the").stems == ["the"]
    assert Query('"return of" the “refugees').stems == ["refuge", "return", "of"]
