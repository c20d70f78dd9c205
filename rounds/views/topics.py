from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from rounds.findings.commitments import Ledger
from rounds.findings.matrices import Strip, topic_matrix
from rounds.findings.naming import naming
from rounds.models import AgendaItem, Commitment, Round
from rounds.querysets import RoundReport
from rounds.selection.parameters import takes
from rounds.sources.footnotes import Footnotes
from rounds.topics.models import Theme, Topic
from rounds.views.missing import missing
from rounds.views.momentary import momentary
from rounds.wording.lists import listed, quoted


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
    context = {"kind": "topic", "table": "topics", "groups": themes, "footnotes": Footnotes()}
    return render(request, "topics/topic_list.html", context)


@takes(stage="")
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic with what was said of it, round by round, at all stages or at one."""
    topics = Topic.objects.visible_to(request.user)
    topic = topics.with_names().prefetch_related("sources").of_slug(slug)
    if topic is None:
        return missing(request, topics, slug, "rounds:topics")
    rounds = Round.objects.visible_to(request.user).outline()
    items = list(AgendaItem.objects.visible_to(request.user).about(topic))
    commitments = Commitment.objects.visible_to(request.user).on(topic)
    reports = [RoundReport(topic.pk, item.round_id, item.stage) for item in items]
    chosen = request.GET.get("stage", "")
    problem = "" if chosen in ("", *AgendaItem.Stage.values) else _no_stage(chosen)
    stage = AgendaItem.Stage(chosen) if chosen and not problem else None
    shown = [item for item in items if stage in (None, item.stage)]
    context = {
        "topic": topic,
        "naming": naming(topic),
        "strip": topic_matrix(rounds, [topic], reports).rows[0],
        "rounds": _by_round(items),
        "stage": stage,
        "problem": problem,
        "stages": [(one, sum(item.stage == one for item in items)) for one in AgendaItem.Stage],
        "shown": _by_round(shown),
        "ledger": Ledger(commitments.for_page().by_round()),
        "together": topics.together_with(topic, Round.objects.visible_to(request.user)),
        "footnotes": Footnotes(),
    }
    response = render(request, "topics/topic_detail.html", context)
    return momentary(response) if problem else response


def _by_round(items: Iterable[AgendaItem]) -> list[tuple[Round, list[AgendaItem]]]:
    """The items of each round; they come by round."""
    return [(round_, list(group)) for round_, group in groupby(items, lambda item: item.round)]


def _no_stage(name: str) -> str:
    """A sentence on a value that names no stage."""
    return gettext("There is no stage %(name)s, so all are shown. There are: %(known)s.") % {
        "name": quoted(name),
        "known": listed(AgendaItem.Stage.values),
    }
