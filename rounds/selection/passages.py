"""By which of its facts a round matches: what the list shows of it while filters are set."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import chain
from typing import Any

from django.db.models import Case, Count, F, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from rounds.access import Visitor
from rounds.findings.sourcing import Fact, sources_of
from rounds.models import AgendaItem, Commitment, Delegation, Outcome, Round, SearchEntry, Verdict
from rounds.participants.models import Person
from rounds.querysets.search_entry import having
from rounds.search.entries import entries_seen_by
from rounds.search.kinds import KIND_OF, KINDS, NUMBERED
from rounds.search.marks import marked, snippet
from rounds.search.query import Query
from rounds.search.results import address
from rounds.selection.demands import OF_FACTS, Chosen
from rounds.selection.filters import RoundFilterSet
from rounds.sources.models import Source

SHOWN, IN_TABLE = 3, 25  # of each demand at one round
BY_WORDS = 10  # at most, as a word such as “Syria” stands everywhere


@dataclass
class Passage:
    """A fact by which a round matches, with what was asked for marked.

    ``title`` is what it is called, ``label`` its stage, role or kind, ``text`` what it says.
    """

    fact: Fact
    title: SafeString
    label: str
    text: SafeString | str
    url: str
    sources: list[Source] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is called where nothing is marked."""
        title = unescape(strip_tags(self.title))
        return f"{title} ({self.label})" if self.label else title


@dataclass
class Passages:
    """Those of one round that are shown, and whether there are more."""

    shown: list[Passage] = field(default_factory=list)
    has_more: bool = False


Found = dict[int, Passages]  # by the keys of rounds


def passages(filterset: RoundFilterSet, rounds: Collection[int], most: int = SHOWN) -> Found:
    """For the keys of rounds that match, by which facts they do; without those that have none.

    Of each demand at most so many at one round. A demand on rounds themselves, such as on
    their year, needs no more than what the list says of each round anyway.
    """
    if not rounds or not filterset.demands:
        return {}
    found: Found = defaultdict(Passages)
    several = [*_by_facts(filterset, rounds, most)]
    if "q" in filterset.chosen:
        several.append(_by_words(filterset, rounds, min(most, BY_WORDS)))
    for round_, those in chain.from_iterable(one.items() for one in several):
        facts = {one.fact for one in found[round_].shown}
        found[round_].shown += [one for one in those.shown if one.fact not in facts]
        found[round_].has_more |= those.has_more
    _with_sources([one for those in found.values() for one in those.shown])
    return dict(found)


def summaries(rounds: Collection[int], user: Visitor) -> Found:
    """For the keys of rounds what mattered at each; without those that have no summary."""
    title = conditional_escape(gettext("Summary"))
    visible = Round.objects.visible_to(user).of(rounds).exclude(summary="")
    found = {
        one.pk: Passage((Round, one.pk), title, "", one.summary, one.get_absolute_url())
        for one in visible
    }
    _with_sources([*found.values()])
    return {pk: Passages([one]) for pk, one in found.items()}


def _with_sources(found: list[Passage]) -> None:
    keys: dict[Any, set[int]] = defaultdict(set)
    for one in found:
        model, key = one.fact
        keys[model].add(key)
    sources = sources_of(keys)
    for one in found:
        one.sources = sources.get(one.fact, [])


def _by_facts(filterset: RoundFilterSet, rounds: Collection[int], most: int) -> Iterator[Found]:
    chosen = filterset.chosen
    for demand in OF_FACTS:
        if chosen.keys() & set(demand.names):
            found: Found = defaultdict(Passages)
            for fact in demand.facts(chosen).of(rounds).visible_to(filterset.user).with_words():
                those = found[fact.round_id]
                if len(those.shown) < most:
                    those.shown.append(_passage(fact, chosen))
                else:
                    those.has_more = True
            yield found


def _passage(fact: Any, chosen: Chosen) -> Passage:
    match fact:
        case AgendaItem():
            said = _marked(fact.topic), fact.get_stage_display(), fact.note
        case Delegation():
            said = _of_delegation(fact, chosen)
        case Outcome():
            said = _marked(fact.get_kind_display()), "", fact.text
        case Commitment():
            state = Verdict(fact.last_verdict).label  # type: ignore[attr-defined]
            said = _marked(state), gettext("commitment"), fact.text
    title, label, text = said
    return Passage((type(fact), fact.pk), title, label, text, fact.get_absolute_url())


def _of_delegation(fact: Delegation, chosen: Chosen) -> tuple[SafeString, str, str]:
    """By a person, where one is asked for; otherwise by the delegation, and who led it."""
    person: Person | None = chosen.get("person")
    members = [one for one in fact.members.all() if one.person_id == (person and person.pk)]
    for member in members:
        led = gettext("head of %(delegation)s") % {"delegation": fact} if member.is_head else ""
        return _marked(member), led or str(fact), member.position
    head = fact.head
    led = gettext("led by %(person)s") % {"person": head} if head else ""
    came = fact.attendance == Delegation.Attendance.ATTENDED
    said = ["" if came else fact.get_attendance_display(), led, fact.note]
    return _marked(fact), fact.get_role_display(), " · ".join(filter(None, said))


def _marked(what: object) -> SafeString:
    return format_html("<mark>{}</mark>", what)


def _by_words(filterset: RoundFilterSet, rounds: Collection[int], most: int) -> Found:
    """What has most of the words, and the summary where it has any and there is room."""
    found: Found = defaultdict(Passages)
    entries = list(_entries(filterset, rounds, most))
    stages = _stages([one.object_id for one in entries if one.kind == ITEMS.number])
    for entry in entries:
        passage, round_ = _of_entry(entry, filterset.query, stages), entry.round_id
        if entry.kind != KIND_OF[Round].number or "<mark>" in passage.text:
            found[round_].shown.append(passage)
            found[round_].has_more = entry.parts > most
    return found


def _stages(items: Collection[int]) -> dict[int, str]:
    """The stages of agenda items by their keys, which the index does not have."""
    rows = AgendaItem.objects.filter(pk__in=items).values_list("pk", "stage")
    return {pk: str(AgendaItem.Stage(stage).label) for pk, stage in rows}


ITEMS = KIND_OF[AgendaItem]
PARTS = [kind for kind in KINDS if kind.is_part or kind.model is Round]


def _entries(filterset: RoundFilterSet, rounds: Collection[int], most: int) -> Any:
    """Entries of the rounds' parts with any of the words, those with all of them first.

    The round itself comes last; each says how many ``parts`` of its round have any.
    """
    query = filterset.query
    words = {word for group in query.groups for word in group}
    entries = entries_seen_by(filterset.user, PARTS).as_shown().filter(round__in=rounds)
    is_round = Q(kind=KIND_OF[Round].number)
    has_all = having(query.groups) & query.phrase_condition()
    if query.phrases:
        entries = entries.filter(is_round | query.phrase_condition())
    ranks = Case(When(is_round, then=Value(2)), When(has_all, then=Value(0)), default=Value(1))
    order = [F("rank").asc(), F("kind").asc(), F("object_id").asc()]
    of_round: dict[str, Any] = {"partition_by": [F("round")]}
    return (
        entries.having([words])
        .annotate(rank=ranks)
        .annotate(nth=Window(RowNumber(), order_by=order, **of_round))
        .annotate(parts=Window(Count(Case(When(~is_round, then=1))), **of_round))
        .filter(Q(nth__lte=most) | (is_round & Q(parts=0)))
        .order_by("round", "nth")
    )


def _of_entry(entry: SearchEntry, query: Query, stages: Mapping[int, str]) -> Passage:
    kind = NUMBERED[entry.kind]
    # What is part of a part is called by that: every point of a paper by its long title.
    is_whole = "__" not in kind.model.path_to_round
    what = stages.get(entry.object_id, kind.name) if kind is ITEMS else kind.name
    title = marked(entry.title if is_whole else what, query.marked)
    text = snippet("" if entry.text == entry.title else entry.text, query.marked)
    label = what if is_whole else ""
    if "<mark>" not in title + text:
        label = gettext("%(kind)s, by another name") % {"kind": what}
    return Passage((kind.model, entry.object_id), title, label, text, address(entry))
