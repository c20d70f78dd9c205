from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.generic import ListView

from rounds.models import Commitment
from rounds.pictures.commitments import pictures
from rounds.selection.commitments import CommitmentFilterSet
from rounds.selection.parameters import Parameter, parameters_of
from rounds.sources.footnotes import Footnotes
from rounds.views.missing import missing
from rounds.views.momentary import momentary
from rounds.views.moved import asked_anew


class CommitmentListView(ListView[Commitment]):
    """The ledger: what was promised at each round, and what became of it."""

    template_name = "commitments/commitment_list.html"
    paginate_by = 100
    parameters = {**parameters_of(CommitmentFilterSet.base_filters), "page": Parameter("1")}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if self.filterset.is_valid():
            return response
        return asked_anew(request) or momentary(response)

    def get_queryset(self) -> QuerySet[Commitment]:
        commitments = Commitment.objects.visible_to(self.request.user)
        self.filterset = CommitmentFilterSet(self.request.GET, commitments, self.request.user)
        return self.filterset.qs.for_page().by_round()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = list(context["page_obj"])
        return context | {
            "filterset": self.filterset,
            "picture_key": tuple(one.pk for one in shown),
            "pictures": SimpleLazyObject(lambda: pictures(shown)),
            "footnotes": Footnotes(),
        }


def commitment_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A commitment with the evidence on what became of it."""
    commitments = Commitment.objects.visible_to(request.user)
    commitment = commitments.with_evidence().of_slug(slug)
    if commitment is None:
        return missing(request, commitments, slug, "rounds:commitments")
    beside = list(commitments.beside(commitment).for_page().by_round())
    context = {
        "commitment": commitment,
        "of_round": [one for one in beside if one.round_id == commitment.round_id],
        "on_topic": [one for one in beside if one.round_id != commitment.round_id],
        "footnotes": Footnotes(),
    }
    return render(request, "commitments/commitment_detail.html", context)
