from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import ListView

from rounds.findings.facts import facts_by
from rounds.findings.sourcing import sources_by_round
from rounds.models import Round
from rounds.selection.parameters import Parameter, parameters_of
from rounds.selection.sources import SourceFilterSet
from rounds.sources.models import Source
from rounds.views.missing import missing
from rounds.views.momentary import momentary
from rounds.views.moved import asked_anew


def sources_asked(request: HttpRequest) -> SourceFilterSet:
    """The sources that the parameters ask for, newest first."""
    rounds = Round.objects.visible_to(request.user).outline()
    numbers = {row.pk: row.number for row in rounds}
    cited = sources_by_round(numbers)
    return SourceFilterSet(
        request.GET,
        Source.objects.visible_to(request.user).newest(),
        {numbers[pk]: sources for pk, sources in cited.items()},
    )


class SourceListView(ListView[Source]):
    """All sources, newest first, narrowed by the filters."""

    paginate_by = 100
    parameters = {**parameters_of(SourceFilterSet.base_filters), "page": Parameter("1")}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if self.filterset.is_valid():
            return response
        return asked_anew(request) or momentary(response)

    def get_queryset(self) -> QuerySet[Source]:
        self.filterset = sources_asked(self.request)
        return self.filterset.qs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            filterset=self.filterset,
            **kwargs,
        )


def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A source with everything that rests on it."""
    sources = Source.objects.visible_to(request.user)
    source = sources.of_slug(slug)
    if source is None:
        return missing(request, sources, slug, "rounds:sources")
    context = {
        "source": source,
        "groups": facts_by(source, request.user),
    }
    return render(request, "sources/source_detail.html", context)
