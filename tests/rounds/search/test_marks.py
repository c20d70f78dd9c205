import pytest
from django.utils.html import strip_tags

from rounds.search.marks import marked, snippet
from tests.factories import (
    make_topic,
)
from tests.pages import search

pytestmark = pytest.mark.django_db


def test_the_words_are_marked(client, blank):
    make_topic(label="Hostages", other_names="Prisoners", definition="The prisoner & others.")
    html = search(client, "prisoners")
    assert "<mark>Prisoners</mark>" in html
    assert "The <mark>prisoner</mark> &amp; others." in html
    assert "<mark>Hostages</mark>" in search(client, "hostage")


def test_markup_in_texts_and_queries_stays_text(client, blank):
    make_topic(label="<b>Bold</b> claim")
    html = search(client, "<b>bold")
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_a_snippet_shows_the_surroundings_of_the_first_hit():
    long = "word " * 100 + "quokka " + "word " * 100
    html = snippet(long, {"quokka"})
    shown = strip_tags(html)
    assert "<mark>quokka</mark>" in html
    assert shown.startswith("… word")
    assert shown.endswith("word …")
    assert len(shown) <= 270
    assert marked("", {"x"}) == ""
