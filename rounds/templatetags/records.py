"""How facts of the record are written in templates."""

from django import template

from rounds import dates
from rounds.models import Milestone, Round

register = template.Library()


@register.filter
def when(event: Round | Milestone) -> str:
    """The dates of a round or milestone, no finer than they are known."""
    return dates.written(event.start, event.end, event.date_precision)
