from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.translation import gettext

from rounds.access import Visitor
from rounds.exports.tables import as_csv, matrix_table
from rounds.findings import matrices
from rounds.findings.matrices import Columns, Matrix, Sort
from rounds.models import AgendaItem, Delegation, Round
from rounds.participants.models import Participant
from rounds.selection.parameters import takes
from rounds.topics.models import Topic
from rounds.views.momentary import momentary
from rounds.wording.lists import listed, quoted


def topics_against_rounds(user: Visitor) -> Matrix:
    return matrices.topic_matrix(
        Round.objects.visible_to(user).outline(),
        Topic.objects.visible_to(user),
        AgendaItem.objects.visible_to(user).reports(),
    )


def participants_against_rounds(user: Visitor) -> Matrix:
    return matrices.attendance_matrix(
        Round.objects.visible_to(user).outline(),
        Participant.objects.visible_to(user),
        Delegation.objects.visible_to(user).reports(),
    )


@takes(sort=Sort.values[0], order=Columns.values[0])
def topic_matrix(request: HttpRequest) -> HttpResponse:
    """Topics by theme against rounds."""
    return _page(request, topics_against_rounds(request.user), "rounds/topic_matrix.html")


@takes(sort=Sort.values[0], order=Columns.values[0])
def attendance_matrix(request: HttpRequest) -> HttpResponse:
    """Participants by role against rounds."""
    matrix = participants_against_rounds(request.user)
    return _page(request, matrix, "rounds/attendance_matrix.html")


@takes(sort=Sort.values[0], order=Columns.values[0])
def topic_matrix_csv(request: HttpRequest) -> HttpResponse:
    return _csv(request, topics_against_rounds(request.user), gettext("Topic"), "topics.csv")


@takes(sort=Sort.values[0], order=Columns.values[0])
def attendance_matrix_csv(request: HttpRequest) -> HttpResponse:
    matrix = participants_against_rounds(request.user)
    return _csv(request, matrix, gettext("Participant"), "attendance.csv")


def _page(request: HttpRequest, matrix: Matrix, template: str) -> HttpResponse:
    arrangement = Arrangement(request)
    context = {
        "matrix": matrix.sorted(arrangement.sort, arrangement.order),
        "sorts": Sort.choices,
        "orders": Columns.choices,
        "arrangement": arrangement,
    }
    response = render(request, template, context)
    return momentary(response) if arrangement.problem else response


def _csv(request: HttpRequest, matrix: Matrix, heading: str, name: str) -> HttpResponse:
    arrangement = Arrangement(request)
    if arrangement.problem:
        return HttpResponseBadRequest(arrangement.problem, "text/plain; charset=utf-8")
    arranged = matrix.sorted(arrangement.sort, arrangement.order)
    text = as_csv(matrix_table(arranged, heading))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, "text/csv; charset=utf-8", headers=headers)


class Arrangement:
    """The orders of rows and columns that a visitor asked for; the first ones if wrong."""

    def __init__(self, request: HttpRequest) -> None:
        self.unknown: list[str] = []
        self.sort = Sort(self._known(request, "sort", Sort.values))
        self.order = Columns(self._known(request, "order", Columns.values))

    def _known(self, request: HttpRequest, name: str, values: list[str]) -> str:
        value = request.GET.get(name, values[0])
        if value in values:
            return value
        self.unknown.append(value)
        return values[0]

    @property
    def problem(self) -> str:
        """A sentence on the values that name no order; empty where all do."""
        if not self.unknown:
            return ""
        return gettext("There is no order %(names)s. There are: %(known)s.") % {
            "names": listed(map(quoted, self.unknown)),
            "known": listed([*Sort.values, *Columns.values]),
        }
