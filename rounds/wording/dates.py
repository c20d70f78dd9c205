"""How dates of the record are written."""

from calendar import monthrange
from datetime import date
from functools import lru_cache

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


FORMATS = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}

# By their first and last month: alone, and in a sentence after a preposition.
HALVES = {
    (1, 6): (_("first half of %(year)d"), _("the first half of %(year)d")),
    (7, 12): (_("second half of %(year)d"), _("the second half of %(year)d")),
}


def written(start: date, end: date | None = None, precision: str = Precision.DAY) -> str:
    """Write one day or a range of days, no finer than they are known.

    >>> written(date(2017, 1, 23), date(2017, 1, 24))
    '23–24 January 2017'
    """
    return _written(start, end, precision, get_language())


@lru_cache(maxsize=10_000)
def _written(start: date, end: date | None, precision: str, language: str | None) -> str:
    form = FORMATS[Precision(precision)]
    first = date_format(start, form)
    if end is None or (last := date_format(end, form)) == first:
        return first
    if precision == Precision.DAY and (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    if precision != Precision.YEAR and start.year == end.year:
        return f"{date_format(start, form.removesuffix(' Y'))} – {last}"
    return f"{first} – {last}"


def window(first: date, last: date, *, in_sentence: bool = False) -> str:
    """Write a span of days as people promise it: a whole year, half year or month by its name.

    In a sentence a half year takes its article.

    >>> window(date(2025, 1, 1), date(2025, 6, 30))
    'first half of 2025'
    >>> window(date(2017, 7, 11), date(2017, 7, 20))
    '11–20 July 2017'
    """
    if first.day > 1 or last.day < monthrange(last.year, last.month)[1]:
        return written(first, last)
    months = (first.month, last.month)
    if months == (1, 12):
        return written(first, last, Precision.YEAR)
    if first.year == last.year and months in HALVES:
        form, form_in_sentence = HALVES[months]
        return (form_in_sentence if in_sentence else form) % {"year": first.year}
    return written(first, last, Precision.MONTH)
