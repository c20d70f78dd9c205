"""What templates say of the dataset."""

from django import template
from django.utils.translation import gettext_lazy as _

from rounds.exports.codebook import kind_in_words

register = template.Library()

# What the values of a column are, in words.
register.filter("kind", kind_in_words)

CHANGES = {"added": _("added"), "changed": _("changed"), "removed": _("removed")}


@register.filter
def change(kind: str) -> str:
    """What became of a row since the release before, in a word."""
    return str(CHANGES[kind])
