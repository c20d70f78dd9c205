"""How dates of the record are written, in the language of the page.

The patterns are those of the Unicode CLDR, found by skeletons: the fields of a date and their
widths, whatever their order in the language. TR35 defines both, in its part on dates:
https://www.unicode.org/reports/tr35/tr35-dates.html. Where CLDR does not serve, the language
has a pattern of our own in ``astana/formats``. The calendar is Gregorian, the digits are Latin.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from django.db import models
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from rounds.wording.languages import locale_of, page_language


class Precision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


# Whether 01/02 is a day of January or of February, no two people agree: so days are typed.
DAY_FORMAT = "%Y-%m-%d"
DAY_WANTED = _("Give the day as year-month-day, like 2018-01-31.")

# CLDR has ranges of days for short months alone: see _range.
SKELETONS = {Precision.DAY: "yMMMd", Precision.MONTH: "yMMMM", Precision.YEAR: "y"}

# The name in astana/formats of each range, by its skeleton and the greatest field that differs.
RANGES = {
    ("yMMMd", "d"): "DAYS_OF_ONE_MONTH",
    ("yMMMd", "M"): "DAYS_OF_ONE_YEAR",
    ("yMMMd", "y"): "DAYS_OF_TWO_YEARS",
    ("yMMMM", "M"): "MONTHS_OF_ONE_YEAR",
    ("yMMMM", "y"): "MONTHS_OF_TWO_YEARS",
    ("y", "y"): "YEARS",
}

# CLDR mixes thin and narrow spaces with plain ones, even within a language. A reader who looks
# for a date on the page, or compares one with a citation, types plain spaces.
PLAIN_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f", " "))

# By their first and last month: alone, and in a sentence after a preposition.
HALVES = {
    (1, 6): (_("first half of %(year)d"), _("the first half of %(year)d")),
    (7, 12): (_("second half of %(year)d"), _("the second half of %(year)d")),
}


def written(start: date, end: date | None = None, precision: str = Precision.DAY) -> str:
    """Write one day or a range of days, no finer than they are known.

    >>> written(date(2017, 1, 23), date(2017, 1, 24))
    '23–24 January 2017'
    >>> with override("ru"):
    ...     written(date(2017, 1, 23), date(2017, 1, 24))
    '23–24 января 2017 г.'
    """
    return _written(start, end or start, precision, page_language())


@lru_cache(maxsize=10_000)
def _written(start: date, end: date, precision: str, language: str) -> str:
    locale, skeleton = locale_of(language), SKELETONS[Precision(precision)]
    differing = _greatest_difference(start, end, skeleton)
    if differing:
        patterns = _range(skeleton, differing, language)
        days = zip((start, end), patterns, strict=True)
        text = "".join(format_date(day, pattern, locale) for day, pattern in days)
    else:
        text = _single(start, skeleton, locale)
    return text.translate(PLAIN_SPACES)


def _single(day: date, skeleton: str, locale: Locale) -> str:
    if "d" in skeleton:
        return format_date(day, "long", locale)
    return format_skeleton(skeleton, day, locale=locale)


def _greatest_difference(start: date, end: date, skeleton: str) -> str:
    """The greatest field of a skeleton in which two days differ; "" where they do in none."""
    parts = {"y": (start.year, end.year), "M": (start.month, end.month), "d": (start.day, end.day)}
    return next((f for f, (a, b) in parts.items() if f in skeleton and a != b), "")


def _range(skeleton: str, differing: str, language: str) -> Sequence[str]:
    """The patterns of a range for its first and its last day.

    ``d–`` and ``d MMMM y`` for days of one month in English.
    """
    name = RANGES[skeleton, differing]
    own = get_format(name, language)
    if own != name:  # Django gives back the name where there is no such format
        return own
    found = locale_of(language).interval_formats[skeleton][differing]
    if skeleton == "yMMMd":
        # TR35 widens the fields to those asked for, see its “Matching Skeletons”; Babel does not.
        return [half.replace("MMM", "MMMM") for half in found]
    return found


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


def moment(value: datetime) -> str:
    """Such as “3 December 2026, 09:00 (UTC)”, in the time zone of the site."""
    local = timezone.localtime(value)
    return f"{written(local.date())}, {local:%H:%M} ({timezone.get_current_timezone_name()})"
