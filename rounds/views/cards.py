"""The pictures by which others show a page that is shared."""

from django.http import Http404, HttpRequest, HttpResponse

from rounds.models import AgendaItem, Round
from rounds.pictures.cards import Card, round_card, timeline_card, topic_card
from rounds.selection.words import Selection
from rounds.topics.models import Topic
from rounds.views.formats import OF_ROUNDS, asked_rounds, taking
from rounds.views.moved import moved

PNG = "image/png"


def answer(card: Card) -> HttpResponse:
    return HttpResponse(card.png(), PNG)


@taking({})
def round_png(request: HttpRequest, number: int) -> HttpResponse:
    """A round among all rounds."""
    rounds = Round.objects.visible_to(request.user)
    round_ = rounds.with_comparison().numbered(number).first()
    if round_ is None:
        return moved(request, rounds) or gone()
    return answer(round_card(round_, list(rounds.outline())))


@taking({})
def topic_png(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic, and the rounds that dealt with it."""
    topics = Topic.objects.visible_to(request.user)
    topic = topics.of_slug(slug)
    if topic is None:
        return moved(request, topics) or gone()
    reports = AgendaItem.objects.visible_to(request.user).on([topic]).reports()
    rounds = Round.objects.visible_to(request.user).outline()
    return answer(topic_card(topic, list(reports), list(rounds)))


@taking(OF_ROUNDS)
def timeline_png(request: HttpRequest) -> HttpResponse:
    """The rounds that the parameters ask for, among all rounds."""
    filterset = asked_rounds(request)
    matching = {row.pk for row in filterset.matching}
    sentence = Selection(filterset).sentence(len(matching), len(filterset.outline))
    return answer(timeline_card(sentence, matching, filterset.outline))


def gone() -> HttpResponse:
    raise Http404
