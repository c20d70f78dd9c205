import pytest

from rounds.search.query import Query
from tests.factories import (
    make_outcome,
    make_round,
)
from tests.pages import hit_totals, hits, search

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


def test_a_query_knows_idle_words_and_phrases():
    assert Query("the return of refugees").stems == ["return", "refuge"]
    assert Query("the").stems == ["the"]
    assert Query('"return of" the “refugees').stems == ["refuge", "return", "of"]
