"""Lists page by page."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest


def page_of(request: HttpRequest, objects: Sequence[Any] | QuerySet[Any], size: int) -> Page[Any]:
    """The page that is asked for; 404, as in Django's own lists, where there is none."""
    try:
        return Paginator(objects, size).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404 from error
