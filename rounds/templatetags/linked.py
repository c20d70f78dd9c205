"""Linked data within pages: blocks of JSON-LD, which browsers run no more than they show them."""

import json
from collections.abc import Iterable
from html import unescape
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from rounds.exports import linked
from rounds.exports.imprint import Imprint
from rounds.findings.outline import outline_seen_by
from rounds.models import Round
from rounds.views.data import Offer

register = template.Library()

# What would end the block, as Django's json_script writes it, and what no JavaScript string holds.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def block(thing: linked.Node) -> SafeString:
    """The block that says this of the page."""
    text = json.dumps(linked.document_of(thing), ensure_ascii=False, separators=(",", ":"))
    written = mark_safe(text.translate(ESCAPES))  # noqa: S308 - no sign of HTML is left
    return format_html('<script type="application/ld+json">{}</script>', written)


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")[:-1]


def _timeline() -> tuple[str, str]:
    return gettext("Timeline"), reverse("rounds:list")


@register.simple_tag(takes_context=True)
def linked_site(context: dict[str, Any]) -> SafeString:
    """What the site is, and how it is searched."""
    return block(linked.website(_root(context["request"])))


@register.simple_tag(takes_context=True)
def linked_round(context: dict[str, Any], round_: Round) -> SafeString:
    """The round as an event, and the way to its page; nothing of one that is not public."""
    if not round_.is_published:
        return SafeString()
    root = _root(context["request"])
    trail = [_timeline(), (str(round_), round_.get_absolute_url())]
    return block(linked.event(round_, root)) + block(linked.breadcrumbs(root, trail))


@register.simple_tag(takes_context=True)
def linked_trail(
    context: dict[str, Any], index: str = "", name: str = "", above: str = "", above_name: str = ""
) -> SafeString:
    """The way to the page that the breadcrumbs show: the timeline, perhaps lists, the page.

    ``index`` is the view of the list that the page is in, ``above`` of what that is in.
    """
    request = context["request"]
    lists = ((above, above_name), (index, name))
    trail = [_timeline(), *((str(called), reverse(view)) for view, called in lists if view)]
    trail.append((unescape(context["page_name"]), request.path))
    return block(linked.breadcrumbs(_root(request), trail))


@register.simple_tag(takes_context=True)
def linked_dataset(
    context: dict[str, Any], imprint: Imprint, offers: Iterable[Offer]
) -> SafeString:
    """The record as data, with the files that the page offers."""
    files = [
        linked.Download(
            name=str(one.file.title),
            address=imprint.root + reverse("rounds:data_file", args=[one.file.name]),
            kind=one.file.media_type,
            size=one.size.bytes if one.size else 0,
            sha256=one.size.digest if one.size else "",
        )
        for one in offers
    ]
    rounds = outline_seen_by(context["request"].user)
    return block(linked.dataset(imprint, files, rounds))
