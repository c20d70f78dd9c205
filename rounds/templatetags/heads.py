"""What a page is called and what it says, for browsers and for those who share it."""

from functools import lru_cache
from typing import Any

from babel.core import get_global
from django import template
from django.http import HttpRequest
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from rounds.pages.addresses import canonical_path
from rounds.wording.languages import locale_of, page_language

register = template.Library()

WHOLE = "website"  # what the timeline stands for


class HeadNode(template.Node):
    child_nodelists = ("title", "description")

    def __init__(self, title: NodeList, description: NodeList) -> None:
        self.title, self.description = title, description

    def render(self, context: Context) -> SafeString:
        title, description = _line(self.title, context), _line(self.description, context)
        site = gettext("Astana process tracker")
        name = mark_safe(title.removesuffix(f" · {site}"))  # noqa: S308 - a part of what is safe
        context["page_name"] = name
        about = {"title": title, "description": description, "name": name, "site": site}
        request = context.get("request")
        if request and getattr(request, "edition", None):
            about |= _shared(request)
            if about["kind"] == WHOLE:
                about["name"] = title
        return render_to_string("includes/head.html", about)


def _line(nodes: NodeList, context: Context) -> SafeString:
    """What the nodes say, in one line."""
    return mark_safe(" ".join(nodes.render(context).split()))  # noqa: S308 - it was rendered


def _shared(request: HttpRequest) -> dict[str, str]:
    return {
        "locale": locale_with_territory(page_language()),
        "kind": WHOLE if request.path == reverse("rounds:list") else "article",
    }


@lru_cache
def locale_with_territory(language: str) -> str:
    """The locale of a language as Open Graph wants it.

    >>> locale_with_territory("tr")
    'tr_TR'
    """
    locale = locale_of(language)
    likely = get_global("likely_subtags").get(locale.language, "")
    territory = locale.territory or likely.rpartition("_")[2]
    return f"{locale.language}_{territory}" if territory else locale.language


@register.tag
def head(parser: Parser, token: Token) -> HeadNode:
    """Of a title, and after ``described`` a description, all that the head says of the page.

    What the page is called is ``page_name`` from there on.
    """
    title = parser.parse(("described",))
    parser.delete_first_token()
    description = parser.parse(("endhead",))
    parser.delete_first_token()
    return HeadNode(title, description)


@register.simple_tag(takes_context=True)
def canonical(context: dict[str, Any], **counting: Any) -> SafeString:
    """The one address of the page, for crawlers and for those who share it.

    Pages of editors and of the moment have none.

    ``counting`` has parameters that count as another value than they have.
    """
    request = context.get("request")
    path = canonical_path(request, counting) if request else ""
    if not (request and path):
        return SafeString()
    address = request.build_absolute_uri(path)
    return format_html(
        '<link rel="canonical" href="{0}">\n    <meta property="og:url" content="{0}">', address
    )
