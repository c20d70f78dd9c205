"""The ways through the site, the same in the header and in the page map."""

from typing import Any, NamedTuple

from django import template
from django.urls import reverse
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
            ("rounds:topics", _("Topics")),
            ("rounds:topic_matrix", _("Topics by round")),
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
        ],
    ),
]


class Link(NamedTuple):
    """A way to a page; ``current`` is the value of aria-current, "" on other pages."""

    url: str
    label: StrOrPromise
    current: str


@register.simple_tag(takes_context=True)
def sections(context: dict[str, Any]) -> list[tuple[StrOrPromise, list[Link]]]:
    """The pages of the site by section, with the one the visitor is on marked."""
    path = context["request"].path if "request" in context else ""
    return [(name, [_link(view, label, path) for view, label in pages]) for name, pages in SECTIONS]


def _link(view: str, label: StrOrPromise, path: str) -> Link:
    url = reverse(view)
    within = url != "/" and path.startswith(url)
    return Link(url, label, "page" if path == url else "true" if within else "")
