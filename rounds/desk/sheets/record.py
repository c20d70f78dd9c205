"""The shape of the record in sheets: the one description that all else follows."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Model
from django.utils.translation import override
from django_countries import countries

from rounds.desk.sheets.shape import Parts, Plain, Shape, Value
from rounds.desk.sheets.shorts import FORMATS, HEAD, WORDINGS, other_names
from rounds.models import (
    AgendaItem,
    Claim,
    Commitment,
    Delegation,
    Dispute,
    Document,
    Evidence,
    FixedTerm,
    FixedTermName,
    Member,
    Milestone,
    Outcome,
    Paragraph,
    Round,
    Session,
    Term,
    TermName,
)
from rounds.names import Name
from rounds.participants.models import Participant, ParticipantName, Person, PersonName
from rounds.sources.models import Source
from rounds.topics.models import Topic, TopicName

SOURCES = Value("sources")


def _country_names() -> dict[str, str]:
    with override("en"):
        return {name: code for code, name in countries}


def _name(values: Plain) -> tuple[Any, ...]:
    """A usual name by its language, which has one; another by itself too."""
    text = "" if values.get("label") else values["text"]
    return values.get("language", ""), text


def _names_of(model: type[Name], overlay: str = "names") -> Parts:
    shape = Shape(
        model,
        (
            Value("language"),
            Value("text"),
            Value("label", "is_label"),
            Value("checked", "is_seen"),
        ),
        identity=("language", "text"),
        parent="named",
        tell_apart=_name,
    )
    return Parts("names", shape, overlay=overlay)


SESSION = Shape(
    Session, (Value("kind"), Value("day"), SOURCES), identity=("kind", "day"), parent="round"
)
MEMBER = Shape(
    Member,
    (Value("person"), Value("position"), Value("head", "is_head")),
    identity=("person",),
    parent="delegation",
    known_by="person",
    sole_flag="head",
)
DELEGATION = Shape(
    Delegation,
    (
        Value("party", "participant"),
        Value("role"),
        Value("attendance"),
        Parts("members", MEMBER),
        Value("note"),
        SOURCES,
    ),
    identity=("party",),
    parent="round",
    shorts=(HEAD,),
    written_order=("party", "role", "attendance", "head", "head_position", "members"),
)
AGENDA_ITEM = Shape(
    AgendaItem,
    (Value("topic"), Value("stage"), Value("note"), SOURCES),
    identity=("topic", "stage"),
    parent="round",
)
OUTCOME = Shape(
    Outcome,
    (
        Value("number"),
        Value("kind"),
        Value("text"),
        SOURCES,
        Value("planned.from", "planned_from"),
        Value("planned.to", "planned_to"),
        Value("planned.place", "planned_place"),
    ),
    identity=("number",),
    parent="round",
    is_by_place=True,
    known_by="text",
    order=("number",),
)
PARAGRAPH = Shape(
    Paragraph,
    (
        Value("order"),
        Value("number", is_always_written=True),
        Value("topics", is_always_written=True),
        Value("gist"),
        Value("basis"),
        SOURCES,
    ),
    identity=("order",),
    parent="document",
    is_by_place=True,
    known_by="gist",
    order=("order",),
)
DOCUMENT = Shape(
    Document,
    (
        Value("number"),
        Value("title"),
        Value("kind"),
        Value("date"),
        Value("language"),
        Value("url"),
        Value("text_url"),
        Value("text_language"),
        SOURCES,
        Parts("paragraphs", PARAGRAPH),
    ),
    identity=("number",),
    parent="round",
    is_by_place=True,
    known_by="title",
    order=("number",),
)
CLAIM = Shape(
    Claim,
    (Value("number"), Value("value"), Value("kept", "is_kept"), SOURCES),
    identity=("number",),
    parent="dispute",
    is_by_place=True,
    known_by="value",
    sole_flag="kept",
    order=("number",),
)
DISPUTE = Shape(
    Dispute,
    (
        Value("number"),
        Value("subject"),
        Parts("values", CLAIM),
        SOURCES,
        Value("resolution"),
    ),
    identity=("number",),
    parent="round",
    is_by_place=True,
    known_by="subject",
    order=("number",),
)
EVIDENCE = Shape(
    Evidence,
    (
        Value("number"),
        Value("date"),
        Value("date_precision"),
        Value("verdict"),
        Value("text"),
        SOURCES,
    ),
    identity=("number",),
    parent="commitment",
    is_by_place=True,
    known_by="text",
    order=("number",),
)

# By the name of their file, what is referred to before what refers to it.
RECORD: dict[str, Shape] = {
    "sources": Shape(
        Source,
        (
            Value("id", "slug"),
            Value("title"),
            Value("publisher"),
            Value("published"),
            Value("published_precision"),
            Value("language"),
            Value("url"),
            Value("archive_url"),
            Value("title_is_descriptive"),
        ),
        identity=("id",),
        order=("slug",),
    ),
    "topics": Shape(
        Topic,
        (
            Value("id", "slug"),
            Value("label"),
            Value("text", "definition"),
            SOURCES,
            Value("theme"),
            _names_of(TopicName),
        ),
        identity=("id",),
    ),
    "parties": Shape(
        Participant,
        (
            Value("id", "slug"),
            Value("name"),
            Value("official_name"),
            Value("kind"),
            Value("iso2", "country"),
            Value("usual_role"),
            Value("disputed", "is_disputed"),
            Value("until_round"),
            Value("since_round_note", "attendance_note"),
            Value("text", "description"),
            SOURCES,
            _names_of(ParticipantName),
        ),
        identity=("id",),
        shorts=(other_names("former_name", is_list=False),),
        ignored={
            "since_round": {
                "type": "integer",
                "description": "The first round that it is recorded at; follows from the rounds.",
            }
        },
        written_order=("id", "name", "official_name", "kind", "iso2", "usual_role", "since_round"),
    ),
    "people": Shape(
        Person,
        (
            Value("id", "slug"),
            Value("name"),
            Value("name_native", "native_name"),
            Value("party", "participant"),
            Value("position"),
            SOURCES,
            _names_of(PersonName),
        ),
        identity=("id",),
        order=("slug",),
        shorts=(other_names("other_spellings", is_list=True),),
    ),
    "rounds": Shape(
        Round,
        (
            Value("number"),
            Value("start"),
            Value("end"),
            Value("date_precision"),
            Value("date_note"),
            Value("city"),
            Value("country", by_name=_country_names, about="The country, by its name in English."),
            Value("venue"),
            Value("status", is_kept=True, absent="held"),
            Value("publication", is_kept=True),
            SOURCES,
            Parts("sessions", SESSION),
            Parts("delegations", DELEGATION, is_always_written=True),
            Parts("topics", AGENDA_ITEM, is_always_written=True),
            Parts("outcomes", OUTCOME, is_always_written=True),
            Parts("documents", DOCUMENT),
            Parts("disputes", DISPUTE, is_always_written=True),
            Value("summary", overlay="summaries"),
        ),
        identity=("number",),
        order=("number",),
        shorts=(FORMATS,),
        written_order=(
            "number",
            "start",
            "end",
            "date_precision",
            "city",
            "country",
            "venue",
            "status",
            "publication",
            "sources",
            "formats",
            "formats_sources",
            "sessions",
            "delegations",
            "topics",
            "outcomes",
            "documents",
            "disputes",
            "date_note",
        ),
    ),
    "milestones": Shape(
        Milestone,
        (
            Value("id", "slug"),
            Value("title"),
            Value("start"),
            Value("end"),
            Value("date_note"),
            Value("start_precision", "date_precision"),
            Value("place"),
            Value("kind"),
            Value("number"),
            Value("text"),
            Value("related_round"),
            SOURCES,
        ),
        identity=("id",),
        order=("start", "pk"),
    ),
    "commitments": Shape(
        Commitment,
        (
            Value("id", "slug"),
            Value("round"),
            Value("topic", is_always_written=True),
            Value("by"),
            Value("text"),
            SOURCES,
            Parts("evidence", EVIDENCE, is_always_written=True),
        ),
        identity=("id",),
        order=("round__number", "pk"),
    ),
    "glossary": Shape(
        FixedTerm,
        (
            Value("id", "slug"),
            Value("term"),
            _names_of(FixedTermName, overlay=""),
            Value("note"),
            SOURCES,
        ),
        identity=("id",),
        shorts=(WORDINGS,),
    ),
    "terms": Shape(
        Term,
        (Value("kind"), Value("term"), _names_of(TermName)),
        identity=("kind", "term"),
    ),
}

# The sections of names.yaml: whose names they are, or the kind of the terms.
OWNERS = {"people": "people", "participants": "parties", "topics": "topics"}
TERMS: dict[str, str] = {
    "cities": Term.Kind.CITY,
    "venues": Term.Kind.VENUE,
    "roles": Term.Kind.ROLE,
    "stages": Term.Kind.STAGE,
    "outcome_kinds": Term.Kind.OUTCOME,
    "session_kinds": Term.Kind.SESSION,
    "attendance": Term.Kind.ATTENDANCE,
    "milestone_kinds": Term.Kind.MILESTONE,
    "verdicts": Term.Kind.VERDICT,
    "themes": Term.Kind.THEME,
}
REMARKS = "unsure"  # what an editor should look at, in names.yaml; no part of the record

# The files of the record, in the order in which they are listed.
KINDS = (
    "rounds",
    "summaries",
    "commitments",
    "milestones",
    "parties",
    "people",
    "topics",
    "sources",
    "names",
    "glossary",
)


def sheet_of(kind: str) -> str:
    """The sheet that has all of a kind."""
    return "names" if kind == "terms" else kind


@cache
def kind_of(model: type[Model]) -> str:
    """The kind whose entries are objects of the model."""
    return next(kind for kind, shape in RECORD.items() if shape.model is model)


def shapes() -> Iterable[Shape]:
    """Every shape, those of parts after what they belong to."""
    waiting = list(RECORD.values())
    while waiting:
        shape = waiting.pop(0)
        yield shape
        waiting.extend(parts.shape for parts in shape.parts.values())
