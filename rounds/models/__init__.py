"""The round and what happens at it, one noun per module."""

from rounds.models.agenda import AgendaItem
from rounds.models.delegation import Delegation, Member
from rounds.models.dispute import Claim, Dispute
from rounds.models.document import Document
from rounds.models.milestone import Milestone
from rounds.models.outcome import Outcome
from rounds.models.round import Round
from rounds.models.search_entry import SearchEntry, SearchWord
from rounds.models.session import Session

__all__ = [
    "AgendaItem",
    "Claim",
    "Delegation",
    "Dispute",
    "Document",
    "Member",
    "Milestone",
    "Outcome",
    "Round",
    "SearchEntry",
    "SearchWord",
    "Session",
]
