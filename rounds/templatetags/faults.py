from collections.abc import Iterable
from typing import Any

from django import template

from rounds.admin import faults

register = template.Library()


@register.simple_tag
def faults_of(page: Any, inlines: Iterable[Any]) -> list[faults.Fault]:
    """What is wrong with a form of the admin and with the rows on its page."""
    return faults.faults_of(page.form, [inline.formset for inline in inlines])
