import pytest

from rounds.search.marks import marked, snippet
from tests.factories import make_name, make_topic
from tests.pages import read, search

pytestmark = pytest.mark.django_db


def test_the_words_are_marked(client, blank):
    topic = make_topic(label="Hostages", definition="The prisoner & others.")
    make_name(topic, "Prisoners")
    page = search(client, "prisoners")
    assert page.texts("mark") == ["Prisoners", "prisoner"]
    assert "The prisoner & others." in page.texts("li p")
    assert search(client, "hostage").texts("mark") == ["Hostages"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("In Nur-Sultan’s hall", "In [Nur-Sultan]’s hall"),
        ("In Nur\u00adsultan", "In [Nur\u00adsultan]"),
        ("Da’esh and l’opposition", "[Da’esh] and l’[opposition]"),
        ("On 15-16 June", "On 15-[16] June"),
    ],
)
def test_words_with_a_hyphen_are_marked_as_a_whole(text, shown):
    found = marked(text, {"nursultan", "daesh", "opposit", "16"})
    assert found.replace("<mark>", "[").replace("</mark>", "]") == shown


def test_markup_in_texts_and_queries_stays_text(client, blank):
    make_topic(label="<b>Bold</b> claim")
    page = search(client, "<b>bold")
    assert page.one("#search-words").attributes["value"] == "<b>bold"
    assert "<b>Bold</b> claim" in page.texts("a.hit")
    assert not page.has("b")


def test_a_snippet_shows_the_surroundings_of_the_first_hit():
    long = "word " * 100 + "quokka " + "word " * 100
    found = read(snippet(long, {"quokka"}))
    shown = found.text
    assert found.texts("mark") == ["quokka"]
    assert shown.startswith("… word")
    assert shown.endswith("word …")
    assert len(shown) <= 270
    assert marked("", {"x"}) == ""
