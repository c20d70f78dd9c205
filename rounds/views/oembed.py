"""oEmbed (oembed.com): what other sites ask in order to show an address of ours as a card."""

from http import HTTPStatus
from io import StringIO
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit
from xml.sax.xmlreader import AttributesImpl

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext
from django.utils.xmlutils import SimplerXMLGenerator

from rounds.models import Round
from rounds.selection.filters import RoundFilterSet
from rounds.selection.parameters import takes
from rounds.topics.models import Topic
from rounds.views.embeds import WIDTH, Frame, frame_of
from rounds.wording.lists import listed
from rounds.wording.signs import without_controls

JSON, XML = FORMATS = ("json", "xml")
AGE = 86_400  # seconds for which a site may go by an answer
MOST_DIGITS = 5  # of a width or height in pixels
# Whoever asks is a page of another site, or its server.
OPEN = {"Access-Control-Allow-Origin": "*"}
# The pages that have cards, and the cards themselves.
ROUNDS = ("detail", "embed_round")
TOPICS = ("topic", "embed_topic")
TIMELINES = ("list", "embed_timeline")


@takes(url="", maxwidth="", maxheight="", format=JSON)
def oembed(request: HttpRequest) -> HttpResponse:
    """The card of the page at ``url``, no larger than is asked; nothing is fetched from there.

    It comes as JSON or XML, what is wrong as JSON.

    Other parameters change nothing: those who ask send some of their own.
    """
    asked = request.GET
    form = asked.get("format") or JSON
    if form not in FORMATS:
        sentence = gettext("There are: %(known)s.") % {"known": listed(FORMATS)}
        return _refused(HTTPStatus.BAD_REQUEST, "format", sentence)
    if not asked.get("url"):
        return _refused(HTTPStatus.BAD_REQUEST, "url", gettext("Which page is it?"))
    most: dict[str, int] = {}
    for name in ("maxwidth", "maxheight"):
        if value := asked.get(name, ""):
            if not _is_length(value):
                return _refused(HTTPStatus.BAD_REQUEST, name, gettext("A number of pixels."))
            most[name] = int(value)
    frame = _frame_at(asked["url"], request)
    if frame is None:
        sentence = gettext("There is no page here that has a card.")
        return _refused(HTTPStatus.NOT_FOUND, "url", sentence)
    root = request.build_absolute_uri("/")[:-1]
    width = min(WIDTH, most.get("maxwidth", WIDTH))
    height = min(frame.height, most.get("maxheight", frame.height))
    found = {
        "version": "1.0",
        "type": "rich",
        "title": frame.title,
        "provider_name": gettext("Astana process tracker"),
        "provider_url": f"{root}/",
        "cache_age": AGE,
        "html": frame.code(root, width, height),
        "width": width,
        "height": height,
    }
    return _answer_in_xml(found) if form == XML else _answer(found)


def _is_length(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS and int(value) > 0


def _frame_at(address: str, request: HttpRequest) -> Frame | None:
    """The card of what everybody sees at an address; None where it is not ours or has no card."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != request.get_host().lower():
        return None
    try:
        match = resolve(unquote(parts.path) or "/")
    except Resolver404:
        return None
    thing = _thing_at(match, parts) if match.app_name == "rounds" else None
    return None if thing is None else frame_of(thing)


def _thing_at(match: ResolverMatch, parts: SplitResult) -> Round | Topic | RoundFilterSet | None:
    if match.url_name in ROUNDS:
        rounds = Round.objects.visible_to(AnonymousUser())
        return rounds.numbered(match.kwargs["number"]).first()
    if match.url_name in TOPICS:
        return Topic.objects.visible_to(AnonymousUser()).of_slug(match.kwargs["slug"])
    return RoundFilterSet(QueryDict(parts.query)) if match.url_name in TIMELINES else None


def _refused(status: HTTPStatus, name: str, sentence: str) -> JsonResponse:
    return _answer({"errors": {name: [sentence]}}, status)


def _answer(found: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> JsonResponse:
    options = {"ensure_ascii": False}
    return JsonResponse(found, status=status, headers=OPEN, json_dumps_params=options)


def _answer_in_xml(found: dict[str, Any]) -> HttpResponse:
    text = StringIO()
    writer = SimplerXMLGenerator(text, "utf-8")
    writer.startDocument()
    writer.startElement("oembed", AttributesImpl({}))
    for name, value in found.items():
        writer.addQuickElement(name, without_controls(str(value)))
    writer.endElement("oembed")
    writer.endDocument()
    return HttpResponse(text.getvalue(), content_type="text/xml; charset=utf-8", headers=OPEN)
