from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.findings.gaps import gaps_seen_by


def gaps(request: HttpRequest) -> HttpResponse:
    """What is not recorded or rests on one source; editors get links to what they may mend."""
    return render(request, "rounds/gaps.html", {"gaps": gaps_seen_by(request.user)})
