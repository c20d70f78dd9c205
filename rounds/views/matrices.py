from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.translation import gettext

from rounds.access import Visitor
from rounds.exports.separated import as_csv, matrix_table
from rounds.findings import matrices
from rounds.findings.matrices import Columns, Matrix, Sort
from rounds.findings.outline import outline_seen_by
from rounds.models import AgendaItem, Delegation, Paragraph
from rounds.participants.models import Participant
from rounds.querysets import Outline
from rounds.selection.parameters import takes
from rounds.topics.models import Topic
from rounds.views.momentary import momentary
from rounds.views.paging import page_of
from rounds.wording.lists import listed, quoted

Against = Callable[[Visitor, Sequence[Outline]], Matrix]  # what a visitor sees against rounds

COLUMNS = 25  # rounds of a page


def topics_against_rounds(user: Visitor, rounds: Sequence[Outline]) -> Matrix:
    keys = [row.pk for row in rounds]
    return matrices.topic_matrix(
        rounds,
        Topic.objects.visible_to(user),
        AgendaItem.objects.visible_to(user).of(keys).reports(),
        Paragraph.objects.visible_to(user).of(keys).per_topic(),
    )


def participants_against_rounds(user: Visitor, rounds: Sequence[Outline]) -> Matrix:
    keys = [row.pk for row in rounds]
    return matrices.attendance_matrix(
        rounds,
        Participant.objects.visible_to(user),
        Delegation.objects.visible_to(user).of(keys).reports(),
    )


@takes(sort=Sort.values[0], order=Columns.values[0], page="1")
def topic_matrix(request: HttpRequest) -> HttpResponse:
    """Topics by theme against rounds."""
    return _page(request, topics_against_rounds, "rounds/topic_matrix.html")


@takes(sort=Sort.values[0], order=Columns.values[0], page="1")
def attendance_matrix(request: HttpRequest) -> HttpResponse:
    """Participants by role against rounds."""
    return _page(request, participants_against_rounds, "rounds/attendance_matrix.html")


@takes(sort=Sort.values[0], order=Columns.values[0])
def topic_matrix_csv(request: HttpRequest) -> HttpResponse:
    return _csv(request, topics_against_rounds, gettext("Topic"), "topics.csv")


@takes(sort=Sort.values[0], order=Columns.values[0])
def attendance_matrix_csv(request: HttpRequest) -> HttpResponse:
    return _csv(request, participants_against_rounds, gettext("Participant"), "attendance.csv")


def _page(request: HttpRequest, against: Against, template: str) -> HttpResponse:
    """The matrix of the newest rounds; further pages have earlier ones."""
    arrangement = Arrangement(request)
    newest_first = outline_seen_by(request.user)[::-1]
    page = page_of(request, newest_first, COLUMNS)
    matrix = against(request.user, list(page)[::-1])
    context = {
        "matrix": matrix.sorted(arrangement.sort, arrangement.order),
        "page_obj": page,
        "sorts": Sort.choices,
        "orders": Columns.choices,
        "arrangement": arrangement,
    }
    response = render(request, template, context)
    is_wrong = arrangement.problem or request.GET.get("page", "1") != str(page.number)
    return momentary(response) if is_wrong else response


def _csv(request: HttpRequest, against: Against, heading: str, name: str) -> HttpResponse:
    """The matrix of all rounds."""
    arrangement = Arrangement(request)
    if arrangement.problem:
        return HttpResponseBadRequest(arrangement.problem, "text/plain; charset=utf-8")
    matrix = against(request.user, outline_seen_by(request.user))
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
