"""Links to what a page shows in other formats: beside its heading, and for programs in its head."""

from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from rounds.models import Commitment, Round
from rounds.participants.models import Participant, Person
from rounds.selection import formats
from rounds.selection.filters import RoundFilterSet
from rounds.selection.formats import FormatLink
from rounds.selection.parameters import taken_by
from rounds.sources.models import Source
from rounds.topics.models import Topic

register = template.Library()

Thing = Topic | Participant | Person | Commitment | Source  # what has a page, beside rounds


@register.simple_tag(takes_context=True)
def formats_of_rounds(context: dict[str, Any], filterset: RoundFilterSet) -> list[FormatLink]:
    """Of the rounds that are selected; none while a value is wrong."""
    host = context["request"].get_host()
    return [] if filterset.errors else list(formats.of_rounds(filterset.data, host))


@register.simple_tag(takes_context=True)
def formats_of_round(context: dict[str, Any], round_: Round) -> list[FormatLink]:
    """Of one round, which others may see as well."""
    host = context["request"].get_host()
    return list(formats.of_round(round_.number, host)) if round_.is_published else []


@register.simple_tag
def feed_of(page: str, slug: str = "", **asked: str) -> list[FormatLink]:
    """The feed of a page, in a list of one: ``{% feed_of "topic" topic.slug as links %}``."""
    return [formats.of_feed(page, slug, **asked)]


@register.simple_tag
def formats_of_picture(filterset: RoundFilterSet) -> list[FormatLink]:
    """Of the picture of the timeline; none where there is nothing to see, or a value is wrong."""
    has_picture = filterset.outline and not filterset.errors
    return list(formats.of_picture(filterset.data)) if has_picture else []


@register.simple_tag(takes_context=True)
def formats_of(context: dict[str, Any], table: str) -> list[FormatLink]:
    """Of a page of what the table has; none while a value is wrong."""
    request = context["request"]
    filterset = context.get("filterset")
    if filterset is not None and filterset.errors:
        return []
    parameters = taken_by(request.resolver_match.func) or {}
    return list(formats.of_table(table, request.GET, parameters))


@register.simple_tag
def formats_of_source(source: Source) -> list[FormatLink]:
    """Of the reference to a publication that others may see as well."""
    return list(formats.of_source(source.slug)) if source.is_public else []


@register.simple_tag
def record_of(table: str, thing: Thing) -> list[FormatLink]:
    """The record of a page's subject, in a list of one; none of what not everybody may see."""
    is_public = thing.round.is_published if isinstance(thing, Commitment) else thing.is_public
    return [formats.of_record(table, thing.slug)] if is_public else []


@register.simple_tag
def alternates(links: list[FormatLink]) -> SafeString:
    """The links for the head of the page, where programs look for them."""
    rows = ((one.kind, one.label, one.url) for one in links)
    return format_html_join("\n    ", '<link rel="alternate" type="{}" title="{}" href="{}">', rows)
