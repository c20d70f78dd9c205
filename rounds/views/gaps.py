from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.gaps import footings, head_gaps
from rounds.models import Document, Round, Session
from rounds.sources.models import Source


def gaps(request: HttpRequest) -> HttpResponse:
    """What is not recorded or rests on one source; editors get links to mend it."""
    user = request.user
    context = {
        "head_gaps": head_gaps(user),
        "venues": Round.objects.visible_to(user).without_venue(),
        "sessions": Session.objects.visible_to(user).without_day().count(),
        "documents": Document.objects.visible_to(user).without_address(),
        "undated": Source.objects.undated(),
        "footings": footings(user),
        "may_edit": user.is_staff and user.has_perm("rounds.change_round"),
    }
    return render(request, "rounds/gaps.html", context)
