"""The ways from a page to the admin, for those who may edit."""

from typing import Any

from django import template
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from rounds.access import may_edit

register = template.Library()


@register.simple_tag(takes_context=True)
def edit(context: dict[str, Any], thing: Model, subject: object = None) -> str:
    """A link to the admin's form of an object, "" for who may not edit it.

    ``subject`` is what the link says that it edits; without it, what the object is called.
    """
    kind = type(thing)
    if not may_edit(context["request"].user, kind):
        return ""
    name = f"admin:{kind._meta.app_label}_{kind._meta.model_name}_change"
    told = {"address": reverse(name, args=[thing.pk]), "subject": subject or thing}
    return SafeString(render_to_string("includes/edit.html", told).strip())
