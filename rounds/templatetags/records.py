"""How facts of the record are written in templates."""

from collections.abc import Iterable
from datetime import date, datetime

from django import template

from rounds.models import Milestone, Round, Verdict
from rounds.pictures.commitments import Sign
from rounds.sources.models import Source
from rounds.wording import dates, numbers
from rounds.wording.languages import direction

register = template.Library()


@register.filter
def when(event: Round | Milestone) -> str:
    """The dates of a round or milestone, no finer than they are known."""
    return dates.written(event.start, event.end, event.date_precision)


@register.filter
def day(value: date) -> str:
    """A single day, such as that of a publication."""
    return dates.written(value)


@register.filter
def moment(value: datetime) -> str:
    """A day and the time of it, with the time zone, which is that of the site."""
    return dates.moment(value)


@register.filter
def published(source: Source) -> str:
    """When a source was published, no finer than that is known; empty where it is not."""
    return source.day


# Which way a language is written, by its code.
register.filter("direction", direction)


@register.filter
def sign(verdict: str) -> Sign:
    """What the verdict on a commitment looks like."""
    return Sign(Verdict(verdict))


@register.filter
def ranges(found: Iterable[int]) -> str:
    """Numbers in words: “1–3, 5”."""
    return numbers.ranges(found)
