"""How the rounds and what belongs to them are read."""

from rounds.querysets.agenda import AgendaItemQuerySet
from rounds.querysets.commitment import CommitmentQuerySet, EvidenceQuerySet
from rounds.querysets.delegation import DelegationQuerySet, MemberQuerySet, NamedDelegation
from rounds.querysets.dispute import ClaimQuerySet, DisputeQuerySet
from rounds.querysets.document import DocumentQuerySet
from rounds.querysets.edition import EditionQuerySet
from rounds.querysets.fixed_term import FixedTermQuerySet
from rounds.querysets.message import MessageQuerySet
from rounds.querysets.milestone import MilestoneQuerySet
from rounds.querysets.open_page import OpenPageQuerySet
from rounds.querysets.outcome import OutcomeQuerySet
from rounds.querysets.paragraph import ParagraphQuerySet
from rounds.querysets.part import NumberedPartQuerySet, RoundPartQuerySet, RoundReport
from rounds.querysets.public_change import PublicChangeQuerySet
from rounds.querysets.release import ReleaseQuerySet
from rounds.querysets.round import Outline, RoundQuerySet
from rounds.querysets.search_entry import SearchEntryQuerySet
from rounds.querysets.session import SessionQuerySet

__all__ = [
    "AgendaItemQuerySet",
    "ClaimQuerySet",
    "CommitmentQuerySet",
    "DelegationQuerySet",
    "DisputeQuerySet",
    "DocumentQuerySet",
    "EditionQuerySet",
    "EvidenceQuerySet",
    "FixedTermQuerySet",
    "MemberQuerySet",
    "MessageQuerySet",
    "MilestoneQuerySet",
    "NamedDelegation",
    "NumberedPartQuerySet",
    "OpenPageQuerySet",
    "OutcomeQuerySet",
    "Outline",
    "ParagraphQuerySet",
    "PublicChangeQuerySet",
    "ReleaseQuerySet",
    "RoundPartQuerySet",
    "RoundQuerySet",
    "RoundReport",
    "SearchEntryQuerySet",
    "SessionQuerySet",
]
