import pytest

from rounds.search.query import Query
from tests.factories import (
    make_outcome,
    make_round,
)
from tests.pages import addresses, kinds, search, text

pytestmark = pytest.mark.django_db


def test_several_words_narrow_down(client):
    wide, narrow = kinds(search(client, "refugees")), kinds(search(client, "refugees idlib"))
    assert set(narrow) < set(wide)
    assert narrow["round"] < wide["round"]


def test_a_quoted_phrase_stays_together(client, blank):
    round_ = make_round(101)
    near = make_outcome(round_, text="They agreed on safe returns of all.")
    make_outcome(round_, text="They return home when all is safe.")
    assert kinds(search(client, "safe return"))["outcome"] == 2
    for quoted in ('"safe return"', "“safe returns”", "«Safe Return» agreed"):
        html = search(client, quoted)
        assert addresses(html, "outcome") == [f"/rounds/101/#outcome-{near.number}"]


def test_a_phrase_does_not_reach_from_one_text_into_another(client, blank):
    make_round(101, city="Astana", summary="Peace came.")
    assert kinds(search(client, "astana peace")) == {"round": 1}
    assert kinds(search(client, '"astana peace"')) == {}


@pytest.mark.parametrize(
    "query",
    [
        '"', '""', "'", "''", "*", "-", "--", ":", "\0", "NOT", "AND OR NOT", "NEAR(", "a* b:c",
        "title:x", "^", "+", "(", ")", "\\", "%", "_", "';--", '"un" -"dos" *', "refugee\0s",
        "&|!<->", "😀", "\u0301", "ﷺ", "́a", "١٢", "½", "a" * 199, "/ /", "{}", "{{ x }}", "￿", "𝒳",
    ],
)  # fmt: skip
def test_no_input_causes_an_error(client, query):
    for address in ("/search/", "/search/suggest/", "/"):
        assert client.get(address, {"q": query}).status_code == 200
    assert client.get("/search/", {"q": query, "kind": "topic"}).status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Type one or more words to look for."),
        ("  ", "Type one or more words to look for."),
        ("*-:'", "There is no word in this. Use letters or digits."),
        ("x" * 201, "Use at most 200 characters."),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21", "Use at most 20 words."),
    ],
)
def test_bad_input_gets_a_sentence(client, query, sentence):
    html = search(client, query)
    assert sentence in text(html)
    assert 'aria-describedby="search-problem"' in html
    assert kinds(html) == {}


def test_the_bare_page_has_the_form_and_no_complaint(client):
    html = markup(client.get("/search/"))
    assert 'id="search-words" value=""' in html
    assert "search-problem" not in html


def test_a_query_knows_idle_words_and_phrases():
    assert Query("the return of refugees").stems == ["return", "refuge"]
    assert Query("the").stems == ["the"]
    assert Query('"return of" the “refugees').stems == ["refuge", "return", "of"]
