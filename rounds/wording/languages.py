"""Languages: their names, and what CLDR has of each."""

from functools import lru_cache

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language, get_language_info, to_locale

# CLDR's plain "en" is American and writes the month before the day.
LOCALES = {"en": "en_GB"}


def language_name(code: str) -> str:
    """The name of a language in the language of the page; the code where it is unknown."""
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code


def direction(code: str) -> str:
    """Which way a language is written, for ``dir`` in HTML."""
    try:
        return "rtl" if get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "auto"


def page_language() -> str:
    """The code of the language of the page; outside of pages that of the settings."""
    return get_language() or settings.LANGUAGE_CODE


@lru_cache
def locale_of(language: str) -> Locale:
    """The words and patterns of a language, by its code in Django, from CLDR.

    >>> locale_of("en").months["format"]["wide"][1]
    'January'
    """
    return Locale.parse(LOCALES.get(language, to_locale(language)))
