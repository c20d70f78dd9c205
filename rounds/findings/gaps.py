"""What the record does not have, and what rests on little."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from rounds.access import Visitor
from rounds.findings.facts import Fact, facts_of_rounds
from rounds.findings.sourcing import sources_by_round
from rounds.findings.statements import Paper
from rounds.models import Delegation, Document, Round, Session
from rounds.participants.models import Participant
from rounds.sources.models import Source


@dataclass(frozen=True)
class Kind:
    """Facts of one kind at one round, at least one."""

    facts: list[Fact]

    @property
    def counted(self) -> str:
        """Such as “1 delegation” or “3 delegations”; without a number what comes but once."""
        first, number = self.facts[0], len(self.facts)
        if not first.kinds:
            return first.kind
        return f"{number} {first.kind if number == 1 else first.kinds}"


@dataclass(frozen=True)
class Footing:
    """How well a round is sourced: ``single`` are its facts that rest on one source only."""

    round: Round
    source_count: int
    single: list[Fact]

    @property
    def kinds(self) -> list[Kind]:
        """Those facts by their kinds."""
        return [Kind(list(facts)) for _, facts in groupby(self.single, attrgetter("kind"))]


@dataclass(frozen=True)
class HeadGap:
    """A participant with the delegations that attended without a recorded head."""

    participant: Participant
    delegations: list[Delegation]


@dataclass(frozen=True)
class DayGap:
    """A round with its sessions whose day is not recorded."""

    round: Round
    sessions: list[Session]


@dataclass(frozen=True)
class Gaps:
    """All gaps in what a visitor may see; ``footings`` begin with the fewest sources."""

    heads: list[HeadGap]
    venues: list[Round]
    days: list[DayGap]
    documents: list[Document]
    unread: list[Paper]
    undated_count: int
    footings: list[Footing]

    @property
    def head_count(self) -> int:
        return sum(len(gap.delegations) for gap in self.heads)

    @property
    def day_count(self) -> int:
        return sum(len(gap.sessions) for gap in self.days)

    @property
    def report_count(self) -> int:
        """How many points of papers are known only from reports."""
        return sum(len(paper.reported) for paper in self.unread)

    @property
    def single_count(self) -> int:
        return sum(len(footing.single) for footing in self.footings)


def gaps_seen_by(user: Visitor) -> Gaps:
    """What a visitor gets to see of the gaps: those of drafts only if drafts are."""
    rounds = list(Round.objects.visible_to(user))
    cited = sources_by_round([round_.pk for round_ in rounds])
    facts = facts_of_rounds(user, lambda kind: kind.on_one_source())
    return Gaps(
        heads=head_gaps(user),
        venues=list(Round.objects.visible_to(user).without_venue()),
        days=day_gaps(user),
        documents=list(Document.objects.visible_to(user).without_address()),
        unread=unread(user),
        undated_count=Source.objects.visible_to(user).undated().count(),
        footings=footings(rounds, cited, facts),
    )


def head_gaps(user: Visitor) -> list[HeadGap]:
    """Heads of delegation that are not recorded, by participant."""
    delegations = Delegation.objects.visible_to(user).without_head()
    groups = groupby(delegations, attrgetter("participant"))
    return [HeadGap(participant, list(group)) for participant, group in groups]


def day_gaps(user: Visitor) -> list[DayGap]:
    """Sessions whose day is not recorded, by round."""
    sessions = Session.objects.visible_to(user).without_day()
    return [DayGap(round_, list(group)) for round_, group in groupby(sessions, attrgetter("round"))]


def unread(user: Visitor) -> list[Paper]:
    """Papers that were not seen whole, by round."""
    papers = map(Paper, Document.objects.visible_to(user).with_gists())
    return [paper for paper in papers if not paper.is_read]


def footings(
    rounds: Iterable[Round], cited: Mapping[int, Collection[int]], single: Iterable[Fact]
) -> list[Footing]:
    """Rounds with their sources, by the keys of both, and facts; fewest sources come first."""
    facts: dict[Round | None, list[Fact]] = defaultdict(list)
    for fact in single:
        facts[fact.round].append(fact)
    found = [Footing(one, len(cited.get(one.pk, ())), facts[one]) for one in rounds]
    return sorted(found, key=lambda one: (one.source_count, one.round.number))
