"""The tag around what is kept of a page."""

from collections.abc import Hashable
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from rounds.access import keeper

register = template.Library()


class KeptNode(template.Node):
    def __init__(self, nodelist: NodeList, key: list[FilterExpression]) -> None:
        self.nodelist, self.key = nodelist, key

    def render(self, context: Context) -> SafeString:
        key = [_hashable(one.resolve(context)) for one in self.key]
        keep = keeper(context["request"].user)
        return keep(*key, make=lambda: self.nodelist.render(context))


def _hashable(value: Any) -> Hashable:
    return tuple(value) if isinstance(value, list) else value


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Keep what is within, under a name and the values that it depends on."""
    key = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, key)
