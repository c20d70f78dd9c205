"""The round and what happens at it, one noun per module."""

from django.db.models import Model

from rounds.models.agenda import AgendaItem
from rounds.models.commitment import Commitment, Evidence, Verdict
from rounds.models.delegation import Delegation, Member
from rounds.models.dispute import Claim, Dispute
from rounds.models.document import Document
from rounds.models.edition import Edition, PendingChange
from rounds.models.fixed_term import FixedTerm, FixedTermName
from rounds.models.history import Change, Revision
from rounds.models.loaded import LoadedObject
from rounds.models.message import Message
from rounds.models.milestone import Milestone
from rounds.models.old_address import OldAddress
from rounds.models.open_page import OpenPage
from rounds.models.outcome import Outcome
from rounds.models.paragraph import Paragraph
from rounds.models.public_change import PublicChange
from rounds.models.publication import (
    Acknowledgement,
    LastEdit,
    PlannedPublication,
    PreviewLink,
)
from rounds.models.release import Release
from rounds.models.round import Round, RoundPart
from rounds.models.search_entry import SearchEntry, SearchWord
from rounds.models.session import Session
from rounds.models.term import Term, TermName
from rounds.participants.models import Participant, Person
from rounds.sources.models import Link, Sourced
from rounds.topics.models import Topic

# What is written about the record and is no part of it: nobody reads an edition anew for it.
BOOKS: tuple[type[Model], ...] = (
    Edition,
    PendingChange,
    Revision,
    Change,
    PublicChange,
    SearchEntry,
    SearchWord,
    LoadedObject,
    Message,
    OldAddress,
    Link,
    Acknowledgement,
    LastEdit,
    PreviewLink,
    PlannedPublication,
    OpenPage,
    Release,
)

# Every kind of fact, in the order in which pages have them. Search, source pages, gaps and the
# pages of rounds read this list.
FACTS: tuple[type[Sourced], ...] = (
    Round,
    Session,
    AgendaItem,
    Delegation,
    Outcome,
    Document,
    Paragraph,
    Commitment,
    Evidence,
    Dispute,
    Claim,
    Topic,
    Participant,
    Person,
    Milestone,
    FixedTerm,
)

__all__ = [
    "BOOKS",
    "FACTS",
    "Acknowledgement",
    "AgendaItem",
    "Change",
    "Claim",
    "Commitment",
    "Delegation",
    "Dispute",
    "Document",
    "Edition",
    "Evidence",
    "FixedTerm",
    "FixedTermName",
    "LastEdit",
    "Link",
    "LoadedObject",
    "Member",
    "Message",
    "Milestone",
    "OldAddress",
    "OpenPage",
    "Outcome",
    "Paragraph",
    "PendingChange",
    "PlannedPublication",
    "PreviewLink",
    "PublicChange",
    "Release",
    "Revision",
    "Round",
    "RoundPart",
    "SearchEntry",
    "SearchWord",
    "Session",
    "Term",
    "TermName",
    "Verdict",
]
