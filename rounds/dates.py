"""How dates of the record are written."""

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
