"""Everything is found by each of its names, in whatever language and form."""

import pytest

from rounds.models import FixedTerm, SearchEntry
from rounds.participants.models import Participant, Person
from rounds.search.kinds import KIND_OF
from rounds.search.names import names_seen_by
from rounds.search.query import Query
from rounds.search.results import suggestions
from rounds.search.words import folded, readings, stem
from rounds.topics.models import Topic
from tests.factories import (
    make_delegation,
    make_member,
    make_name,
    make_outcome,
    make_participant,
    make_person,
    make_round,
    make_topic,
)
from tests.pages import hit_totals, hits, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def names_read_once(monkeypatch) -> None:
    """The names of a record that does not change are read once, as by requests."""
    known = names_seen_by(Query("").user)
    monkeypatch.setattr("rounds.search.query.names_seen_by", lambda user: known)


@pytest.mark.usefixtures("names_read_once")
@pytest.mark.parametrize("model", [Participant, Person, Topic, FixedTerm])
def test_every_name_finds_what_it_names(model):
    entries = SearchEntry.objects.of_kinds([KIND_OF[model]])
    missing = []
    for named in model.objects.with_words():
        names = {str(named), *named.known_as, *(name.text for name in named.names.all())}
        found = entries.filter(object_id=named.pk)
        for name in names:
            query = Query(name)
            found = found.having(query.groups).filter(query.phrase_condition())
        if not found.exists():
            missing.append(named)
    assert missing == []


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("المعتقلين المعتقلون للمعتقلين والمعتقلين معتقل", "hostages"),
        ("заложники заложников пленными", "hostages"),
        ("rehineler rehinelerin tutukluların", "hostages"),
        ("گروگان گروگانها گروگان‌ها گروگان‌های", "hostages"),
        ("prisoners prisoner’s", "hostages"),
        ("беженцы беженцев refugees mülteciler mültecilerin", "refugee-return"),
        ("اللاجئين لاجئون النازحين فالمهجرين", "refugee-return"),
        ("پناهندگان پناهجویان босқындардың", "refugee-return"),
        ("землетрясением depremler زلزله", "earthquake"),
        ("آتش‌بس آتشبس ateşkes", "ceasefire"),
        ("terörist террористов IŞİD", "counter-terrorism"),
    ],
)
def test_words_of_any_language_and_form_lead_to_their_topic(client, words, slug):
    for word in words.split():
        assert hits(search(client, word), "topic")[0] == f"/topics/{slug}/", word
        assert slug in [one.anchor for one in suggestions(Query("").user, word)], word


@pytest.mark.parametrize(
    "words", ["зоны деэскалации", "مناطق خفض التصعيد", "gerginliği azaltma", "مناطق کاهش تنش"]
)
def test_a_fixed_term_is_found_by_its_wordings(client, words):
    page = search(client, words)
    assert page.one("#kind-fixedterm").text.startswith("Fixed terms")
    assert hits(page, "fixedterm") == ["/glossary/#term-de-escalation-areas"]


@pytest.mark.parametrize("words", ["Восточной Гуты", "gözlem noktaları", "نقاط المراقبة"])
def test_the_last_of_several_words_is_inflected(client, words):
    assert hits(search(client, words), "topic")[0] == "/topics/deescalation-areas/"


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Ирак Irak العراق عراقيون العراقيين عراقی", "iraq"),
        ("турецкого Түркия تركيا", "turkiye"),
        ("ООН BM БҰҰ un", "united-nations"),
        ("США us АҚШ", "united-states"),
    ],
)
def test_words_of_any_language_lead_to_their_participant(client, words, slug):
    for word in words.split():
        assert hits(search(client, word), "participant")[0] == f"/participants/{slug}/", word


def test_names_of_participants_are_whole_words(client):
    iraq = stem("العراق")
    assert iraq in Query("العراقي").group(stem("العراقي"))
    assert iraq not in Query("العراقيل").group(stem("العراقيل"))


def test_abbreviations_mean_what_they_stand_for_as_they_are_written(blank):
    make_name(make_participant(name="America", official_name="America"), "US")
    make_name(make_topic(label="Forces"), "YPG")
    assert set(Query("US").group("us")) == {"us", "america"}
    assert Query("us").group("us") == ("us",)
    assert Query("ypgx").group("ypgx") == ("ypgx",)


def test_a_family_name_that_two_people_share_stands_for_none_of_them(blank):
    delegation = make_delegation(make_round(101))
    for name, other in (("Sedat Önal", "Седат Унал"), ("Selçuk Ünal", "Сельчук Унал")):
        member = make_member(delegation, person=make_person(name=name))
        make_name(member.person, other)
    assert Query("Önal").group("onal") == ("onal",)
    assert Query("Sedat").group("sedat") == ("sedat", stem("Седат"))


def test_a_word_of_a_topic_needs_the_words_before_it(blank):
    make_name(make_topic(label="Zones"), "gözlem nokta")
    last = stem("noktalarında")
    assert Query("gözlem noktalarında").group(last) == (last, "nokta")
    assert Query("son noktalarında").group(last) == (last,)


def test_a_name_without_letters_means_nothing(client, blank):
    make_name(make_topic(label="Quokka"), "—")
    make_name(make_topic(label="Numbat"), "ـ")
    make_outcome(make_round(101), text="A bilby.")
    assert hit_totals(search(client, "bilby")) == {"round": 1, "outcome": 1}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("перемещённых", "перемещенных"),
        ("İRAN ılık", "iran ilik"),
        ("أحمد آل إدلب", "احمد ال ادلب"),
        ("يلدى كمعة لاجئ", "یلدی کمعه لاجی"),
        ("Ra’ad", "ra'ad"),
    ],
)
def test_letters_that_are_typed_in_different_ways_are_the_same(one, other):
    assert folded(one) == folded(other)


def test_a_joiner_may_be_left_out():
    assert readings("آتش‌بس") == ("آتش‌بس", "آتشبس")
    assert readings("Ateşkes") == ("Ateşkes",)


def test_only_the_names_with_a_word_of_the_query_are_shown(client):
    page = search(client, "заложников")
    shown = page.section("kind-topic").texts(".names bdi")
    assert "заложник" in shown
    assert "prisoner" not in shown
