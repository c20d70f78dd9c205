from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from rounds.access import Visitor
from rounds.exports.separated import lines, matrix_table
from rounds.exports.structured import document, matrix_records
from rounds.findings import matrices
from rounds.findings.matrices import Columns, Matrix, Sort
from rounds.findings.outline import outline_seen_by
from rounds.models import AgendaItem, Delegation, Paragraph
from rounds.participants.models import Participant
from rounds.querysets import Outline
from rounds.selection.parameters import Parameter, takes
from rounds.topics.models import Topic
from rounds.views.formats import BadParametersError, about, answer, root_of, taking
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


_taking_orders = taking({"sort": Parameter(Sort.values[0]), "order": Parameter(Columns.values[0])})


@_taking_orders
def topic_matrix_csv(request: HttpRequest) -> HttpResponseBase:
    return _csv(request, topics_against_rounds, "topic", "topics-by-round.csv")


@_taking_orders
def attendance_matrix_csv(request: HttpRequest) -> HttpResponseBase:
    return _csv(request, participants_against_rounds, "participant", "attendance.csv")


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


@_taking_orders
def topic_matrix_json(request: HttpRequest) -> HttpResponseBase:
    return _json(request, topics_against_rounds, gettext("Topics against rounds"))


@_taking_orders
def attendance_matrix_json(request: HttpRequest) -> HttpResponseBase:
    return _json(request, participants_against_rounds, gettext("Participants against rounds"))


def _csv(request: HttpRequest, against: Against, noun: str, name: str) -> HttpResponseBase:
    """The matrix of all rounds."""
    return answer(lines(matrix_table(_whole(request, against), noun)), "text/csv", name)


def _json(request: HttpRequest, against: Against, title: str) -> HttpResponseBase:
    """The matrix of all rounds, with the codes of the states."""
    records = matrix_records(_whole(request, against), root_of(request))
    return answer(document(about(request, title), "rows", records), "application/json")


def _whole(request: HttpRequest, against: Against) -> Matrix:
    arrangement = Arrangement(request)
    if arrangement.problem:
        raise BadParametersError(arrangement.faults)
    matrix = against(request.user, outline_seen_by(request.user))
    return matrix.sorted(arrangement.sort, arrangement.order)


class Arrangement:
    """The orders of rows and columns that a visitor asked for; the first ones if wrong.

    ``faults`` has a sentence for each parameter that names no order.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.faults: dict[str, list[str]] = {}
        self.sort = Sort(self._known(request, "sort", Sort.values))
        self.order = Columns(self._known(request, "order", Columns.values))

    def _known(self, request: HttpRequest, name: str, values: list[str]) -> str:
        value = request.GET.get(name, values[0])
        if value in values:
            return value
        sentence = gettext("There is no order %(name)s. There are: %(known)s.") % {
            "name": quoted(value),
            "known": listed(values),
        }
        self.faults[name] = [sentence]
        return values[0]

    @property
    def problem(self) -> str:
        """What is wrong with the orders; empty where nothing is."""
        return " ".join(sentence for one in self.faults.values() for sentence in one)
