"""Every kind of fact is wherever facts are; CONTRIBUTING has the recipe for a new kind."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db import models
from django.template.loader import get_template

from rounds.models import FACTS, Round, RoundPart
from rounds.sources.models import Sourced
from tests.factories import filled, make_round, make_source
from tests.pages import get_page, hits, search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]

PARTS = [model for model in FACTS if model.path_to_round]


def subclasses(model: type[models.Model]) -> Iterator[type[models.Model]]:
    for one in model.__subclasses__():
        if not one._meta.abstract:
            yield one
        yield from subclasses(one)


def made(model: type[models.Model], round_: Round) -> Any:
    """A public object of the model with its source; its texts are the name of its model."""
    thing = filled(model, round_)
    thing.save()
    thing.sources.add(make_source())
    return thing


def inlines(options: Any) -> Iterator[type[InlineModelAdmin]]:
    for one in options.inlines or ():
        yield one
        yield from inlines(one)


def ids(model: type[models.Model]) -> str:
    return str(model._meta.model_name)


@pytest.fixture
def round_() -> Round:
    return make_round(101)


def test_every_kind_of_fact_is_listed():
    assert set(subclasses(Sourced)) == set(FACTS)
    assert len(FACTS) == len(set(FACTS))


@pytest.mark.parametrize("model", FACTS, ids=ids)
def test_editors_enter_every_kind(model):
    on_the_page = {one.model for one in inlines(admin.site._registry[Round])}
    assert model in (on_the_page if model.path_to_round else admin.site._registry)


@pytest.mark.parametrize("model", PARTS, ids=ids)
def test_every_kind_stands_on_a_page_with_its_sources(client, round_, model):
    thing = made(model, round_)
    page, _, anchor = thing.get_absolute_url().partition("#")
    assert page == thing.its_page.get_absolute_url()
    assert bool(anchor) == bool(thing.path_to_page)
    place = get_page(client, page).one(f'[id="{anchor}"]' if anchor else "main")
    assert thing.words().title or thing.words().text
    assert (thing.words().text or thing.words().title) in place.text
    assert place.has(".cite a")


@pytest.mark.parametrize("model", [one for one in PARTS if issubclass(one, RoundPart)], ids=ids)
def test_every_part_stands_on_the_page_of_its_round(client, round_, model):
    get_template(model.fragment())
    thing = made(model, round_)
    place = get_page(client, round_.get_absolute_url()).one(f'[id="{thing.anchor}"]')
    assert place.has(".cite a")
    # What has a page of its own is a click away.
    assert place.has(f'a[href="{thing.get_absolute_url()}"]') == (not thing.path_to_page)


@pytest.mark.parametrize("model", FACTS, ids=ids)
def test_every_kind_stands_on_the_page_of_its_source(editor_client, round_, model):
    thing = round_ if model is Round else made(model, round_)
    page = get_page(editor_client, thing.sources.get().get_absolute_url())
    links = {link.text: link.attributes["href"] for link in page.all("#supports ~ ul li > a")}
    assert links == {thing.words().line: thing.get_absolute_url()}


@pytest.mark.parametrize("model", [Round, *PARTS], ids=ids)
def test_every_kind_is_among_the_facts_on_one_source(client, round_, model):
    thing = round_ if model is Round else made(model, round_)
    links = get_page(client, "/gaps/").section("thin").links("details li > a")
    assert thing.get_absolute_url() in links


@pytest.mark.parametrize("model", FACTS, ids=ids)
def test_every_kind_is_found(editor_client, round_, model):
    thing = round_ if model is Round else made(model, round_)
    words = thing.words()
    page = search(editor_client, words.title or words.text, kind=ids(model))
    assert hits(page, ids(model)) == [thing.get_absolute_url()]
    assert all(page.texts("a.hit"))


@pytest.mark.parametrize("model", FACTS, ids=ids)
def test_every_kind_has_an_address_that_answers(editor_client, round_, model):
    thing = round_ if model is Round else made(model, round_)
    get_page(editor_client, thing.get_absolute_url())
