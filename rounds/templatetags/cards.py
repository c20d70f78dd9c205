"""The picture by which others show a page that is shared, and what it shows in words."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from rounds.models import Round
from rounds.pictures.cards import HEIGHT, WIDTH
from rounds.selection.filters import RoundFilterSet
from rounds.selection.formats import query_of
from rounds.topics.models import Topic
from rounds.views.formats import OF_ROUNDS
from rounds.wording.dates import written

register = template.Library()


def shown(context: dict[str, Any], path: str, alt: str) -> SafeString:
    """What the head says of the card; nothing on pages of which others cannot have one."""
    request = context.get("request")
    if not (request and getattr(request, "edition", None)):
        return SafeString()
    card = {"address": request.build_absolute_uri(path), "alt": alt}
    return render_to_string("includes/card.html", card | {"width": WIDTH, "height": HEIGHT})


@register.simple_tag(takes_context=True)
def card_of_rounds(
    context: dict[str, Any], filterset: RoundFilterSet | None = None, sentence: str = ""
) -> SafeString:
    """The card of the rounds that a filter set selects, or of all."""
    path = reverse("rounds:timeline_card")
    if not filterset or filterset.errors or not sentence:
        return shown(context, path, gettext("All rounds of the Astana process by date"))
    alt = gettext("The rounds by date. %(sentence)s") % {"sentence": sentence}
    return shown(context, path + query_of(filterset.data, OF_ROUNDS), alt)


@register.simple_tag(takes_context=True)
def card_of_round(context: dict[str, Any], round_: Round) -> SafeString:
    """The card of a round; of one that is not public there is none."""
    if not round_.is_published:
        return SafeString()
    alt = gettext("%(round)s, %(dates)s, %(city)s, among all rounds by date") % {
        "round": round_,
        "dates": written(round_.start, round_.end, round_.date_precision),
        "city": round_.city,
    }
    return shown(context, reverse("rounds:round_card", args=[round_.number]), alt)


@register.simple_tag(takes_context=True)
def card_of_topic(context: dict[str, Any], topic: Topic) -> SafeString:
    """The card of a topic."""
    alt = gettext("At which rounds %(topic)s was announced, discussed, in the statement") % {
        "topic": topic
    }
    return shown(context, reverse("rounds:topic_card", args=[topic.slug]), alt)
