from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.gaps import gaps_seen_by


def gaps(request: HttpRequest) -> HttpResponse:
    """What is not recorded or rests on one source; editors get links to what they may mend."""
    user = request.user
    context = {
        "gaps": gaps_seen_by(user),
        "may_edit_rounds": user.is_staff and user.has_perm("rounds.change_round"),
        "may_edit_sources": user.is_staff and user.has_perm("sources.change_source"),
    }
    return render(request, "rounds/gaps.html", context)
