"""Answers that are not worth keeping."""

from typing import TypeVar

from django.http import HttpResponse

from rounds.pages.kept import MOMENTARY

Answer = TypeVar("Answer", bound=HttpResponse)


def momentary(response: Answer) -> Answer:
    """Mark the answer to what has wrong values, of which there is no end, so that none keeps it.

    Nor does who looks through the site list it.
    """
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = MOMENTARY
    return response
