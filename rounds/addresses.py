"""Where the pages of rounds are."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def of_round(number: int) -> str:
    """The address of a round's page.

    Remembered: a page that shows all rounds in many places would spend its time on this.
    """
    return _of_round(number, get_script_prefix())


@lru_cache(maxsize=10_000)
def _of_round(number: int, _prefix: str) -> str:
    return reverse("rounds:detail", args=[number])
