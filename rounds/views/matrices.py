from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.matrices import Matrix, Sort
from rounds.models import AgendaItem, Delegation, Round
from rounds.participants.models import Participant
from rounds.querysets import Visitor
from rounds.topics.models import Topic


def topics_against_rounds(user: Visitor) -> Matrix:
    return Matrix(
        list(Round.objects.visible_to(user).outline()),
        Topic.objects.all(),
        AgendaItem.objects.visible_to(user).reports(),
        {str(value): str(label) for value, label in AgendaItem.Stage.choices},
        Topic.get_theme_display,
    )


def participants_against_rounds(user: Visitor) -> Matrix:
    return Matrix(
        list(Round.objects.visible_to(user).outline()),
        Participant.objects.all(),
        Delegation.objects.visible_to(user).reports(),
        {str(value): str(label) for value, label in Delegation.Attendance.choices},
        Participant.get_usual_role_display,
    )


def topic_matrix(request: HttpRequest) -> HttpResponse:
    """Topics by theme against rounds."""
    return _page(request, topics_against_rounds(request.user), "rounds/topic_matrix.html")


def attendance_matrix(request: HttpRequest) -> HttpResponse:
    """Participants by role against rounds."""
    matrix = participants_against_rounds(request.user)
    return _page(request, matrix, "rounds/attendance_matrix.html")


def topic_matrix_csv(request: HttpRequest) -> HttpResponse:
    return _csv(request, topics_against_rounds(request.user), "Topic", "topics.csv")


def attendance_matrix_csv(request: HttpRequest) -> HttpResponse:
    matrix = participants_against_rounds(request.user)
    return _csv(request, matrix, "Participant", "attendance.csv")


def _page(request: HttpRequest, matrix: Matrix, template: str) -> HttpResponse:
    context = {
        "matrix": _sorted(request, matrix),
        "sorts": Sort.choices,
        "sort": request.GET.get("sort", Sort.FIRST),
        "order": request.GET.get("order", "oldest"),
    }
    return render(request, template, context)


def _csv(request: HttpRequest, matrix: Matrix, heading: str, name: str) -> HttpResponse:
    text = _sorted(request, matrix).as_csv(heading)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, "text/csv; charset=utf-8", headers=headers)


def _sorted(request: HttpRequest, matrix: Matrix) -> Matrix:
    newest_first = request.GET.get("order") == "newest"
    return matrix.sorted(request.GET.get("sort", Sort.FIRST), newest_first=newest_first)
