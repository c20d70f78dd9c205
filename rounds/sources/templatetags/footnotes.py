from collections.abc import Iterable

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from rounds.sources.footnotes import Note
from rounds.sources.models import Source, Sourced
from rounds.wording.languages import language_name

register = template.Library()


@register.simple_tag(takes_context=True)
def cite(context: Context, fact: Sourced) -> SafeString:
    """Put the marks of a fact's sources; the page's context has its ``footnotes``."""
    return marks(context, fact.sources.all())


@register.simple_tag(takes_context=True)
def marks(context: Context, sources: Iterable[Source]) -> SafeString:
    """Put the marks of these sources."""
    label = gettext("Source %(note)d")
    links = "\u2009".join(
        # Only numbers of our own go in, so there is nothing to escape.
        f'<a id="{mark.id}" href="#note-{mark.note}" aria-label="{label % vars(mark)}">'
        f"{mark.note}</a>"
        for mark in context["footnotes"].cite(sources)
    )
    return mark_safe(f'<sup class="cite">{links}</sup>' if links else "")  # noqa: S308


@register.simple_tag
def backlinks(note: Note) -> SafeString:
    """Links from a note to each of its marks."""
    label = gettext("Back to mention %(place)d: %(note)d")
    links = (f'<a href="#{mark.id}" aria-label="{label % vars(mark)}">↑</a>' for mark in note.marks)
    return mark_safe("".join(links))  # noqa: S308


# Django’s own filter “language_name” fails for languages that it has no name of.
register.filter("named_language", language_name)
