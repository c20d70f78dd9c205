"""The shape of the record in sheets: the one description that all else follows."""

import re
from collections.abc import Iterable
from functools import cache
from textwrap import shorten
from typing import Any

from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import override
from django_countries import countries

from rounds.desk.sheets.files import Mapping, Sequence
from rounds.desk.sheets.shape import Parts, Plain, Shape, Short, Value
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

TEXT = {"type": ["string", "integer"]}
LANGUAGE = "[a-z]{2,3}"
SOURCES = Value("sources")


def _country_names() -> dict[str, str]:
    with override("en"):
        return {name: code for code, name in countries}


# Sessions of a round, briefly: kinds without a day that rest on the same sources.


def _expand_formats(entry: Mapping) -> None:
    if "formats" not in entry:
        return
    sessions = entry.setdefault("sessions", Sequence(entry.place_of("formats")))
    for kind in entry.pop("formats"):
        session = Mapping(entry.place_of("formats"))
        session.put("kind", kind)
        session.put("sources", entry.get("formats_sources", []), entry.place_of("formats_sources"))
        sessions.put(session)


def _condense_formats(plain: Plain) -> Plain:
    sessions = plain.get("sessions", [])
    sources = sessions[0]["sources"] if sessions else []
    if any("day" in one or one["sources"] != sources for one in sessions):
        return plain
    rest = {key: value for key, value in plain.items() if key != "sessions"}
    return rest | {
        "formats": [one["kind"] for one in sessions],
        **({"formats_sources": sources} if sessions else {}),
    }


# The head of a delegation, apart from its other members.


def _expand_head(entry: Mapping) -> None:
    if "head" not in entry:
        return
    head = Mapping(entry.place_of("head"))
    head.put("person", entry.pop("head"))
    head.put("head", True)
    if "head_position" in entry:
        head.put("position", entry.pop("head_position"), entry.place_of("head_position"))
    members = Sequence(entry.place_of("members"))
    members.put(head)
    for member, place in zip(
        entry.get("members", []), getattr(entry.get("members"), "places", ()), strict=True
    ):
        members.put(member, place)
    entry.put("members", members, entry.place_of("members"))


def _condense_head(plain: Plain) -> Plain:
    members = plain.get("members", [])
    head = next((one for one in members if one.get("head")), None)
    if head is None:
        return plain
    rest = {**plain, "members": [one for one in members if one is not head]}
    if not rest["members"]:
        del rest["members"]
    rest["head"] = head["person"]
    if "position" in head:
        rest["head_position"] = head["position"]
    return rest


# Names: the usual one of each language under its code, words of no language in a list.


def _named(entry: Mapping, key: str, **fields: Any) -> Mapping:
    name = Mapping(entry.place_of(key))
    for field, value in fields.items():
        name.put(field, value)
    return name


def expand_names(entry: Mapping) -> None:
    """``ru: …``, ``other: […]`` and ``checked: [ru]`` as names, each with what is known of it."""
    names = Sequence(entry.place)
    checked = entry.pop("checked", [])
    others = entry.pop("other", [])
    longer = entry.pop("names", [])
    for key in [key for key in entry if key not in ("id", "kind", "term")]:
        is_seen = {"checked": True} if key in checked else {}
        names.put(
            _named(entry, key, language=key, text=entry.pop(key), label=True, **is_seen),
            entry.place_of(key),
        )
    for text in dict.fromkeys(others):
        names.put(_named(entry, "other", text=text), entry.place_of("other"))
    for one in longer:
        names.put(one, one.place)
    entry.put("names", names)


def condense_names(plain: Plain) -> Plain:
    names = plain.get("names", [])
    labels = {one["language"]: one["text"] for one in names if one.get("label")}
    others = [one["text"] for one in names if set(one) == {"text"}]
    longer = [one for one in names if not one.get("label") and set(one) != {"text"}]
    checked = [one["language"] for one in names if one.get("label") and one.get("checked")]
    lists = {"other": others, "checked": checked, "names": longer}
    return labels | {key: value for key, value in lists.items() if value}


# Fixed terms: their wordings under the codes of the languages, an id that follows from the term.

WORDING = re.compile(f"({LANGUAGE})(_variants)?")


def _id_of(term: str) -> str:
    """The id that a term has unless it is given another; its first words, as many as fit."""
    longest = FixedTerm._meta.get_field("slug").max_length or 0
    return slugify(shorten(term.replace("/", " "), longest, placeholder=""))


def _expand_wordings(entry: Mapping) -> None:
    """``ru: …`` and ``ru_variants: […]`` as names, all of them seen."""
    entry.setdefault("id", _id_of(str(entry["term"])))
    names = Sequence(entry.place)
    for key in [key for key in entry if key != "id"]:
        if found := WORDING.fullmatch(key):
            language, is_other = found.groups()
            said = entry.pop(key)
            for text in dict.fromkeys(said if is_other else [said]):
                name = {"language": language, "text": text, "label": not is_other}
                names.put(_named(entry, key, **name, checked=True), entry.place_of(key))
    longer = entry.get("names", Sequence(entry.place))
    for name, place in zip(longer, longer.places, strict=True):
        names.put(name, place)
    if names:
        entry.put("names", names)


def _condense_wordings(plain: Plain) -> Plain:
    said: Plain = {}
    longer = []
    for name in plain.get("names", []):
        language = name.get("language")
        if not (language and name.get("checked")):
            longer.append(name)
        elif name.get("label"):
            said[language] = name["text"]
        else:
            said.setdefault(f"{language}_variants", []).append(name["text"])
    rest = {key: value for key, value in plain.items() if key not in ("id", "term", "names")}
    id_ = {} if plain["id"] == _id_of(plain["term"]) else {"id": plain["id"]}
    return {**id_, "term": plain["term"], **said, **({"names": longer} if longer else {}), **rest}


WORDINGS = Short(
    {
        "id": {
            "type": "string",
            "pattern": "^[-a-zA-Z0-9_]+$",
            "description": "Permanent identifier, also in links; made from the term if left out.",
        }
    },
    _expand_wordings,
    _condense_wordings,
    patterns={
        f"^{LANGUAGE}$": TEXT
        | {
            "minLength": 1,
            "description": "The usual wording in the language with this code, seen in its pages.",
        },
        f"^{LANGUAGE}_variants$": {
            "type": "array",
            "items": TEXT | {"minLength": 1},
            "description": "Further wordings in that language, seen in its pages.",
        },
    },
)


def _other_names(key: str, *, is_list: bool) -> Short:
    def expand(entry: Mapping) -> None:
        if key not in entry:
            return
        found = entry.pop(key)
        names = entry.setdefault("names", Sequence(entry.place_of(key)))
        for text in dict.fromkeys(found if is_list else [found]):
            names.put(_named(entry, key, text=text))

    schema = {"type": "array", "items": TEXT} if is_list else TEXT
    about = "Other names, which names.yaml may have besides, and which are written there."
    return Short({key: schema | {"description": about}}, expand)


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
    shorts=(
        Short(
            {
                "head": {"type": "string", "description": "Who led it, an id in people.yaml."},
                "head_position": TEXT | {"description": "The position of the head."},
            },
            _expand_head,
            _condense_head,
            conditions=({"if": {"required": ["head_position"]}, "then": {"required": ["head"]}},),
        ),
    ),
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
        shorts=(_other_names("former_name", is_list=False),),
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
        shorts=(_other_names("other_spellings", is_list=True),),
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
        shorts=(
            Short(
                {
                    "formats": {
                        "type": "array",
                        "items": {"enum": list(Session.Kind.values)},
                        "uniqueItems": True,
                        "description": "Kinds of sessions without a day of their own.",
                    },
                    "formats_sources": {
                        "type": "array",
                        "items": {"type": "string"},
                        "uniqueItems": True,
                        "description": "The sources of all of these sessions.",
                    },
                },
                _expand_formats,
                _condense_formats,
                conditions=(
                    {
                        "if": {
                            "required": ["formats"],
                            "properties": {"formats": {"minItems": 1}},
                        },
                        "then": {
                            "required": ["formats_sources"],
                            "properties": {"formats_sources": {"minItems": 1}},
                        },
                    },
                ),
            ),
        ),
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
