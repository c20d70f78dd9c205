from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.generic import TemplateView

from rounds.search.kinds import NUMBERED, OF_SLUG, Kind
from rounds.search.query import LONGEST, Query
from rounds.search.results import (
    SUGGESTED_KINDS,
    address,
    did_you_mean,
    groups,
    of_kind,
    shown,
    suggestions,
)
from rounds.selection.parameters import Parameter, takes
from rounds.views.momentary import momentary
from rounds.views.paging import page_of
from rounds.wording.signs import storable

PAGE_SIZE = 50


def asked(request: HttpRequest) -> str:
    """What the visitor looks for."""
    return storable(request.GET.get("q", "")).strip()


class SearchView(TemplateView):
    """Everything that has all words of the query, or everything of one kind."""

    template_name = "search/search.html"
    parameters = {"q": Parameter(None), "kind": Parameter(), "page": Parameter("1")}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: Any = super().get(request, *args, **kwargs)
        found = response.context_data
        known = {
            "kind": found["kind"].slug if "kind" in found else "",
            "page": str(found["page_obj"].number) if "page_obj" in found else "",
        }
        wrong = any(request.GET.get(name, value) != value for name, value in known.items())
        return momentary(response) if wrong else response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = Query(asked(self.request), self.request.user)
        context = super().get_context_data(**kwargs, query=query, longest=LONGEST)
        if query.problem:
            return context | {"problem": query.problem if "q" in self.request.GET else ""}
        if kind := OF_SLUG.get(self.request.GET.get("kind", "")):
            return context | self.one_kind(query, kind)
        found = groups(self.request.user, query)
        return context | {
            "groups": found,
            "total": sum(group.total for group in found),
            "proposal": "" if found else did_you_mean(self.request.user, query),
            "is_searched": True,
        }

    def one_kind(self, query: Query, kind: Kind) -> dict[str, Any]:
        """All hits of the kind, page by page."""
        page = page_of(self.request, of_kind(self.request.user, query, kind), PAGE_SIZE)
        return {
            "kind": kind,
            "hits": shown(list(page), query),
            "page_obj": page,
            "total": page.paginator.count,
            "is_searched": True,
        }


@takes(q="", kind="")
def suggest(request: HttpRequest) -> JsonResponse:
    """What the words typed so far may mean: title, kind and address of each.

    With a kind that can be suggested all of that kind, otherwise the first few of all.
    """
    kind = next((one for one in SUGGESTED_KINDS if one.slug == request.GET.get("kind")), None)
    found = suggestions(request.user, asked(request), kind)
    is_known = kind or not request.GET.get("kind")
    answer = JsonResponse(
        {
            "suggestions": [
                {
                    "title": one.title,
                    "kind": NUMBERED[one.kind].name,
                    "url": address(one),
                }
                for one in found
            ]
        }
    )
    return answer if is_known else momentary(answer)
