from datetime import date

import pytest

from rounds.models import AgendaItem
from rounds.sources.models import Source
from tests.factories import make_hidden_round, make_milestone, make_source
from tests.pages import get_page, hits, search

pytestmark = pytest.mark.django_db


def test_sources_are_filtered(client):
    page = get_page(client, "/sources/?language=ru&year=2021")
    found = Source.objects.filter(language="ru", published__year=2021)
    assert found
    assert sorted(page.links(".sources a")) == sorted(one.get_absolute_url() for one in found)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("round=999", "No source of round “999” is here. Choose one from the list."),
        ("round=9223372036854775808", "No source of round “9223372036854775808” is here."),
        ("year=1066", "No source is of “1066”. Choose a year from the list."),
        ("language=x%00", "No source is in “x�”."),
        ("publisher=" + "x" * 101, "Use at most 100 characters."),
    ],
)
def test_a_wrong_value_is_said(client, query, sentence):
    assert sentence in get_page(client, f"/sources/?{query}").one(".error").text


@pytest.mark.parametrize("query", ["year=", "round=&language=&publisher=", "publisher=%ED%A0%80"])
def test_an_empty_value_is_none(client, query):
    page = get_page(client, f"/sources/?{query}")
    assert not page.has(".error")
    assert page.has(".sources li") == ("%" not in query)


def test_source_tells_what_rests_on_it(client):
    supports = get_page(client, "/sources/tass-2017-01-24/").section("supports")
    links = [
        link
        for fact in supports.all("li")
        if fact.one(".what").text == "agenda item"
        for link in fact.links()
    ]
    items = AgendaItem.objects.filter(sources__slug="tass-2017-01-24")
    assert sorted(links) == sorted(
        f"/rounds/{item.round.number}/#topic-{item.topic.slug}" for item in items
    )


def test_a_source_tells_no_fact_of_a_draft(client):
    source = make_source(slug="of-a-draft-too")
    make_hidden_round().sources.add(source)
    make_milestone(title="In public").sources.add(source)
    supports = get_page(client, "/sources/of-a-draft-too/").section("supports")
    assert supports.texts("li > a") == ["In public"]


@pytest.mark.parametrize("is_used", [True, False])
def test_a_source_without_public_facts_is_not_public(client, is_used):
    source = make_source(slug="only-for-the-draft")
    if is_used:
        make_hidden_round().sources.add(source)
    get_page(client, "/sources/only-for-the-draft/", 404)


def test_a_source_of_a_month_names_no_day_anywhere(client, blank):
    milestone = make_milestone()
    source = make_source(published=date(2017, 3, 1), published_precision="month")
    milestone.sources.set([source])
    its_page = source.get_absolute_url()
    for address in ("/?milestones=on", "/sources/", "/sources/?year=2017", its_page):
        page = get_page(client, address)
        assert "March 2017" in page.one("main").text, address
        assert "1 March 2017" not in page.text, address
    assert hits(search(client, "March 2017"), "source") == [its_page]
