from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.models import Dispute
from rounds.sources.footnotes import Footnotes


def dispute_list(request: HttpRequest) -> HttpResponse:
    """Everything that sources disagree on, by round."""
    disputes = Dispute.objects.visible_to(request.user).by_round().for_page()
    rounds = [(one, list(group)) for one, group in groupby(disputes, lambda one: one.round)]
    context = {"rounds": rounds, "total": len(disputes), "footnotes": Footnotes()}
    return render(request, "rounds/dispute_list.html", context)
