"""What a page says of the parameters of its address."""

from typing import Any

from django import template

from rounds.selection.parameters import Unused, taken_by
from rounds.wording.lists import any_of, quoted

register = template.Library()


@register.inclusion_tag("includes/unused.html", takes_context=True)
def unused(context: dict[str, Any]) -> dict[str, Any]:
    """Say which parameters and values change nothing; on every page that takes parameters."""
    request = context["request"]
    names, values = Unused.of(request.GET, taken_by(request.resolver_match.func) or {})
    return {
        "names": names,
        "values": [
            (name, any_of(map(quoted, left_out)), quoted(used))
            for name, (left_out, used) in values.items()
        ],
    }
