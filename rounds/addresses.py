"""Where the pages that others name in many places are."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def of_round(number: int) -> str:
    return _remembered("rounds:detail", number, get_script_prefix())


def of_participant(slug: str) -> str:
    return _remembered("rounds:participant", slug, get_script_prefix())


def of_person(slug: str) -> str:
    return _remembered("rounds:person", slug, get_script_prefix())


@lru_cache(maxsize=10_000)
def _remembered(view: str, key: int | str, _prefix: str) -> str:
    """The address; a page that names all rounds and their guests would spend its time on it."""
    return reverse(view, args=[key])
