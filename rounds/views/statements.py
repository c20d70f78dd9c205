from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rounds.findings.statements import (
    StatementComparison,
    entries,
    grid,
    papers_seen_by,
    statements,
    story,
)
from rounds.models import Round
from rounds.sources.footnotes import Footnotes
from rounds.topics.models import Topic
from rounds.views.missing import missing
from rounds.views.moved import moved


def statement_list(request: HttpRequest) -> HttpResponse:
    """All official papers, and the topics against the statements."""
    papers = papers_seen_by(request.user)
    context = {
        "entries": entries(papers),
        "unread": [paper for paper in papers if not paper.is_read],
        "never_read": [paper for paper in papers if not paper.read_count],
        "grid": lambda: grid(statements(papers), Topic.objects.visible_to(request.user)),
        "footnotes": Footnotes(),
    }
    return render(request, "rounds/statement_list.html", context)


def statement_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What the papers say on a topic, from the first to the last."""
    topics = Topic.objects.visible_to(request.user)
    topic = topics.of_slug(slug)
    if topic is None:
        return missing(request, topics, slug, "rounds:topics")
    told = story(topic, papers_seen_by(request.user))
    prefetch_related_objects(told.points, "sources")
    context = {"story": told, "footnotes": Footnotes()}
    return render(request, "rounds/statement_topic.html", context)


def statement_compare(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Two statements by topic; whichever order they are given in, the earlier comes first."""
    found = {paper.number: paper for paper in statements(papers_seen_by(request.user))}
    unknown = [number for number in dict.fromkeys((first, second)) if number not in found]
    if unknown and (response := moved(request, Round.objects.visible_to(request.user))):
        return response
    if unknown or first == second:
        wanted = unknown[0] if unknown else first
        near = sorted(found, key=lambda number: abs(number - wanted))
        context = {
            "unknown": unknown,
            "number": first,
            "nearest": [found[number] for number in sorted(near[:3])],
        }
        return render(request, "rounds/statement_compare_missing.html", context, status=404)
    if first > second:
        return redirect("rounds:statement_compare", second, first)
    comparison = StatementComparison(found[first], found[second])
    prefetch_related_objects(comparison.points, "sources")
    context = {"comparison": comparison, "footnotes": Footnotes()}
    return render(request, "rounds/statement_compare.html", context)
