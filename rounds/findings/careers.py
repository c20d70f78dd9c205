"""Who led delegations, at which rounds, after whom and before whom."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from rounds.findings.neighbours import is_unbroken
from rounds.models import Delegation, Member
from rounds.participants.models import Person, Role
from rounds.wording.numbers import ranges


@dataclass
class Term:
    """A person at the head of a delegation, from the first such round to the last in a row.

    Rounds whose head is not recorded do not end a term.
    """

    person: Person
    members: list[Member] = field(default_factory=list)

    @property
    def rounds(self) -> list[int]:
        return [member.delegation.round.number for member in self.members]

    @property
    def written(self) -> str:
        return ranges(self.rounds)


def terms(heads: Iterable[Member]) -> list[Term]:
    """The heads of one participant's delegations, by round, as terms."""
    found: list[Term] = []
    for member in heads:
        if not found or found[-1].person != member.person:
            found.append(Term(member.person))
        found[-1].members.append(member)
    return found


@dataclass(frozen=True)
class Succession:
    """Whom a person followed as head and who followed; None where nobody is recorded.

    ``is_known_before`` and ``is_known_after`` are False where a round is missing in between, at
    which somebody else may have led.
    """

    predecessor: Term | None
    successor: Term | None
    is_known_before: bool = True
    is_known_after: bool = True


def succession(
    person: Person, all_terms: Sequence[Term], numbers: Collection[int]
) -> Succession | None:
    """The neighbours of a person's terms; None for somebody who led no delegation.

    ``numbers`` are those of all rounds that the visitor may see.
    """
    own = [place for place, term in enumerate(all_terms) if term.person == person]
    if not own:
        return None
    first, last = own[0], own[-1]
    predecessor = all_terms[first - 1] if first else None
    successor = all_terms[last + 1] if last + 1 < len(all_terms) else None
    return Succession(
        predecessor,
        successor,
        predecessor is None or _follow(predecessor, all_terms[first], numbers),
        successor is None or _follow(all_terms[last], successor, numbers),
    )


def _follow(one: Term, other: Term, numbers: Collection[int]) -> bool:
    """Whether no round is missing between two terms."""
    return is_unbroken(numbers, one.rounds[-1], other.rounds[0])


@dataclass(frozen=True)
class RoleSpan:
    """A role with the rounds in a row at which a participant had it."""

    role: str
    numbers: list[int]

    @property
    def label(self) -> str:
        return str(Role(self.role).label)

    @property
    def written(self) -> str:
        return ranges(self.numbers)


def role_spans(delegations: Iterable[Delegation]) -> list[RoleSpan]:
    """The roles of one participant over time; its delegations come by round."""
    found: list[RoleSpan] = []
    for delegation in delegations:
        if not found or found[-1].role != delegation.role:
            found.append(RoleSpan(delegation.role, []))
        found[-1].numbers.append(delegation.round.number)
    return found
