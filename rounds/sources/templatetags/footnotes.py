from collections.abc import Iterable
from textwrap import shorten
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from rounds.sources.footnotes import Note
from rounds.sources.models import Source, Sourced
from rounds.wording.languages import language_name

register = template.Library()

LONGEST_NAME, LONGEST_BEGINNING = 60, 40  # of a fact in the links back to it


@register.simple_tag(takes_context=True)
def cite(context: Context, fact: Sourced, at: Any = None) -> SafeString:
    """Put the marks of a fact's sources; the page's context has its ``footnotes``.

    ``at`` is what tells the fact from others of that name on the page, such as its round.
    """
    return marks(context, fact.sources.all(), _named(fact), at)


@register.simple_tag(takes_context=True)
def marks(context: Context, sources: Iterable[Source], name: str, at: Any = None) -> SafeString:
    """Put the marks of the sources of what is called that."""
    whole = name if at is None else f"{at}: {name}"
    links = "\u2009".join(
        # Numbers of our own go in, and a label that is escaped: there may be hundreds.
        f'<a id="{mark.id}" href="#note-{note.number}" aria-label="{note.label}">{note.number}</a>'
        for note, mark in context["footnotes"].cite(sources, whole)
    )
    return mark_safe(f'<sup class="cite">{links}</sup>' if links else "")  # noqa: S308


def _named(fact: Sourced) -> str:
    """A fact in few words: what it is called, or how its text begins."""
    name = str(fact)
    return name if len(name) <= LONGEST_NAME else shorten(name, LONGEST_BEGINNING, placeholder="…")


@register.simple_tag
def backlinks(note: Note) -> SafeString:
    """Links from a note to each of its marks, by the facts behind which they stand."""
    label = gettext("%(letter)s: back to %(fact)s")
    return format_html_join(
        " ",
        '<a href="#{}" aria-label="{}">{}</a>',
        (
            (mark.id, label % {"letter": mark.letter, "fact": mark.fact}, mark.letter)
            for mark in note.marks
        ),
    )


# Django’s own filter “language_name” fails for languages that it has no name of.
register.filter("named_language", language_name)
