from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.findings.strips import Strip, reports_by_key, topic_strip
from rounds.models import AgendaItem, Round
from rounds.sources.footnotes import Footnotes
from rounds.topics.models import Theme, Topic
from rounds.views.missing import missing


def topic_list(request: HttpRequest) -> HttpResponse:
    """All topics by theme, each with a strip of the rounds."""
    rounds = list(Round.objects.visible_to(request.user).outline())
    items = AgendaItem.objects.visible_to(request.user)
    reports = reports_by_key(items.values_list("topic", "round", "stage"))
    themes: dict[str, list[tuple[Topic, Strip]]] = {str(theme.label): [] for theme in Theme}
    for topic in Topic.objects.visible_to(request.user).prefetch_related("sources"):
        strip = topic_strip(rounds, topic.slug, reports.get(topic.pk, ()))
        themes[topic.get_theme_display()].append((topic, strip))
    context = {"kind": "topic", "groups": themes, "footnotes": Footnotes()}
    return render(request, "rounds/topic_list.html", context)


def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic with what was said of it, round by round."""
    topics = Topic.objects.visible_to(request.user)
    topic = topics.prefetch_related("sources").of_slug(slug)
    if topic is None:
        return missing(request, topics, slug, "rounds:topics")
    rounds = list(Round.objects.visible_to(request.user).outline())
    items = list(AgendaItem.objects.visible_to(request.user).about(topic))
    context = {
        "topic": topic,
        "strip": topic_strip(rounds, slug, [(item.round_id, item.stage) for item in items]),
        "rounds": [
            (round_, list(group)) for round_, group in groupby(items, lambda item: item.round)
        ],
        "together": topics.together_with(topic, Round.objects.visible_to(request.user)),
        "footnotes": Footnotes(),
    }
    return render(request, "rounds/topic_detail.html", context)
