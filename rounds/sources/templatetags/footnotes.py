from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext

from rounds.sources.models import Sourced

register = template.Library()


@register.simple_tag(takes_context=True)
def cite(context: Context, fact: Sourced) -> SafeString:
    """Put the marks of a fact's sources; the page's context has its ``footnotes``."""
    marks = context["footnotes"].cite(fact.sources.all())
    links = format_html_join(
        "\u2009",
        '<a id="{}" href="#note-{}" aria-label="{}">{}</a>',
        ((mark.id, mark.note, gettext("Source %d") % mark.note, mark.note) for mark in marks),
    )
    return format_html('<sup class="cite">{}</sup>', links) if marks else SafeString("")


@register.filter
def language_name(code: str) -> str:
    """The name of a language in the language of the page."""
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code
