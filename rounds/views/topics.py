from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.findings.commitments import Ledger
from rounds.findings.matrices import Strip, topic_matrix
from rounds.findings.naming import naming
from rounds.models import AgendaItem, Commitment, Round
from rounds.querysets import RoundReport
from rounds.sources.footnotes import Footnotes
from rounds.topics.models import Theme, Topic
from rounds.views.missing import missing


def topic_list(request: HttpRequest) -> HttpResponse:
    """All topics by theme, each with a strip of the rounds."""
    matrix = topic_matrix(
        Round.objects.visible_to(request.user).outline(),
        Topic.objects.visible_to(request.user).prefetch_related("sources"),
        AgendaItem.objects.visible_to(request.user).reports(),
    )
    themes: dict[str, list[Strip]] = {str(theme.label): [] for theme in Theme}
    for strip in matrix.rows:
        themes[strip.subject.get_theme_display()].append(strip)
    context = {"kind": "topic", "groups": themes, "footnotes": Footnotes()}
    return render(request, "topics/topic_list.html", context)


def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic with what was said of it, round by round."""
    topics = Topic.objects.visible_to(request.user)
    topic = topics.with_names().prefetch_related("sources").of_slug(slug)
    if topic is None:
        return missing(request, topics, slug, "rounds:topics")
    rounds = Round.objects.visible_to(request.user).outline()
    items = list(AgendaItem.objects.visible_to(request.user).about(topic))
    commitments = Commitment.objects.visible_to(request.user).on(topic)
    reports = [RoundReport(topic.pk, item.round_id, item.stage) for item in items]
    context = {
        "topic": topic,
        "naming": naming(topic),
        "strip": topic_matrix(rounds, [topic], reports).rows[0],
        "rounds": [
            (round_, list(group)) for round_, group in groupby(items, lambda item: item.round)
        ],
        "ledger": Ledger(commitments.for_page().by_round()),
        "together": topics.together_with(topic, Round.objects.visible_to(request.user)),
        "footnotes": Footnotes(),
    }
    return render(request, "topics/topic_detail.html", context)
