"""The picture of the timeline to take along."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from rounds.models import Milestone
from rounds.pictures.drawn import png, svg
from rounds.pictures.letters import SANS
from rounds.pictures.plates import MARGIN, Plate
from rounds.pictures.timeline import PERIOD, Picture, Words
from rounds.selection.addresses import query_pairs
from rounds.selection.formats import query_of
from rounds.selection.words import Selection
from rounds.views.formats import OF_ROUNDS, asked_rounds, taking
from rounds.wording.dates import written

NAME = "astana-process"
SHARP = 2  # how many times as large as the SVG the PNG is


@taking(OF_ROUNDS)
def picture_svg(request: HttpRequest) -> HttpResponse:
    """The picture of the rounds that the parameters ask for, to be shown at any size."""
    return named(drawn(request), "image/svg+xml; charset=utf-8", "svg")


@taking(OF_ROUNDS)
def picture_png(request: HttpRequest) -> HttpResponse:
    """The same picture in pixels, for whatever shows no SVG."""
    return named(png(drawn(request), SHARP), "image/png", "png")


def drawn(request: HttpRequest) -> str:
    filterset = asked_rounds(request)
    rounds, matching = filterset.outline, {row.pk for row in filterset.matching}
    milestones = list(Milestone.objects.visible_to(request.user))
    query = [pair for pair in query_pairs(filterset.data) if pair[0] not in PERIOD]
    selection = Selection(filterset)
    plate = Plate(
        Picture(rounds, matching, milestones, query, Words(rounds, matching, milestones)),
        selection.sentence(len(matching), len(rounds)),
        root=request.build_absolute_uri("/")[:-1],
        address=request.build_absolute_uri(reverse("rounds:list"))
        + query_of(filterset.data, OF_ROUNDS),
        edition=edition_of(request),
        is_filtered=bool(selection.chosen),
    )
    return svg("timeline.svg", plate=plate, picture=plate.picture, sans=SANS, margin=MARGIN)


def edition_of(request: HttpRequest) -> str:
    """Which edition the picture shows, in a sentence; "" while none can be read."""
    edition = getattr(request, "edition", None)
    if edition is None:
        return ""
    sentence = gettext("Edition %(number)s of the record, last changed on %(day)s.")
    return sentence % {"number": edition.number, "day": written(edition.day)}


def named(content: str | bytes, kind: str, ending: str) -> HttpResponse:
    """An answer that is shown, and saved under its name."""
    disposition = f'inline; filename="{NAME}.{ending}"'
    return HttpResponse(content, kind, headers={"Content-Disposition": disposition})
