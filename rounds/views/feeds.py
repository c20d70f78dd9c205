"""Calendars and feeds: what others subscribe to."""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext

from rounds.exports import calendars, feeds
from rounds.exports.calendars import calendar
from rounds.exports.feeds import changes_feed, participant_feed, rounds_feed, topic_feed
from rounds.exports.identity import name_of_round
from rounds.exports.rows import Scope
from rounds.models import Round
from rounds.participants.models import Participant
from rounds.selection.filters import RoundFilterSet
from rounds.selection.parameters import Parameter, Parameters, in_order
from rounds.selection.words import Selection
from rounds.topics.models import Topic
from rounds.views.changes import ChangesForm, changes_asked
from rounds.views.formats import (
    OF_ROUNDS,
    BadParametersError,
    answer,
    asked_rounds,
    root_of,
    scope_of,
    taking,
)
from rounds.views.moved import moved

ICS, ATOM = "text/calendar", "application/atom+xml"
OF_CHANGES = {"round": Parameter()}


def called(title: str) -> str:
    """What is subscribed to, among what comes from elsewhere."""
    return f"{title} · {gettext('Astana process tracker')}"


def asked(request: HttpRequest, parameters: Parameters) -> str:
    """The query string in its one way, with its question mark; "" where nothing is asked."""
    query = in_order(request.GET, parameters).urlencode()
    return f"?{query}" if query else ""


def of_selection(request: HttpRequest, filterset: RoundFilterSet) -> tuple[str, str, str, str]:
    """Of the rounds that are asked for: what they are called, for good and in words, and where
    they are, as a page and in this format."""
    query = asked(request, OF_ROUNDS)
    sentence = Selection(filterset).sentence(len(filterset.matching), len(filterset.outline))
    root = root_of(request)
    page = f"{root}{reverse('rounds:list')}{query}"
    name = f"{request.path.removeprefix(reverse('rounds:list'))}{query}"
    return name, called(sentence), page, f"{root}{request.path}{query}"


@taking(OF_ROUNDS)
def rounds_ics(request: HttpRequest) -> HttpResponseBase:
    """The rounds of the timeline as a calendar."""
    filterset = asked_rounds(request)
    head = calendars.Head(*of_selection(request, filterset))
    return answer(calendar(head, scope_of(request, filterset)), ICS, "rounds.ics")


@taking({})
def round_ics(request: HttpRequest, number: int) -> HttpResponseBase:
    """A round as a calendar of one event."""
    rounds = Round.objects.visible_to(request.user)
    round_ = rounds.numbered(number).first()
    if round_ is None:
        return moved(request, rounds) or nowhere(gettext("There is no round of this number."))
    scope = scope_of(request, rounds=[round_.pk])
    page = scope.root + round_.get_absolute_url()
    name = f"{name_of_round(number)}.ics"
    head = calendars.Head(name, called(str(round_)), page, scope.root + request.path)
    return answer(calendar(head, scope), ICS, f"round-{number}.ics")


@taking(OF_ROUNDS)
def rounds_atom(request: HttpRequest) -> HttpResponseBase:
    """The rounds of the timeline as a feed."""
    filterset = asked_rounds(request)
    scope = scope_of(request, filterset)
    head = feeds.Head(*of_selection(request, filterset), scope.root)
    return answer(rounds_feed(head, scope), ATOM)


def of_subject(
    request: HttpRequest,
    subjects: QuerySet[Any],
    slug: str,
    made: Callable[[feeds.Head, Scope, Any], Iterator[str]],
) -> HttpResponseBase:
    """The feed of a topic or participant."""
    subject = subjects.filter(slug=slug).first()
    if subject is None:
        return moved(request, subjects) or nowhere(gettext("There is nothing under this name."))
    scope = scope_of(request)
    path = subject.get_absolute_url()
    address = scope.root + request.path
    name = path.removeprefix(reverse("rounds:list"))
    head = feeds.Head(name, called(str(subject)), scope.root + path, address, scope.root)
    return answer(made(head, scope, subject), ATOM)


@taking({})
def topic_atom(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What was said of a topic, and promised on it."""
    return of_subject(request, Topic.objects.visible_to(request.user), slug, topic_feed)


@taking({})
def participant_atom(request: HttpRequest, slug: str) -> HttpResponseBase:
    """At which rounds a participant was, and what it promised."""
    participants = Participant.objects.visible_to(request.user)
    return of_subject(request, participants, slug, participant_feed)


@taking(OF_CHANGES)
def changes_atom(request: HttpRequest) -> HttpResponseBase:
    """What was changed of facts that were public already, the last first."""
    form = ChangesForm.asked(request)
    if not form.is_valid():
        raise BadParametersError({name: list(map(str, e)) for name, e in form.errors.items()})
    root, query = root_of(request), asked(request, OF_CHANGES)
    number = form.cleaned_data["round"]
    title = gettext("Changes to round %(number)s") % {"number": number} if number else ""
    head = feeds.Head(
        f"changes/{query}",
        called(title or gettext("Changes")),
        f"{root}{reverse('rounds:changes')}{query}",
        f"{root}{request.path}{query}",
        root,
    )
    return answer(changes_feed(head, changes_asked(form, request.user)), ATOM)


def nowhere(sentence: str) -> HttpResponse:
    """A 404 that says what is not there."""
    kind = "text/plain; charset=utf-8"
    return HttpResponse(f"{sentence}\n", kind, status=HTTPStatus.NOT_FOUND)
