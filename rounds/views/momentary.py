"""Answers that are not worth keeping."""

from typing import TypeVar

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

Answer = TypeVar("Answer", bound=HttpResponse)


def momentary(response: Answer) -> Answer:
    """Mark the answer to what has wrong values, of which there is no end, so that none keeps it."""
    patch_cache_control(response, public=True, max_age=0)
    return response
