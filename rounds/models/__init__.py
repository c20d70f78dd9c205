"""The round and what happens at it, one noun per module."""

from rounds.models.agenda import AgendaItem
from rounds.models.delegation import Delegation, Member
from rounds.models.dispute import Claim, Dispute
from rounds.models.document import Document
from rounds.models.milestone import Milestone
from rounds.models.outcome import Outcome
from rounds.models.round import Round, RoundPart
from rounds.models.search_entry import SearchEntry, SearchWord
from rounds.models.session import Session
from rounds.participants.models import Participant, Person
from rounds.sources.models import Sourced
from rounds.topics.models import Topic

# Every kind of fact, in the order in which pages have them. Search, source pages, gaps and the
# pages of rounds read this list.
FACTS: tuple[type[Sourced], ...] = (
    Round,
    Session,
    AgendaItem,
    Delegation,
    Outcome,
    Document,
    Dispute,
    Claim,
    Topic,
    Participant,
    Person,
    Milestone,
)

__all__ = [
    "FACTS",
    "AgendaItem",
    "Claim",
    "Delegation",
    "Dispute",
    "Document",
    "Member",
    "Milestone",
    "Outcome",
    "Round",
    "RoundPart",
    "SearchEntry",
    "SearchWord",
    "Session",
]
