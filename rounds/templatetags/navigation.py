"""The ways through the site, the same in the header and in the page map."""

from functools import cache, lru_cache
from typing import Any, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

register = template.Library()

SECTIONS = [
    (
        _("Round by round"),
        [
            ("rounds:list", _("Timeline")),
            ("rounds:promises", _("Next rounds promised")),
            ("rounds:compare_choose", _("Compare")),
        ],
    ),
    (
        _("What was said"),
        [
            ("rounds:statements", _("Statements")),
            ("rounds:topics", _("Topics")),
            ("rounds:topic_matrix", _("Topics by round")),
            ("rounds:commitments", _("Commitments")),
        ],
    ),
    (
        _("Who came"),
        [
            ("rounds:participants", _("Participants")),
            ("rounds:people", _("People")),
            ("rounds:attendance_matrix", _("Attendance")),
        ],
    ),
    (
        _("How we know"),
        [
            ("rounds:sources", _("Sources")),
            ("rounds:disputes", _("Where sources disagree")),
            ("rounds:gaps", _("What is not recorded")),
            ("rounds:changes", _("Changes")),
            ("rounds:glossary", _("Glossary")),
            ("rounds:data", _("Data")),
            ("rounds:about", _("About")),
        ],
    ),
]


class Link(NamedTuple):
    """A way to a page; ``current`` is the value of aria-current, "" on other pages."""

    url: str
    label: StrOrPromise
    current: str


@register.simple_tag(takes_context=True)
def site_map(context: dict[str, Any], template_name: str) -> SafeString:
    """The pages of the site by section, with the one the visitor is on marked."""
    path = context["request"].path if "request" in context else ""
    current = tuple(_current(url, path) for url in _urls(get_script_prefix()))
    return _written(template_name, current, get_language(), get_script_prefix())


def _current(url: str, path: str) -> str:
    if path == url:
        return "page"
    return "true" if path.startswith(url) and url != "/" else ""


def _link(label: StrOrPromise, url: str, current: str) -> Link:
    return Link(url, label, current)


@cache
def _urls(_prefix: str) -> list[str]:
    return [reverse(view) for _name, pages in SECTIONS for view, _label in pages]


@lru_cache(maxsize=1_000)
def _written(
    template_name: str, current: tuple[str, ...], _language: str | None, prefix: str
) -> SafeString:
    """The same on so many pages that it is written once."""
    marked = iter(zip(_urls(prefix), current, strict=True))
    page_map = [
        (name, [_link(label, *next(marked)) for _view, label in pages]) for name, pages in SECTIONS
    ]
    return render_to_string(template_name, {"page_map": page_map})
