import pytest
from django.template import Context, Template

from rounds.sources.footnotes import Footnotes
from rounds.sources.models import Source
from tests.factories import make_milestone, make_source
from tests.pages import read


def test_sources_are_numbered_by_first_citation():
    one, two = Source(pk=1), Source(pk=2)
    footnotes = Footnotes()
    assert [mark.note for mark in footnotes.cite([two])] == [1]
    assert [mark.id for mark in footnotes.cite([one, two])] == ["ref-1-2", "ref-2-1"]
    assert [(note.number, note.source) for note in footnotes.notes] == [(1, two), (2, one)]
    assert [mark.id for mark in footnotes.notes[0].marks] == ["ref-1-1", "ref-1-2"]


@pytest.mark.django_db
def test_cite_links_to_the_notes():
    fact = make_milestone()
    fact.sources.add(make_source())
    template = Template("{% load footnotes %}{% cite fact %}")
    html = template.render(Context({"fact": fact, "footnotes": Footnotes()}))
    assert [mark.attributes for mark in read(html).all("sup.cite > a")] == [
        {"id": "ref-1-1", "href": "#note-1", "aria-label": "Source 1"},
        {"id": "ref-2-1", "href": "#note-2", "aria-label": "Source 2"},
    ]
    assert read(html).texts("a") == ["1", "2"]
