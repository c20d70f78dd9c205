"""References to take along: the rounds that are asked for and what they rest on, or sources."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rounds.exports.citing import bibtex, csl, ris
from rounds.exports.citing.items import Item, Reading
from rounds.findings.sourcing import sources_by_round
from rounds.models import Round
from rounds.selection.parameters import parameters_of
from rounds.selection.sources import SourceFilterSet
from rounds.sources.models import Source
from rounds.views.formats import (
    NO_ROUND,
    OF_ROUNDS,
    View,
    answer,
    asked_rounds,
    checked,
    found_passages,
    not_there,
    root_of,
    taking,
)
from rounds.views.moved import moved
from rounds.views.sources import sources_asked

CHUNK = 500  # sources that are fetched at once


class Form(NamedTuple):
    """A form of references: how names of its files end, its media type, and who writes it."""

    ending: str
    kind: str
    written: Callable[[Iterable[Item]], Iterator[str]]

    def answer(self, items: Iterable[Item], name: str) -> HttpResponseBase:
        return answer(self.written(items), self.kind, f"{name}.{self.ending}")


FORMS = {
    "bib": Form("bib", bibtex.KIND, bibtex.written),
    "ris": Form("ris", ris.KIND, ris.written),
    "csl": Form("csl.json", csl.KIND, csl.written),
}


def reading(request: HttpRequest) -> Reading:
    """The record as the visitor reads it today."""
    edition = getattr(request, "edition", None)
    release = (edition and edition.release) or ""
    language = get_language() or "en"
    return Reading(root_of(request), language, timezone.localdate(), edition, release)


def behind(request: HttpRequest, keys: set[int]) -> Iterator[Source]:
    """The sources with these keys, in their order; for many of them all are looked through."""
    sources = Source.objects.visible_to(request.user).order_by("slug")
    if len(keys) <= CHUNK:
        sources = sources.filter(pk__in=keys)
    return (source for source in sources.iterator(CHUNK) if source.pk in keys)


def rounds_in(form: Form) -> View:
    """The view of the rounds of the timeline: their pages, and the publications behind them.

    With filters these are the publications that state what was looked for, where facts were.
    """

    @taking(OF_ROUNDS)
    def view(request: HttpRequest) -> HttpResponseBase:
        filterset = asked_rounds(request)
        rounds = Round.objects.visible_to(request.user).in_bulk()
        passages = found_passages(filterset)
        keys = {source.pk for found in passages.values() for one in found for source in one.sources}
        if not keys:
            keys = set().union(*sources_by_round([row.pk for row in filterset.matching]).values())
        listed = [rounds[row.pk] for row in filterset.listed]
        return form.answer(reading(request).all(listed, behind(request, keys)), "rounds")

    return view


def round_in(form: Form) -> View:
    """The view of a round: its page, and the publications behind it."""

    @taking({})
    def view(request: HttpRequest, number: int) -> HttpResponseBase:
        rounds = Round.objects.visible_to(request.user)
        round_ = rounds.numbered(number).first()
        if round_ is None:
            return moved(request, rounds) or not_there(request, NO_ROUND)
        keys = sources_by_round([round_.pk])[round_.pk]
        items = reading(request).all([round_], behind(request, keys))
        return form.answer(items, f"round-{number}")

    return view


def sources_in(form: Form) -> View:
    """The view of the sources that the parameters ask for, as on their page."""

    @taking(parameters_of(SourceFilterSet.base_filters))
    def view(request: HttpRequest) -> HttpResponseBase:
        sources = checked(sources_asked(request)).qs
        return form.answer(reading(request).all([], sources.iterator(CHUNK)), "sources")

    return view


def source_in(form: Form) -> View:
    """The view of a single publication."""

    @taking({})
    def view(request: HttpRequest, slug: str) -> HttpResponseBase:
        sources = Source.objects.visible_to(request.user)
        source = sources.of_slug(slug)
        if source is None:
            return moved(request, sources) or not_there(request, NO_SOURCE)
        return form.answer(reading(request).all([], [source]), slug)

    return view


NO_SOURCE = _("There is no source of this name.")
