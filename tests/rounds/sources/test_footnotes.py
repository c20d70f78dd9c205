from datetime import date

import pytest
from django.template import Context, Template

from rounds.sources.footnotes import Footnotes, Mark, Note
from rounds.sources.models import Source
from tests.factories import make_commitment, make_milestone, make_round, make_source
from tests.pages import Part, get_page, read


def cited(fact, *, at=None) -> Part:
    """The marks of a fact, and the way back from the notes."""
    html = (
        "{% load footnotes %}{% cite fact at %}"
        "{% for note in footnotes.notes %}<p>{% backlinks note %}</p>{% endfor %}"
    )
    context = Context({"fact": fact, "at": at, "footnotes": Footnotes()})
    return read(Template(html).render(context))


def test_sources_are_numbered_by_first_citation():
    one, two = Source(pk=1), Source(pk=2)
    footnotes = Footnotes()
    assert [mark.note for _note, mark in footnotes.cite([two])] == [1]
    assert [mark.id for _note, mark in footnotes.cite([one, two])] == ["ref-1-2", "ref-2-1"]
    assert [(note.number, note.source) for note in footnotes.notes] == [(1, two), (2, one)]
    assert [mark.id for mark in footnotes.notes[0].marks] == ["ref-1-1", "ref-1-2"]


@pytest.mark.parametrize(
    ("place", "letter"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba"), (703, "aaa")]
)
def test_marks_of_a_note_have_letters(place, letter):
    assert Mark(1, place).letter == letter


@pytest.mark.parametrize(
    ("precision", "day"), [("day", "1 March 2017"), ("month", "March 2017"), ("year", "2017")]
)
def test_a_note_is_called_by_publisher_and_day_no_finer_than_known(precision, day):
    source = Source(publisher="TASS", published=date(2017, 3, 1), published_precision=precision)
    assert Note(3, source).name == f"Source 3: TASS, {day}"


@pytest.mark.django_db
def test_cite_links_to_the_notes_and_names_the_sources():
    fact = make_milestone()
    fact.sources.set(
        [
            make_source(publisher="TASS", published=date(2017, 1, 23)),
            make_source(publisher='<b> & "Co"'),
        ]
    )
    assert [mark.attributes for mark in cited(fact).all("sup.cite > a")] == [
        {"id": "ref-1-1", "href": "#note-1", "aria-label": "Source 1: TASS, 23 January 2017"},
        {"id": "ref-2-1", "href": "#note-2", "aria-label": 'Source 2: <b> & "Co", undated'},
    ]
    assert cited(fact).texts("sup a") == ["1", "2"]


@pytest.mark.django_db
def test_what_names_no_source_has_no_mark():
    fact = make_milestone()
    fact.sources.clear()
    assert not cited(fact).has("sup")


@pytest.mark.django_db
def test_links_back_name_the_fact():
    (link,) = cited(make_milestone(title="A <summit>")).all("p a")
    assert link.attributes == {"href": "#ref-1-1", "aria-label": "a: back to A <summit>"}
    assert link.text == "a"


@pytest.mark.django_db
def test_a_fact_is_named_by_its_round_where_others_are_called_the_same():
    round_ = make_round(101)
    found = cited(make_milestone(title="A summit"), at=round_)
    assert found.values("aria-label", "p a") == ["a: back to Round 101: A summit"]


@pytest.mark.django_db
def test_of_a_long_text_the_beginning_names_the_fact():
    fact = make_commitment(make_round(101), text="They would meet again in spring. " * 9)
    (name,) = cited(fact).values("aria-label", "p a")
    assert name == "a: back to They would meet again in spring. They…"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/rounds/16/", "/topics/refugee-return/", "/glossary/"])
def test_every_mark_of_a_page_can_be_gone_back_to(client, address):
    page = get_page(client, address)
    assert page.links(".back a") == [
        f"#{mark}"
        for note in page.links(".notes .rests")
        for mark in page.values("id", ".cite a")
        if mark.startswith(f"ref-{page.links('.notes .rests').index(note) + 1}-")
    ]
    names = page.values("aria-label", ".back a")
    assert all(len(name) < 110 and ": back to " in name for name in names)


@pytest.mark.django_db
def test_the_facts_of_a_topic_are_told_apart_by_round_and_stage(client):
    page = get_page(client, "/topics/refugee-return/")
    for note in page.all(".notes li"):
        names = [name.partition(": ")[2] for name in note.values("aria-label", ".back a")]
        assert len(set(names)) == len(names)
