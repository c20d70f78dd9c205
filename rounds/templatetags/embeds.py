"""How other sites show what a page is about: the code to copy, the link for programs."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rounds.models import Round
from rounds.selection.filters import RoundFilterSet
from rounds.topics.models import Topic
from rounds.views.embeds import Frame, frame_of

register = template.Library()

Thing = Round | Topic | RoundFilterSet


@register.inclusion_tag("includes/embed.html", takes_context=True)
def embed(context: dict[str, Any], thing: Thing) -> dict[str, Any]:
    """The code of the card, folded; nothing of what not everybody sees."""
    frame = _public_frame(thing)
    root = context["request"].build_absolute_uri("/")[:-1]
    return {"frame": frame, "code": frame and frame.code(root)}


@register.simple_tag(takes_context=True)
def oembed_link(context: dict[str, Any], thing: Thing) -> SafeString:
    """The link for the head of the page, by which sites find its card."""
    frame = _public_frame(thing)
    if frame is None:
        return SafeString()
    request = context["request"]
    asked = urlencode({"url": request.build_absolute_uri(frame.page)})
    return format_html(
        '<link rel="alternate" type="application/json+oembed" title="{}" href="{}">',
        frame.title,
        request.build_absolute_uri(f"{reverse('rounds:oembed')}?{asked}"),
    )


def _public_frame(thing: Thing) -> Frame | None:
    if isinstance(thing, Round):
        is_public = thing.is_published
    else:
        # Those who see more than everybody are told of what is not public.
        is_public = getattr(thing, "is_public", True) or isinstance(thing, RoundFilterSet)
    return frame_of(thing) if is_public else None
