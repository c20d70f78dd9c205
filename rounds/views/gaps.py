from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.access import may_edit
from rounds.findings.gaps import gaps_seen_by
from rounds.models import Round


def gaps(request: HttpRequest) -> HttpResponse:
    """What is not recorded or rests on one source; editors get links to what they may mend."""
    context = {
        "gaps": gaps_seen_by(request.user),
        "may_edit_rounds": may_edit(request.user, Round),
    }
    return render(request, "rounds/gaps.html", context)
