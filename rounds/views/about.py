from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.findings.holdings import holdings_seen_by


def about(request: HttpRequest) -> HttpResponse:
    """How the record is made, what it does not say, how to cite it, and who runs this copy."""
    context = {"holdings": holdings_seen_by(request.user), "operator": settings.OPERATOR}
    return render(request, "about.html", context)
