from datetime import date

import pytest
from django.template import Context, Template
from django.utils.translation import override

from rounds.models import Milestone
from rounds.sources.models import Source


@pytest.mark.parametrize(
    ("language", "text"), [("en", "23 January 2017"), ("kk", "2017 ж. 23 қаңтар")]
)
def test_a_day_is_written_in_the_language_of_the_page(language, text):
    context = Context({"found": date(2017, 1, 23)})
    with override(language):
        assert Template("{% load records %}{{ found|day }}").render(context) == text


def test_an_event_is_written_no_finer_than_it_is_known():
    context = Context({"event": Milestone(start=date(2017, 1, 23), date_precision="month")})
    assert Template("{% load records %}{{ event|when }}").render(context) == "January 2017"


@pytest.mark.parametrize(
    ("precision", "text", "machine"),
    [
        ("day", "1 March 2017", "2017-03-01"),
        ("month", "March 2017", "2017-03"),
        ("year", "2017", "2017"),
    ],
)
def test_a_source_was_published_no_finer_than_it_is_known(precision, text, machine):
    source = Source(published=date(2017, 3, 1), published_precision=precision)
    context = Context({"source": source})
    assert Template("{% load records %}{{ source|published }}").render(context) == text
    assert source.published_as == machine
