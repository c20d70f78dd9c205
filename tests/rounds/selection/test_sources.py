from datetime import date

import pytest

from rounds.selection.sources import SourceFilterSet, YearBar
from rounds.sources.models import Source
from tests.factories import make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]


@pytest.fixture
def filtered(blank):
    """The sources of 2017 (two), 2019 and of no known day, filtered."""
    for day in (date(2017, 1, 1), date(2017, 2, 2), date(2019, 3, 3), None):
        make_source(published=day)
    return lambda **data: SourceFilterSet(data, Source.objects.newest(), {})


def test_every_year_has_a_bar(filtered):
    assert filtered().year_bars == [
        YearBar(2017, 2, 100),
        YearBar(2018, 0, 0),
        YearBar(2019, 1, 50),
    ]


def test_of_many_years_the_filled_ones_have_bars(filtered):
    make_source(published=date(9999, 12, 31))
    assert [bar.year for bar in filtered().year_bars] == [2017, 2019, 9999]


def test_years_come_with_their_numbers(filtered):
    choices = dict(filtered().form.fields["year"].choices)
    assert choices["2017"] == "2017 (2)"
    assert choices["undated"] == "undated (1)"


def test_undated_sources_can_be_chosen(filtered):
    (source,) = filtered(year="undated").qs
    assert source.published is None


@pytest.mark.parametrize(
    ("words", "publishers"),
    [
        ("TÜRK", {"Sputnik Türkiye", "Türk Haber"}),
        ("türk", {"Sputnik Türkiye", "Türk Haber"}),
        ("turk", {"Sputnik Türkiye", "Türk Haber"}),
        ("iha", {"Ekonomik Yaşam (İHA)"}),
        ("İHA", {"Ekonomik Yaşam (İHA)"}),
        ("ЗВЕЗДА", {"Красная звезда"}),
        ("l'ex", {"L’Expression"}),
        ("%", set()),
    ],
)
def test_publishers_are_found_whatever_the_case_and_the_accents(words, publishers):
    for name in (
        "Sputnik Türkiye",
        "Türk Haber",
        "Ekonomik Yaşam (İHA)",
        "Красная звезда",
        "L’Expression",
        "TASS",
    ):
        make_source(publisher=name)
    found = SourceFilterSet({"publisher": words}, Source.objects.newest(), {}).qs
    assert {source.publisher for source in found} == publishers


def test_no_sources_have_no_bars():
    assert SourceFilterSet({}, Source.objects.newest(), {}).year_bars == []
