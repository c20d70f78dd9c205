import pytest
from django.test import Client

from tests.factories import make_full_round, make_hidden_round, make_outcome
from tests.pages import get_page, hit_totals, hits, search

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", ["syria", "astana", "refugees"])
def test_every_address_that_is_found_exists(client, query):
    found = search(client, query).links("a.hit")
    assert found
    for address in {link.partition("#")[0] for link in found}:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("query", ["quokkaville", "quokkavile", '"quokkaville"', "quokkavill"])
def test_a_draft_leaks_nowhere(client, stranger, editor_client, query):
    make_hidden_round("Quokkaville")
    visitor = Client()
    visitor.force_login(stranger)
    for one in (client, visitor):
        page = search(one, query)
        assert hit_totals(page) == {}
        assert "Did you mean" not in page.text
        assert hit_totals(search(one, query, kind="round")) == {}
        assert suggested(one, query) == []
    if query == "quokkaville":
        found = hit_totals(search(editor_client, query))
        assert found == {
            "round": 1,
            "agendaitem": 1,
            "delegation": 1,
            "outcome": 1,
            "document": 1,
            "commitment": 1,
            "evidence": 1,
        }
    elif query == "quokkavile":
        assert "Did you mean" in search(editor_client, query).text


def test_a_round_is_found_as_soon_as_it_is_published(client):
    round_ = make_hidden_round("Quokkaville")
    round_.publication = "published"
    round_.save()
    assert hit_totals(search(client, "quokkaville"))["outcome"] == 1


def suggested(client: Client, query: str) -> list[tuple[str, str]]:
    found = client.get("/search/suggest/", {"q": query}).json()["suggestions"]
    return [(one["title"], one["url"]) for one in found]


@pytest.mark.parametrize(
    ("query", "title", "url"),
    [
        ("lav", "Alexander Lavrentyev", "/people/alexander-lavrentyev/"),
        ("лавр", "Alexander Lavrentyev", "/people/alexander-lavrentyev/"),
        ("turk", "Türkiye", "/participants/turkiye/"),
        ("prisoner", "Hostages, detainees and missing persons", "/topics/hostages/"),
        ("refugee", "Return of refugees and displaced persons", "/topics/refugee-return/"),
        ("round 16", "Round 16, Nur-Sultan", "/rounds/16/"),
    ],
)
def test_what_is_typed_so_far_gets_suggestions(client, query, title, url):
    assert suggested(client, query)[0] == (title, url)


def test_one_letter_or_nothing_gets_no_suggestion(client):
    assert suggested(client, "a") == suggested(client, "") == suggested(client, "x" * 201) == []


def test_there_are_at_most_eight_suggestions(client):
    assert len(suggested(client, "round")) == 8


def test_all_hits_of_a_kind_are_paged(client):
    page = search(client, "syria")
    total = hit_totals(page)["source"]
    assert len(hits(page, "source")) == 5 < total
    assert "?q=syria&kind=source" in page.links()
    seen = []
    for number in range(1, total // 50 + 2):
        page = search(client, "syria", kind="source", page=str(number))
        seen += hits(page, "source")
    assert len(seen) == len(set(seen)) == total
    (previous,) = page.all(".pages a[rel=prev]")
    assert previous.text == "Previous page"
    assert previous.attributes["href"] == f"?q=syria&kind=source&page={number - 1}"


def test_a_round_says_when_only_its_parts_have_the_words(client, blank):
    round_ = make_full_round(7, summary="Nothing of note.", publication="published")
    make_outcome(round_, text="A quokka was seen.")
    hint = "in its programme, agenda, delegations, outcomes, documents, commitments or disputes"
    assert search(client, "quokka").text.count(hint) == 1
    assert hint not in search(client, "nothing of note").text


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
    page = search(client, query)
    field = page.one("#search-words").attributes
    assert page.one(f"#{field['aria-describedby']}").text == sentence
    assert hit_totals(page) == {}


def test_the_bare_page_has_the_form_and_no_complaint(client):
    page = get_page(client, "/search/")
    assert page.one("#search-words").attributes["value"] == ""
    assert not page.has("#search-problem")


def test_suggestions_of_one_kind_are_all_of_it(client):
    def found(**query: str) -> list[str]:
        answer = client.get("/search/suggest/", query).json()["suggestions"]
        return [one["url"] for one in answer]

    assert found(q="Iran") != found(q="Iran", kind="topic")
    assert found(q="rehine", kind="topic") == ["/topics/hostages/"]
    assert all(url.startswith("/topics/") for url in found(q="re", kind="topic"))
    assert found(q="Iran", kind="outcome") == found(q="Iran")
