from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.models import Commitment
from rounds.sources.footnotes import Footnotes
from rounds.views.missing import missing


def commitment_list(request: HttpRequest) -> HttpResponse:
    """What was promised at each round, and what became of it."""
    commitments = Commitment.objects.visible_to(request.user).for_page().by_round()
    context = {"commitments": commitments, "footnotes": Footnotes()}
    return render(request, "commitments/commitment_list.html", context)


def commitment_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A commitment with the evidence on what became of it."""
    commitments = Commitment.objects.visible_to(request.user)
    commitment = commitments.select_related("round").for_page().of_slug(slug)
    if commitment is None:
        return missing(request, commitments, slug, "rounds:commitments")
    context = {"commitment": commitment, "footnotes": Footnotes()}
    return render(request, "commitments/commitment_detail.html", context)
