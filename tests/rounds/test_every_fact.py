"""Every fact of the record stands at its place on the site, with a link to each of its sources."""

from typing import Any

import pytest
from django.test import Client

from rounds.models import FACTS
from rounds.sources.models import Sourced
from tests.pages import Part, get_page

pytestmark = pytest.mark.django_db


def pieces(text: str) -> list[str]:
    """What a page may set apart of a text."""
    return [piece for part in text.split(" · ") for piece in part.split(", ")]


class Pages:
    """The pages of the site, each asked for once, and the sources that their notes name."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[Part, dict[str, str]]] = {}

    def of(self, client: Client, fact: Any) -> tuple[Part, set[str]]:
        """The place of a fact, and the addresses of the sources that are cited there."""
        address, _, anchor = fact.get_absolute_url().partition("#")
        if address not in self.pages:
            page = get_page(client, address)
            notes = {note.attributes["id"]: note for note in page.all(".notes li")}
            links = {f"#{key}": note.links()[0] for key, note in notes.items()}
            self.pages[address] = page, links
        page, links = self.pages[address]
        place = page.one(f'[id="{anchor}"]') if anchor else page.one("main")
        return place, {links[mark] for mark in place.links(".cite a")}


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages()


@pytest.mark.parametrize("model", FACTS, ids=lambda model: str(model._meta.model_name))
def test_every_fact_stands_at_its_place_with_its_sources(client, pages, model: type[Sourced]):
    facts: Any = model._default_manager
    lost = []
    for fact in facts.with_words().prefetch_related("sources"):
        place, cited = pages.of(client, fact)
        words = fact.words()
        is_said = all(one in place.text for one in pieces(words.text or words.title))
        if not is_said or {source.url for source in fact.sources.all()} - cited:
            lost.append((str(fact), fact.get_absolute_url(), is_said))
    assert lost == []
