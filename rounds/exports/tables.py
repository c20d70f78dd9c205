"""The tables in which the record is given out: one for each noun, a row for each fact."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from django.db.models import Field, ManyToManyField, Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rounds import addresses
from rounds.exports.columns import BETWEEN, Column, Kind, kind_of
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
)
from rounds.participants.models import Participant, ParticipantName, Person, PersonName
from rounds.sources.models import Source
from rounds.topics.models import Topic, TopicName

Row = dict[str, Any]  # the values of a row, by the names of the columns

HIDDEN = {"publication"}  # what is given out is published


ADDRESS = Column("address", Kind.TEXT, told=_("Where it stands on the site."), is_required=True)


def same(rows: Any) -> Any:
    return rows


@dataclass(frozen=True, eq=False)
class Table:
    """A table: a row for each object of a model that the reader may see.

    ``key`` are the lookups that tell rows apart, for good. ``parent`` is the foreign key to what a
    row is part of, "" for what stands by itself; ``order`` is that among its parts, or of all.
    ``place`` gives the path of a row on the site. ``more`` are columns of what ``read`` adds to
    the rows, and lists of parts, in whose stead records have the parts themselves.
    """

    name: str
    model: type[Model]
    key: tuple[str, ...]
    place: Callable[[Row], str] | None = None
    parent: str = ""
    order: tuple[str, ...] = ()
    more: tuple[Column, ...] = ()
    read: Callable[[Any], Any] = same

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(_columns(self))

    @property
    def key_column(self) -> Column:
        return self.columns[0]

    @property
    def lists(self) -> list[Column]:
        return [column for column in self.columns if column.kind is Kind.LIST]

    @property
    def path_to_round(self) -> str | None:
        """The lookups to the round: "" for rounds themselves, None for what belongs to none."""
        path: str | None = getattr(self.model, "path_to_round", None)
        return path

    @property
    def is_sourced(self) -> bool:
        return any(column.name == "sources" for column in self.columns)

    @property
    def title(self) -> str:
        """What its rows are called."""
        return str(self.model._meta.verbose_name_plural)

    @property
    def about(self) -> str:
        """What a row is."""
        return str(ABOUT[self.name])


def _columns(table: Table) -> Iterator[Column]:
    """A column for each field that readers see; the key comes first."""
    fields: list[Field[Any, Any]] = [
        *table.model._meta.concrete_fields,
        *table.model._meta.many_to_many,
    ]
    by_name = {field.name: field for field in fields}
    if len(table.key) == 1:
        field = by_name.pop(table.key[0])
        yield Column(field.name, kind_of(field), table.key, field=field, is_required=True)
    else:
        yield Column("id", Kind.TEXT, table.key, told=_("Key of the row."), is_required=True)
    if table.path_to_round and "__" in table.path_to_round:
        yield Column(
            "round",
            Kind.INTEGER,
            (f"{table.path_to_round}__number",),
            refers_to="rounds",
            told=_("The round it belongs to."),
            is_required=True,
        )
    for field in by_name.values():
        is_shown = field.editable and field.serialize and not field.primary_key  # type: ignore[attr-defined]
        if is_shown and field.name not in HIDDEN and (column := _column(field)):
            yield _within(column, by_name)
    yield from table.more
    if table.place:
        yield ADDRESS


def _column(field: Field[Any, Any]) -> Column | None:
    is_required = not (field.null or field.blank)
    if isinstance(field, ManyToManyField):
        target = table_of(field.related_model)
        if not field.remote_field.through._meta.auto_created:  # type: ignore[union-attr]
            return None  # what stands between is a table of its own
        return Column(field.name, Kind.LIST, refers_to=target.name, field=field)
    if field.related_model:
        target = table_of(field.related_model)
        return Column(
            field.name,
            target.key_column.kind,
            tuple(f"{field.name}__{path}" for path in target.key),
            refers_to=target.name,
            field=field,
            is_required=is_required,
        )
    return Column(field.name, kind_of(field), (field.name,), field=field, is_required=is_required)


def _within(column: Column, fields: Mapping[str, Field[Any, Any]]) -> Column:
    """The column; the precision of a day that may be unknown is empty with it."""
    day, is_precision, _rest = column.name.partition("_precision")
    if is_precision and day in fields and fields[day].null:
        return replace(column, within=day, is_required=False)
    return column


def at_round(anchor: str) -> Callable[[Row], str]:
    """The place of a part on the page of its round."""
    return lambda row: f"{addresses.of_round(row['round'])}#{anchor.format(**row)}"


def of_paragraph(row: Row) -> str:
    number, order = row["number"], row["order"]
    document = row["document"].partition(BETWEEN)[2]
    place = f"unplaced-{order}" if number is None else f"point-{number}"
    return f"{addresses.of_round(row['round'])}#document-{document}-{place}"


def of_session(row: Row) -> str:
    day = f"-{row['day']}" if row["day"] else ""
    return f"{addresses.of_round(row['round'])}#session-{row['kind']}{day}"


def of_claim(row: Row) -> str:
    dispute = row["dispute"].partition(BETWEEN)[2]
    return f"{addresses.of_round(row['round'])}#dispute-{dispute}-claim-{row['number']}"


LAST_VERDICT = Column(
    "last_verdict",
    Kind.TEXT,
    ("last_verdict",),
    field=Evidence._meta.get_field("verdict"),
    told=_("What became of it, by the last evidence."),
    is_required=True,
)
EVIDENCE = Column(
    "evidence", Kind.LIST, refers_to="evidence", told=_("What is known of it, in order.")
)

TABLES = (
    Table(
        "rounds",
        Round,
        ("number",),
        lambda row: addresses.of_round(row["number"]),
        order=("number",),
    ),
    Table(
        "sessions",
        Session,
        ("round__number", "kind", "day"),
        of_session,
        parent="round",
    ),
    Table(
        "delegations",
        Delegation,
        ("round__number", "participant__slug"),
        at_round("delegation-{participant}"),
        parent="round",
    ),
    Table(
        "members",
        Member,
        ("delegation__round__number", "delegation__participant__slug", "person__slug"),
        lambda row: (
            f"{addresses.of_round(row['round'])}#delegation-{row['delegation'].partition(BETWEEN)[2]}"
        ),
        parent="delegation",
        order=("-is_head",),
    ),
    Table(
        "agenda",
        AgendaItem,
        ("round__number", "topic__slug", "stage"),
        at_round("topic-{topic}"),
        parent="round",
    ),
    Table(
        "outcomes",
        Outcome,
        ("round__number", "number"),
        at_round("outcome-{number}"),
        parent="round",
        order=("number",),
    ),
    Table(
        "documents",
        Document,
        ("round__number", "number"),
        at_round("document-{number}"),
        parent="round",
        order=("number",),
    ),
    Table(
        "paragraphs",
        Paragraph,
        ("document__round__number", "document__number", "order"),
        of_paragraph,
        parent="document",
        order=("order",),
    ),
    Table(
        "commitments",
        Commitment,
        ("slug",),
        lambda row: addresses.of_commitment(row["slug"]),
        parent="round",
        more=(LAST_VERDICT, EVIDENCE),
        read=lambda rows: rows.in_states(()),
    ),
    Table(
        "evidence",
        Evidence,
        ("commitment__slug", "number"),
        lambda row: f"{addresses.of_commitment(row['commitment'])}#evidence-{row['number']}",
        parent="commitment",
        order=("number",),
    ),
    Table(
        "disputes",
        Dispute,
        ("round__number", "number"),
        at_round("dispute-{number}"),
        parent="round",
        order=("number",),
    ),
    Table(
        "claims",
        Claim,
        ("dispute__round__number", "dispute__number", "number"),
        of_claim,
        parent="dispute",
        order=("number",),
    ),
    Table("topics", Topic, ("slug",), lambda row: addresses.of_topic(row["slug"]), order=("slug",)),
    Table(
        "participants",
        Participant,
        ("slug",),
        lambda row: addresses.of_participant(row["slug"]),
        order=("slug",),
    ),
    Table(
        "people", Person, ("slug",), lambda row: addresses.of_person(row["slug"]), order=("slug",)
    ),
    Table(
        "milestones",
        Milestone,
        ("slug",),
        lambda row: addresses.on_timeline(f"milestone-{row['slug']}", milestones="on"),
        order=("start",),
    ),
    Table(
        "terms",
        FixedTerm,
        ("slug",),
        lambda row: f"{reverse('rounds:glossary')}#term-{row['slug']}",
    ),
    Table("topic-names", TopicName, ("named__slug", "language", "text"), parent="named"),
    Table(
        "participant-names", ParticipantName, ("named__slug", "language", "text"), parent="named"
    ),
    Table("person-names", PersonName, ("named__slug", "language", "text"), parent="named"),
    Table("term-names", FixedTermName, ("named__slug", "language", "text"), parent="named"),
    Table(
        "sources", Source, ("slug",), lambda row: addresses.of_source(row["slug"]), order=("slug",)
    ),
)

NAMED = {table.name: table for table in TABLES}

ABOUT = {
    "rounds": _("A round: one International Meeting on Syria."),
    "sessions": _("A session of a round's programme."),
    "delegations": _("A participant at a round, and whether it came."),
    "members": _("A person in a delegation."),
    "agenda": _("A topic at one stage of a round: announced, discussed, or in the statement."),
    "outcomes": _("What came out of a round."),
    "documents": _("A paper of a round."),
    "paragraphs": _("A point of a paper: the gist in our words."),
    "commitments": _("What was promised at a round."),
    "evidence": _("What is known, on a day, of what became of a commitment."),
    "disputes": _("What sources disagree on at a round."),
    "claims": _("One of the rival versions in a dispute."),
    "topics": _("A topic that rounds deal with."),
    "participants": _("A state, organization or party that takes part."),
    "people": _("A person who took part."),
    "milestones": _("An event around the rounds."),
    "terms": _("A fixed expression of the process."),
    "topic-names": _("What a topic is called in another language or in other words."),
    "participant-names": _("What a participant is called in another language or in other words."),
    "person-names": _("What a person is called in another language or in another spelling."),
    "term-names": _("The settled wording of a fixed expression in a language."),
    "sources": _("A publication on which facts rest."),
}


@cache
def table_of(model: Any) -> Table:
    """The table whose rows are objects of the model."""
    return next(table for table in TABLES if table.model is model)


def parts_of(table: Table) -> list[Table]:
    """The tables whose rows are parts of rows of this one."""
    return [
        one
        for one in TABLES
        if one.parent and one.model._meta.get_field(one.parent).related_model is table.model
    ]


@cache
def prefix(table: Table) -> str:
    """The lookups from a row to the one at the top that it is a part of; "" where it is one."""
    if not table.parent:
        return ""
    above = table_of(table.model._meta.get_field(table.parent).related_model)
    return "__".join(filter(None, (table.parent, prefix(above))))
