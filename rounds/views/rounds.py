from collections.abc import Hashable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.timezone import localdate
from django.views.generic import DetailView, ListView

from rounds.access import keeper
from rounds.findings.agenda import by_topic
from rounds.findings.cards import CardList
from rounds.findings.comparison import Comparison
from rounds.findings.promises import promise_of
from rounds.findings.state import is_ahead, is_overdue, state_seen_by
from rounds.findings.statements import Paper, statements
from rounds.findings.timeline import by_year, round_before
from rounds.models import FACTS, Milestone, PublicChange, Round, RoundPart
from rounds.pictures.timeline import PERIOD, Picture, has_periods, pictures
from rounds.querysets import MilestoneQuerySet, Outline
from rounds.selection.addresses import query_pairs
from rounds.selection.demands import Match
from rounds.selection.display import DisplayForm
from rounds.selection.filters import Order, RoundFilterSet
from rounds.selection.groups import Panel
from rounds.selection.parameters import Parameter, parameters_of
from rounds.selection.passages import IN_TABLE, Passages, passages, summaries
from rounds.selection.relaxations import relaxations
from rounds.selection.words import Selection
from rounds.sources.footnotes import Footnotes
from rounds.sources.models import Source
from rounds.topics.models import Topic
from rounds.views.momentary import momentary
from rounds.views.moved import asked_anew, moved, placed_anew
from rounds.wording.places import NAMES_NOW
from rounds.wording.signs import storable

CORRECTIONS = 10  # on the page of a round; the others are with those of all


class RoundListView(ListView[Round]):
    """The timeline: a picture of all rounds, the filters, and the rounds that match."""

    template_name = "rounds/round_list.html"
    paginate_by = 25
    paginate_table_by = 100  # so that it is copied at once
    parameters = {
        **parameters_of(RoundFilterSet.base_filters, match=Match.ANY, order=Order.NEWEST),
        **parameters_of(DisplayForm.base_fields),
        "page": Parameter("1"),
    }

    def get_queryset(self) -> Any:
        self.filterset = RoundFilterSet(self.request.GET, request=self.request)
        today = localdate()
        return [row for row in self.filterset.listed if not is_ahead(row, today)]

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """The page that is asked for: its number, or what stands on it, such as ``round-16``."""
        asked = storable(self.request.GET.get(self.page_kwarg, ""))
        place = self._place(asked, queryset)
        if place is not None:
            self.kwargs[self.page_kwarg] = place // page_size + 1
        return super().paginate_queryset(queryset, page_size)

    def _place(self, anchor: str, listed: list[Outline]) -> int | None:
        """Where in the list it stands that has this anchor; None where that is nowhere."""
        kind, _, slug = anchor.partition("-")
        if kind == "milestone" and (milestone := self.milestones.filter(slug=slug).first()):
            before = round_before(milestone.start, self.past)
            return listed.index(before) if before else 0
        if any(row.anchor == anchor for row in self.upcoming):
            return 0
        return next((n for n, row in enumerate(listed) if row.anchor == anchor), None)

    def get_paginate_by(self, queryset: Any) -> int:
        return self.paginate_table_by if self.display.is_table else self.paginate_by

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = self.request.GET.get(self.page_kwarg, "")
        try:
            response: Any = super().get(request, *args, **kwargs)
        except Http404:
            if led := placed_anew(request, storable(page)):
                return led
            raise
        if not self.filterset.is_valid() and (led := asked_anew(request)):
            return led
        is_right = self.filterset.is_valid() and self.display.is_valid()
        is_page = page in ("", str(response.context_data["page_obj"].number))
        is_place = self.page_kwarg in self.kwargs
        return response if is_right and (is_page or is_place) else momentary(response)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        filterset, page, matching = self.filterset, context["page_obj"], self.filterset.matching
        selection = self.selection
        upcoming = self.upcoming if page.number == 1 else []
        is_newest_first = filterset.chosen_order != Order.OLDEST
        opened = page[0].pk if page and page.number == 1 and is_newest_first else None
        listed = [*upcoming, *page]
        why = self.why([row.pk for row in listed])
        shown = CardList(listed, self.request.user, opened=opened, why=why).entries
        return context | {
            "filterset": filterset,
            "panel": Panel(filterset),
            "display": self.display,
            "selection": selection,
            "sentence": selection.sentence(len(matching), len(filterset.outline)),
            "picture_key": self.picture_key,
            "pictures": SimpleLazyObject(self.pictures),
            "listed": shown,
            "upcoming": shown[: len(upcoming)],
            "years": by_year(
                shown[len(upcoming) :],
                self.past,
                list(self.milestones.with_sources()) if self.display.has_milestones else (),
                newest_first=is_newest_first,
            ),
            "relaxations": [] if matching else relaxations(selection),
            "totals": self.totals,
            "today": localdate(),
            "state": SimpleLazyObject(lambda: state_seen_by(self.request.user, filterset.outline)),
            "footnotes": Footnotes(),
        }

    @cached_property
    def display(self) -> DisplayForm:
        return DisplayForm(self.request.GET)

    def why(self, keys: list[int]) -> dict[int, Passages]:
        """What is shown of each round on why it is there; in a table there is always something."""
        if not self.display.is_table:
            return passages(self.filterset, keys)
        found = passages(self.filterset, keys, IN_TABLE)
        rest = [key for key in keys if key not in found]
        return found | summaries(rest, self.request.user)

    @cached_property
    def selection(self) -> Selection:
        return Selection(self.filterset)

    @property
    def upcoming(self) -> list[Outline]:
        today = localdate()
        return [row for row in self.filterset.listed if is_ahead(row, today)]

    @property
    def past(self) -> list[Outline]:
        """The rounds of all pages, oldest first; those that are upcoming stand above the list."""
        today = localdate()
        return [row for row in self.filterset.matching if not is_ahead(row, today)]

    @property
    def milestones(self) -> MilestoneQuerySet:
        return Milestone.objects.visible_to(self.request.user)

    @cached_property
    def totals(self) -> dict[str, int]:
        """How many of each kind the visitor may see."""
        user, kinds = self.request.user, (Topic, Source, Milestone)
        return keeper(user)(
            "totals",
            make=lambda: {
                str(kind._meta.model_name): kind.objects.visible_to(user).count() for kind in kinds
            },
        )

    @cached_property
    def picture_query(self) -> list[tuple[str, str]]:
        """The parameters that the links in the pictures keep."""
        if not has_periods(len(self.filterset.outline)):
            return []
        return [pair for pair in query_pairs(self.filterset.data) if pair[0] not in PERIOD]

    @property
    def picture_key(self) -> Hashable:
        """All that the pictures and their legend depend on."""
        matching = self.filterset.mask(self.filterset.matching)
        return matching, bool(self.selection.chosen), tuple(self.picture_query)

    def pictures(self) -> list[Picture]:
        keys = {row.pk for row in self.filterset.matching}
        milestones = list(self.milestones)
        return pictures(self.filterset.outline, keys, milestones, self.picture_query)


def corrections_of(round_: Round) -> Sequence[PublicChange]:
    """The last changes to a public round that were no typos."""
    if not (round_.is_published and round_.changed):
        return []
    return list(PublicChange.objects.on(round_).real()[:CORRECTIONS])


class RoundDetailView(DetailView[Round]):
    """A round with all its facts and their sources."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.rounds = Round.objects.visible_to(request.user)
        try:
            return super().get(request, *args, **kwargs)
        except Round.DoesNotExist:
            return self.missing(kwargs["number"])

    def get_object(self, queryset: QuerySet[Round] | None = None) -> Round:
        return self.rounds.with_everything().get(number=self.kwargs["number"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        round_ = self.object
        previous = self.rounds.with_comparison().before(round_.number).first()
        following = self.rounds.after(round_.number).first()
        last_one = previous if previous and previous.number == round_.number - 1 else None
        next_one = following if following and following.number == round_.number + 1 else None
        comparison = Comparison(last_one, round_) if last_one else None
        milestones = Milestone.objects.visible_to(self.request.user)
        until = following.start if following else None
        papers = [Paper(document) for document in round_.documents.all()]
        return super().get_context_data(
            **kwargs,
            previous=previous,
            comparison=comparison if comparison and comparison.are_held else None,
            following=following,
            milestones=milestones.between(round_.start, until).with_sources(),
            parts=[model.fragment() for model in FACTS if issubclass(model, RoundPart)],
            papers=papers,
            is_overdue=is_overdue(round_, localdate()),
            has_statement_before=bool(statements(papers) and last_one and last_one.has_points),
            agenda=by_topic(round_.agenda_items.all()),
            promise=promise_of(round_, next_one),
            city_now=NAMES_NOW.get(round_.city),
            renamings=milestones.renamings().with_sources(),
            corrections=corrections_of(round_),
            footnotes=Footnotes(),
        )

    def missing(self, number: int) -> HttpResponse:
        if response := moved(self.request, self.rounds):
            return response
        context = {"number": number, "nearest": self.rounds.nearest(number)}
        return render(self.request, "rounds/round_missing.html", context, status=404)
