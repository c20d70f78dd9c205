from collections.abc import Iterable, Iterator
from typing import Any

from django import template

from rounds.access import Visitor
from rounds.admin import work

register = template.Library()


@register.simple_tag
def piles_of(user: Visitor) -> Iterator[work.Pile]:
    """What waits for an editor."""
    return work.piles(user)


@register.filter
def by_noun(app_list: Iterable[dict[str, Any]]) -> list[work.Nouns]:
    """The screens of the admin by what they are about."""
    return work.by_noun(app_list)
