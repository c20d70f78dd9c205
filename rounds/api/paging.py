"""The pages of lists."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from rounds.api.parameters import LARGEST, PAGE_SIZE, number


class Pages(PageNumberPagination):
    """Pages by number; what is no page at all is a 400, what lies beyond the last one a 404."""

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = LARGEST
    last_page_strings = ()

    def get_page_size(self, request: Request) -> int:
        return number(request.query_params, "page_size", PAGE_SIZE, LARGEST)

    def get_page_number(self, request: Request, paginator: Any) -> int:
        page, last = number(request.query_params, "page", 1), paginator.num_pages
        if page > last:
            sentence = gettext("This list has no page %(page)d; its last is %(last)d.")
            raise NotFound(sentence % {"page": page, "last": last})
        return page

    def get_schema_operation_parameters(self, view: Any) -> list[Any]:
        return []  # they stand with the others

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        next_ = "https://example.org/api/v1/rounds/?page=2"
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {
                    "type": "integer",
                    "description": _("How many the list has on all of its pages."),
                    "examples": [22],
                },
                "next": address
                | {
                    "description": _("The address of the next page; null on the last."),
                    "examples": [next_],
                },
                "previous": address
                | {
                    "description": _("The address of the page before; null on the first."),
                    "examples": [None],
                },
                "results": schema | {"description": _("The rows of this page, in order.")},
            },
        }
