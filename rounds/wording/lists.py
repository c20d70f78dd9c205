"""Lists and quotes within a sentence, in the language of the page.

The patterns of lists are those of the Unicode CLDR; TR35 describes them as list patterns:
https://www.unicode.org/reports/tr35/tr35-general.html#ListPatterns.
"""

from collections.abc import Iterable
from functools import reduce

from babel.lists import format_list
from django.utils.translation import gettext

from rounds.wording.languages import locale_of, page_language


def all_of(items: Iterable[str]) -> str:
    """Items that all hold: TR35’s style “standard”.

    >>> all_of(["Idlib", "Detainees", "Refugees"])
    'Idlib, Detainees and Refugees'
    """
    return format_list(list(items), "standard", locale_of(page_language()))


def any_of(items: Iterable[str]) -> str:
    """Items of which one holds: TR35’s style “or”.

    >>> any_of(["Idlib", "Detainees", "Refugees"])
    'Idlib, Detainees or Refugees'
    """
    return format_list(list(items), "or", locale_of(page_language()))


def listed(items: Iterable[str]) -> str:
    """Items one after another, without a word before the last.

    CLDR has no such style in every language: the pattern is the one between the first items of
    a long list.

    >>> listed(["Idlib", "Detainees", "Refugees"])
    'Idlib, Detainees, Refugees'
    """
    between = locale_of(page_language()).list_patterns["standard"]["middle"]
    found = list(items)
    return reduce(between.format, found) if found else ""


def quoted(text: object) -> str:
    """In the quotation marks of the language: “Idlib”."""
    return gettext("“%(text)s”") % {"text": text}
