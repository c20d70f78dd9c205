"""Small cards of the record, which other sites show in a frame: the only pages that allow it.

Their addresses stand in pages of others, so they are good for ever.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, NamedTuple, cast

from csp.constants import NONE
from csp.decorators import csp_replace
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_exempt

from rounds.findings.cards import cards
from rounds.findings.matrices import topic_matrix
from rounds.findings.sourcing import sources_by_round
from rounds.models import AgendaItem, Round
from rounds.querysets import RoundReport
from rounds.selection.filters import RoundFilterSet
from rounds.selection.parameters import Parameter, Parameters, in_order
from rounds.selection.words import Selection
from rounds.topics.models import Topic
from rounds.views.formats import OF_ROUNDS, BadParametersError, checked, refuse_unknown
from rounds.views.momentary import momentary
from rounds.views.moved import asked_anew, moved
from rounds.wording.lists import listed

View = Callable[..., HttpResponse]

WIDTH = 600  # pixels of a frame, where a number is asked for
# The longest of today need these many where a frame is as wide as a telephone, 360 pixels.
ROUND_HEIGHT, TOPIC_HEIGHT, TIMELINE_HEIGHT = 720, 700, 600
LISTED = 8  # rounds on the card of a timeline
LAST = 3  # rounds on the card of a topic
THEMES = ("light", "dark")
THEME = {"theme": Parameter()}  # left out: as the reader's system has it
# No frame of another site is a script's or a form's; what else pages may, cards may too. Who may
# show them is left out: a star would leave out files, which people open to try the code.
POLICY = {"frame-ancestors": None, "script-src": [NONE], "form-action": [NONE]}


class Frame(NamedTuple):
    """A card and the page that it is of, by their paths; the title and the height of its frame."""

    card: str
    page: str
    title: str
    height: int

    def code(self, root: str, width: int | str = "100%", height: int | None = None) -> SafeString:
        """The markup with which a page shows it; ``root`` is like ``https://example.org``."""
        return format_html(
            # Without frameborder browsers draw one; a style is what the policies of many forbid.
            '<iframe src="{}{}" title="{}" width="{}" height="{}" loading="lazy" frameborder="0">'
            "</iframe>",
            root,
            self.card,
            self.title,
            width,
            height or self.height,
        )


def frame_of(thing: Round | Topic | RoundFilterSet) -> Frame | None:
    """The card of a round, a topic or the rounds that are asked for; None for a wrong question."""
    if isinstance(thing, Round):
        title = gettext("Round %(number)d of the Astana process") % {"number": thing.number}
        card = reverse("rounds:embed_round", args=[thing.number])
        return Frame(card, thing.get_absolute_url(), title, ROUND_HEIGHT)
    if isinstance(thing, Topic):
        title = gettext("%(topic)s in the Astana process") % {"topic": thing}
        card = reverse("rounds:embed_topic", args=[thing.slug])
        return Frame(card, thing.get_absolute_url(), title, TOPIC_HEIGHT)
    if thing.errors:
        return None
    asked = question(thing.data)
    title = Selection(thing).sentence(len(thing.matching), len(thing.outline))
    title = gettext("The Astana process: %(sentence)s") % {"sentence": title}
    card, page = reverse("rounds:embed_timeline") + asked, reverse("rounds:list") + asked
    return Frame(card, page, title, TIMELINE_HEIGHT)


def question(data: QueryDict) -> str:
    """The filters in their order, as they stand in an address: with a question mark, or nothing."""
    known = QueryDict(mutable=True)
    for name in OF_ROUNDS.keys() & data.keys():
        known.setlist(name, data.getlist(name))
    asked = in_order(known, OF_ROUNDS).urlencode()
    return f"?{asked}" if asked else ""


def framed(parameters: Parameters) -> Callable[[View], View]:
    """Let other sites show the page of a view, which takes these parameters, in a frame.

    It is what everybody sees, whoever is logged in. What makes no sense is a card that says so.
    """
    taken = {**parameters, **THEME}

    def wrapped(view: View) -> View:
        @wraps(view)
        def card(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.user = AnonymousUser()
            try:
                refuse_unknown(request, taken)
                refuse_unknown_theme(request)
                return view(request, *args, **kwargs)
            except BadParametersError as error:
                context = {"faults": error.faults}
                status = HTTPStatus.BAD_REQUEST
                return momentary(shown(request, "embeds/refused.html", context, status))

        allowed: Any = xframe_options_exempt(csp_replace(POLICY)(card))
        allowed.parameters, allowed.is_framed = taken, True
        return cast(View, allowed)

    return wrapped


def refuse_unknown_theme(request: HttpRequest) -> None:
    theme = request.GET.get("theme")
    if theme and theme not in THEMES:
        known = {"known": listed(THEMES)}
        raise BadParametersError({"theme": [gettext("There are: %(known)s.") % known]})


def shown(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    """A card; ``frame`` of its context is its frame."""
    theme = request.GET.get("theme", "")
    context["theme"] = theme if theme in THEMES else ""
    if frame := context.get("frame"):
        context["canonical"] = request.build_absolute_uri(frame.page)
    return render(request, template, context, status=status)


def nothing_there(request: HttpRequest, sentence: str, index: str) -> HttpResponse:
    """The card that stands where there is nothing; ``index`` names the address that lists all."""
    context = {"sentence": sentence, "index": reverse(index)}
    return shown(request, "embeds/missing.html", context, HTTPStatus.NOT_FOUND)


def told_of_status(status: str) -> str:
    """The status of a round in words; nothing of one that was held."""
    return "" if status == Round.Status.HELD else str(Round.Status(status).label)


@framed({})
def embed_round(request: HttpRequest, number: int) -> HttpResponse:
    """When and where a round was, who led, what it was about."""
    rounds = Round.objects.visible_to(request.user)
    round_ = rounds.numbered(number).first()
    if round_ is None:
        sentence = gettext("There is no round %(number)d.") % {"number": number}
        return moved(request, rounds) or nothing_there(request, sentence, "rounds:list")
    (card,) = cards([round_])
    stated = AgendaItem.objects.of([round_.pk]).at([AgendaItem.Stage.STATEMENT])
    context = {
        "frame": frame_of(round_),
        "card": card,
        "stated": [item.topic for item in stated.select_related("topic")],
        "source_count": card.source_count,
    }
    return shown(request, "embeds/round.html", context)


@framed({})
def embed_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """At which rounds a topic came up, and how far it came at the last of them."""
    topics = Topic.objects.visible_to(request.user)
    topic = topics.prefetch_related("sources").of_slug(slug)
    if topic is None:
        sentence = gettext("There is no topic “%(slug)s”.") % {"slug": slug}
        return moved(request, topics) or nothing_there(request, sentence, "rounds:topics")
    items = list(AgendaItem.objects.visible_to(request.user).about(topic))
    reports = [RoundReport(topic.pk, item.round_id, item.stage) for item in items]
    outline = Round.objects.visible_to(request.user).outline()
    (strip,) = topic_matrix(outline, [topic], reports).rows
    sources = {source.pk for fact in (topic, *items) for source in fact.sources.all()}
    context = {
        "frame": frame_of(topic),
        "topic": topic,
        "strip": strip,
        "last": strip.reported[: -LAST - 1 : -1],
        "source_count": len(sources),
    }
    return shown(request, "embeds/topic.html", context)


@framed(OF_ROUNDS)
def embed_timeline(request: HttpRequest) -> HttpResponse:
    """The rounds that the timeline's parameters ask for, the first of them by date and place."""
    filterset = RoundFilterSet(request.GET, request=request)
    if filterset.errors and (led := asked_anew(request)):
        return led
    listed_rounds = checked(filterset).listed
    found = sources_by_round([row.pk for row in listed_rounds])
    context = {
        "frame": frame_of(filterset),
        "sentence": Selection(filterset).sentence(len(listed_rounds), len(filterset.outline)),
        "listed": [(row, told_of_status(row.status)) for row in listed_rounds[:LISTED]],
        "more": len(listed_rounds[LISTED:]),
        "source_count": len(set().union(*found.values())),
    }
    return shown(request, "embeds/timeline.html", context)
