from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.findings.promises import Track
from rounds.models import Round
from rounds.pictures.promises import SlipPicture
from rounds.sources.footnotes import Footnotes


def promise_list(request: HttpRequest) -> HttpResponse:
    """Every promised next round against what happened."""
    rounds = Round.objects.visible_to(request.user).with_outcomes()
    track = Track(list(rounds))
    context = {
        "track": track,
        "pictures": [SlipPicture(track.promises), SlipPicture(track.promises, narrow=True)],
        "footnotes": Footnotes(),
    }
    return render(request, "rounds/promise_list.html", context)
