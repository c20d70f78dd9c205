"""Where the pages that others name in many places are."""

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse
from django.urls.converters import IntConverter

HIGHEST = 9999  # number of a round: what every database stores, and a picture has room for


class RoundNumber(IntConverter):
    """The number of a round in an address; one beyond the highest leads nowhere."""

    def to_python(self, value: str) -> int:
        number = super().to_python(value)
        if number > HIGHEST:
            raise ValueError(f"There is no round {value}.")
        return number


def of_round(number: int) -> str:
    return _remembered("rounds:detail", number, get_script_prefix())


def anchor_of_round(number: int) -> str:
    """The id under which it stands on a page with other rounds."""
    return f"round-{number}"


def of_participant(slug: str) -> str:
    return _remembered("rounds:participant", slug, get_script_prefix())


def of_person(slug: str) -> str:
    return _remembered("rounds:person", slug, get_script_prefix())


def of_commitment(slug: str) -> str:
    return _remembered("rounds:commitment", slug, get_script_prefix())


def of_topic(slug: str) -> str:
    return _remembered("rounds:topic", slug, get_script_prefix())


def of_source(slug: str) -> str:
    return _remembered("rounds:source", slug, get_script_prefix())


def on_timeline(anchor: str, **shown: str) -> str:
    """Where a round or milestone stands on the timeline, whichever page of the list that is."""
    query = urlencode({**shown, "page": anchor})
    return f"{reverse('rounds:list')}?{query}#{anchor}"


@lru_cache(maxsize=10_000)
def _remembered(view: str, key: int | str, _prefix: str) -> str:
    """The address; a page that names all rounds and their guests would spend its time on it."""
    return reverse(view, args=[key])
