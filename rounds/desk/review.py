"""What speaks against publishing a round.

A refusal forbids it until it is mended. A warning may be acknowledged, and comes back when what
it is about changes. Whatever the number of rounds and facts, the number of queries is the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import blake2b
from typing import Any, NamedTuple

from django.db.models import Exists, Model, OuterRef, Subquery, Value
from django.utils.text import Truncator, capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext

from rounds.access import is_of_round
from rounds.findings.sourcing import sources_by_round
from rounds.findings.state import is_overdue
from rounds.models import FACTS, AgendaItem, Delegation, Outcome, Round
from rounds.participants.models import Role
from rounds.sources.models import Source, Sourced

LONGEST = 60  # characters of what a fact is called


@dataclass(frozen=True)
class Finding:
    """One sentence that speaks against publishing a round.

    ``key`` names what is found, and of what, the same as long as that is there. ``about`` is the
    object where it is mended, ``field`` the field or the parts of it, "" for the whole of it.
    ``grounds`` stand for all that a warning goes by.
    """

    key: str
    sentence: str
    about: Model
    field: str = ""
    grounds: str = ""


@dataclass(frozen=True)
class Review:
    """All that speaks against publishing a round, the gravest first."""

    refusals: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


def review_of(round_: Round, today: date | None = None) -> Review:
    return reviews_of([round_], today)[round_.pk]


def reviews_of(rounds: Sequence[Round], today: date | None = None) -> dict[int, Review]:
    """What speaks against each of some rounds as they are stored, by their keys."""
    refusals, warnings = refusals_of(rounds), _warnings_of(rounds, today or localdate())
    return {one.pk: Review(refusals[one.pk], warnings[one.pk]) for one in rounds}


def refusals_of(rounds: Sequence[Round]) -> dict[int, list[Finding]]:
    """What forbids publishing each of some rounds, by their keys."""
    unsourced = _unsourced([one.pk for one in rounds])
    return {
        one.pk: [*_lacks(one, there), *map(_without_source, unsourced[one.pk])]
        for one, there in zip(rounds, _there(rounds), strict=True)
    }


class _There(NamedTuple):
    """What a round has."""

    sources: bool
    guarantors: bool
    agenda: bool


def _there(rounds: Sequence[Round]) -> list[_There]:
    own = {"round": OuterRef("pk")}
    links = Round.sources.through._default_manager.filter(round=OuterRef("pk"))
    found = Round._default_manager.filter(pk__in=[one.pk for one in rounds]).values_list(
        "pk",
        Exists(links),
        Exists(Delegation.objects.filter(**own, role=Role.GUARANTOR)),
        Exists(AgendaItem.objects.filter(**own)),
    )
    there = {pk: _There(*those) for pk, *those in found.order_by()}
    return [there[one.pk] for one in rounds]


def _lacks(round_: Round, there: _There) -> Iterator[Finding]:
    """What a round has to have.

    Who came and what was dealt with is known of a round that was held; of one announced, put off
    or cancelled, what no source says stays empty.
    """
    if not round_.summary.strip():
        sentence = gettext("It has no summary.")
        yield Finding("no-summary", sentence, round_, "summary")
    if not there.sources:
        sentence = gettext("Its dates and place name no source.")
        yield Finding("no-source:round", sentence, round_, "sources")
    if round_.status == Round.Status.HELD and not there.guarantors:
        sentence = gettext("It was held, and no guarantor is among its delegations.")
        yield Finding("no-guarantors", sentence, round_, "delegations")
    if round_.status == Round.Status.HELD and not there.agenda:
        sentence = gettext("It was held, and nothing is on its agenda.")
        yield Finding("no-agenda", sentence, round_, "agenda_items")


def _without_source(fact: Model) -> Finding:
    options = fact._meta
    kind, name = capfirst(options.verbose_name), Truncator(str(fact)).chars(LONGEST)
    sentence = gettext("%(kind)s “%(name)s” names no source.") % {"kind": kind, "name": name}
    return Finding(f"no-source:{options.model_name}:{fact.pk}", sentence, fact, "sources")


class _Way(NamedTuple):
    """How rows of a model lead to a round, and to a fact that comes with it."""

    model: type[Model]
    to_round: str
    to_fact: str


@cache
def _kinds() -> list[type[Sourced]]:
    """The kinds of facts that need sources of their own, but for the round itself."""
    return [one for one in FACTS if one is not Round and not one._meta.get_field("sources").blank]


def _ways_to(kind: type[Sourced]) -> Iterator[_Way]:
    """The ways from rounds to facts of a kind: parts of theirs, or what becomes public with them.

    These are what the parts name, such as topics, and milestones of the round.
    """
    if kind.path_to_round:
        yield _Way(kind, kind.path_to_round, "pk")
    elif path := getattr(kind, "public_with", ""):
        yield _Way(kind, path, "pk")
    else:
        relations: Any = kind._meta.related_objects
        for relation in relations:
            if is_of_round(relation.related_model):
                other = relation.related_model
                yield _Way(other, other.path_to_round, relation.field.name)


def _unsourced(rounds: Iterable[int]) -> dict[int, list[Model]]:
    """The facts without a source that come with rounds, by the keys of these."""
    rows = []
    for place, kind in enumerate(_kinds()):
        bare = kind._default_manager.filter(sources=None).order_by().values("pk")
        for way in _ways_to(kind):
            wanted = {f"{way.to_round}__in": list(rounds), f"{way.to_fact}__in": bare}
            having = way.model._default_manager.order_by().filter(**wanted)
            rows.append(having.values_list(Value(place), way.to_round, way.to_fact))
    keys = sorted(rows[0].union(*rows[1:]))
    found: dict[int, dict[int, Model]] = {}
    for place in {place for place, _round, _fact in keys}:
        wanted_keys = {fact for one, _round, fact in keys if one == place}
        facts: Any = _kinds()[place]._default_manager
        found[place] = {one.pk: one for one in facts.with_words().filter(pk__in=wanted_keys)}
    by_round: dict[int, list[Model]] = defaultdict(list)
    for place, round_, fact in keys:
        by_round[round_].append(found[place][fact])
    return by_round


def _warnings_of(rounds: Sequence[Round], today: date) -> dict[int, list[Finding]]:
    cited = sources_by_round([one.pk for one in rounds])
    sources = Source.objects.in_bulk({key for keys in cited.values() for key in keys})
    return {
        one.pk: [
            *_on_status(one, beside, today),
            *_on_order(one, beside),
            *_on_sources(one, [sources[key] for key in sorted(cited.get(one.pk, ()))]),
        ]
        for one, beside in zip(rounds, _beside(rounds), strict=True)
    }


class _Beside(NamedTuple):
    """Whether a round has outcomes, and number and first day of the rounds next to it."""

    outcomes: bool
    before: int | None
    before_start: date | None
    after: int | None
    after_start: date | None


def _beside(rounds: Sequence[Round]) -> list[_Beside]:
    number = OuterRef("number")
    before = Round._default_manager.filter(number__lt=number).order_by("-number")
    after = Round._default_manager.filter(number__gt=number).order_by("number")
    found = Round._default_manager.filter(pk__in=[one.pk for one in rounds]).values_list(
        "pk",
        Exists(Outcome.objects.filter(round=OuterRef("pk"))),
        *(
            Subquery(others.values(name)[:1])
            for others in (before, after)
            for name in ("number", "start")
        ),
    )
    beside = {pk: _Beside(*those) for pk, *those in found.order_by()}
    return [beside[one.pk] for one in rounds]


def _on_status(round_: Round, beside: _Beside, today: date) -> Iterator[Finding]:
    """Its status against the calendar, and a meeting that led to nothing."""
    days = (round_.status, round_.start, round_.end)
    if is_overdue(round_, today):
        sentence = gettext("It is announced for days that are over: was it held?")
        yield Finding("overdue", sentence, round_, "status", _digest(*days))
    if round_.status == Round.Status.HELD and round_.end > today:
        sentence = gettext("It is said to be held, and its last day is still to come.")
        yield Finding("held-ahead", sentence, round_, "status", _digest(*days))
    if round_.status == Round.Status.HELD and not beside.outcomes:
        sentence = gettext("It was held, and no outcome is recorded.")
        yield Finding("no-outcome", sentence, round_, "outcomes", _digest(*days))


def _on_order(round_: Round, beside: _Beside) -> Iterator[Finding]:
    """Its days against those of its neighbours: whoever mistypes a year gets here."""
    if beside.before_start and round_.start < beside.before_start:
        said = gettext("It begins before round %(number)d, which comes before it.")
        sentence = said % {"number": beside.before}
        grounds = _digest(round_.start, beside.before, beside.before_start)
        yield Finding("before-last", sentence, round_, "start", grounds)
    if beside.after_start and round_.start > beside.after_start:
        said = gettext("It begins after round %(number)d, which comes after it.")
        sentence = said % {"number": beside.after}
        grounds = _digest(round_.start, beside.after, beside.after_start)
        yield Finding("after-next", sentence, round_, "start", grounds)


def _on_sources(round_: Round, sources: Sequence[Source]) -> Iterator[Finding]:
    """A round as a whole on one source, and sources without a day.

    Most facts have one source, and each is listed among the gaps: to tick them all would only
    teach editors to tick.
    """
    if len(sources) == 1:
        sentence = gettext("All of it rests on one source, “%(source)s”.")
        said = sentence % {"source": _called(sources[0])}
        yield Finding("one-source", said, round_, "sources", _digest(*_told(sources[0])))
    for source in sources:
        if source.published is None:
            sentence = gettext("It is not known when the source “%(source)s” was published.")
            said = sentence % {"source": _called(source)}
            yield Finding(
                f"undated:{source.pk}", said, source, "published", _digest(*_told(source))
            )


def _called(source: Source) -> str:
    return Truncator(str(source)).chars(LONGEST)


def _told(source: Source) -> tuple[Any, ...]:
    return source.pk, source.title, source.publisher, source.url


def _digest(*values: object) -> str:
    """What stands for these values and no others."""
    return blake2b(repr(values).encode(), digest_size=12).hexdigest()
