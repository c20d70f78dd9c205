"""Keeps the index of the search: in the transaction of each edit, through signals.

The index says nothing of its own, so that no rule of the domain hides here. Rounds are
found by the words of all their parts, and these by the names of what they refer to.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Model, Prefetch, QuerySet
from django.db.models.signals import post_delete, post_migrate, post_save, pre_save

from rounds.models import (
    AgendaItem,
    Delegation,
    Document,
    Member,
    Milestone,
    Outcome,
    Round,
    SearchEntry,
    SearchWord,
)
from rounds.participants.models import Participant, Person
from rounds.search.words import LONGEST, folded, listed, stems, written
from rounds.sources.models import Source
from rounds.topics.models import Topic

Kind = SearchEntry.Kind
BATCH = 500


def entry(
    thing: Any,
    kind: Kind,
    title: str,
    text: str,
    names: str = "",
    more: Iterable[str] = (),
    **fields: Any,
) -> SearchEntry:
    """The entry of an object; ``more`` are texts that find it but are not shown."""
    spelled = [title, *names.splitlines()]
    return SearchEntry(
        kind=kind,
        object_id=thing.pk,
        title=title,
        text=text,
        names=names,
        beginnings=listed(map(folded, written(name)) for name in spelled),
        title_words=listed(map(stems, spelled)),
        words=listed(map(stems, [*spelled, text, *more])),
        **{"anchor": getattr(thing, "slug", ""), "weight": 0} | fields,
    )


def newest_first(day: date | None) -> int:
    return -day.toordinal() if day else 0


def names_of(named: Participant | Person | Topic) -> str:
    """Every other name of it, one per line."""
    if isinstance(named, Topic):
        return named.other_names
    if isinstance(named, Participant):
        names = [named.official_name, named.other_names]
    else:
        names = [named.native_name, named.other_spellings]
    return "\n".join(name for name in names if name and name != str(named))


def round_entry(round_: Round) -> SearchEntry:
    month = f"{round_.start:%B %Y}"
    return entry(
        round_,
        Kind.ROUND,
        f"{round_}, {round_.city}",
        round_.summary,
        more=[round_.venue, round_.date_note, month, *texts_of_parts(round_)],
        round=round_,
        anchor=str(round_.number),
        weight=newest_first(round_.start),
    )


def texts_of_parts(round_: Round) -> Iterator[str]:
    for item in round_.agenda_items.all():
        yield from (item.note, item.topic.label, names_of(item.topic))
    for delegation in round_.delegations.all():
        yield from (delegation.note, delegation.participant.name, names_of(delegation.participant))
        for member in delegation.members.all():
            yield from (member.position, member.person.name, names_of(member.person))
    yield from (outcome.text for outcome in round_.outcomes.all())
    yield from (document.title for document in round_.documents.all())


def topic_entry(topic: Topic) -> SearchEntry:
    return entry(topic, Kind.TOPIC, topic.label, topic.definition, names_of(topic))


def participant_entry(one: Participant) -> SearchEntry:
    return entry(one, Kind.PARTICIPANT, one.name, one.description, names_of(one))


def person_entry(person: Person) -> SearchEntry:
    more = [person.participant.name, names_of(person.participant)]
    return entry(person, Kind.PERSON, person.name, person.position, names_of(person), more)


def milestone_entry(one: Milestone) -> SearchEntry:
    more = [one.place, one.date_note, f"{one.start:%B %Y}"]
    weight = newest_first(one.start)
    return entry(one, Kind.MILESTONE, one.title, one.text, more=more, weight=weight)


def source_entry(source: Source) -> SearchEntry:
    return entry(
        source,
        Kind.SOURCE,
        source.title,
        source.publisher,
        more=[f"{source.published:%B %Y}"] if source.published else (),
        language="" if source.title_is_descriptive else source.language,
        weight=newest_first(source.published),
    )


def part_of(round_: Round, anchor: str) -> dict[str, Any]:
    return {"round": round_, "anchor": anchor, "weight": newest_first(round_.start)}


def outcome_entry(one: Outcome) -> SearchEntry:
    title, place = one.get_kind_display(), part_of(one.round, str(one.number))
    return entry(one, Kind.OUTCOME, title, one.text, **place)


def agenda_entry(item: AgendaItem) -> SearchEntry | None:
    """The entry of a note; None where there is none."""
    topic, more = item.topic, [item.get_stage_display(), names_of(item.topic)]
    if not item.note:
        return None
    place = part_of(item.round, topic.slug)
    return entry(item, Kind.AGENDA, topic.label, item.note, more=more, **place)


def document_entry(one: Document) -> SearchEntry:
    title, kind = one.title, one.get_kind_display()
    return entry(one, Kind.DOCUMENT, title, kind, **part_of(one.round, str(one.number)))


class Indexed(NamedTuple):
    """How the objects of a kind are read and described."""

    objects: Callable[[], QuerySet[Any]]
    entry: Callable[[Any], SearchEntry | None]


INDEXED = {
    Kind.ROUND: Indexed(
        lambda: Round.objects.prefetch_related(
            "agenda_items__topic",
            Prefetch("delegations", Delegation.objects.with_people()),
            "outcomes",
            "documents",
        ),
        round_entry,
    ),
    Kind.TOPIC: Indexed(Topic.objects.all, topic_entry),
    Kind.PARTICIPANT: Indexed(Participant.objects.all, participant_entry),
    Kind.PERSON: Indexed(lambda: Person.objects.select_related("participant"), person_entry),
    Kind.MILESTONE: Indexed(Milestone.objects.all, milestone_entry),
    Kind.OUTCOME: Indexed(lambda: Outcome.objects.select_related("round"), outcome_entry),
    Kind.AGENDA: Indexed(lambda: AgendaItem.objects.select_related("round", "topic"), agenda_entry),
    Kind.DOCUMENT: Indexed(lambda: Document.objects.select_related("round"), document_entry),
    Kind.SOURCE: Indexed(Source.objects.all, source_entry),
}
KINDS: dict[type[Model], Kind] = {
    indexed.objects().model: kind for kind, indexed in INDEXED.items()
}
NAMES = {kind: model._meta.verbose_name for model, kind in KINDS.items()}


class Above(NamedTuple):
    """What a part belongs to: its field for the key, and how the round is found by that."""

    field: str
    lookup: str


ABOVE: dict[type[Model], Above] = {
    **dict.fromkeys([AgendaItem, Delegation, Outcome, Document], Above("round_id", "pk")),
    Member: Above("delegation_id", "delegations"),
}
UPDATED = [
    field.attname
    for field in SearchEntry._meta.concrete_fields
    if field.name not in ("id", "kind", "object_id")
]


def reindex(kind: Kind, keys: Collection[int] | None = None) -> None:
    """Write the entries of the kind's objects with the keys; of all its objects for None."""
    objects = INDEXED[kind].objects()
    if keys is not None:
        objects = objects.filter(pk__in=keys)
    made = {thing.pk: INDEXED[kind].entry(thing) for thing in objects}
    without = [pk for pk, found in made.items() if found is None]
    if without:
        SearchEntry.objects.filter(kind=kind, object_id__in=without).delete()
    entries = [found for found in made.values() if found]
    SearchEntry.objects.bulk_create(
        entries,
        BATCH,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=UPDATED,
    )
    remember_words(entries)


def remember_words(entries: Iterable[SearchEntry]) -> None:
    """Note the words that readers see, in small letters where they are somewhere so written."""
    small: dict[str, SearchWord] = {}
    others: dict[str, SearchWord] = {}
    for one in entries:
        for shown in written(f"{one.title}\n{one.names}\n{one.text}"):
            word = folded(shown)[:LONGEST]
            known = small if shown.islower() else others
            known[word] = SearchWord(word=word, written=shown)
    SearchWord.objects.bulk_create(others.values(), BATCH, ignore_conflicts=True)
    SearchWord.objects.bulk_create(
        small.values(),
        BATCH,
        update_conflicts=True,
        unique_fields=["word"],
        update_fields=["written"],
    )


@transaction.atomic
def rebuild() -> None:
    """Write the whole index anew."""
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    for kind in INDEXED:
        reindex(kind)


class Touched(NamedTuple):
    """Entries of a kind that an edit concerns: of objects whose lookup gives the key."""

    kind: Kind
    lookup: str
    key: int


def touched(thing: Any) -> Iterator[Touched]:
    """The entries that say something of the object."""
    if type(thing) in KINDS:
        yield Touched(KINDS[type(thing)], "pk", thing.pk)
    if isinstance(thing, Topic):
        yield Touched(Kind.AGENDA, "topic", thing.pk)
        yield Touched(Kind.ROUND, "agenda_items__topic", thing.pk)
    elif isinstance(thing, Participant):
        yield Touched(Kind.PERSON, "participant", thing.pk)
        yield Touched(Kind.ROUND, "delegations__participant", thing.pk)
    elif isinstance(thing, Person):
        yield Touched(Kind.ROUND, "delegations__members__person", thing.pk)
    elif type(thing) in ABOVE:
        above = ABOVE[type(thing)]
        yield Touched(Kind.ROUND, above.lookup, getattr(thing, above.field))


def refresh(edits: Iterable[Touched]) -> None:
    """Write the entries that the edits concern, each once."""
    keys: dict[tuple[Kind, str], set[int]] = defaultdict(set)
    for kind, lookup, key in edits:
        keys[kind, lookup].add(key)
    found: dict[Kind, set[int]] = defaultdict(set)
    for (kind, lookup), values in keys.items():
        if lookup != "pk":
            objects = INDEXED[kind].objects().order_by().filter(**{f"{lookup}__in": values})
            values = set(objects.values_list("pk", flat=True))
        found[kind] |= values
    for kind, values in found.items():
        if values:
            reindex(kind, values)


# The edits within ``together``; None outside of it.
waiting: ContextVar[set[Touched] | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Many edits in one transaction: the index follows at its end, which is faster."""
    if waiting.get() is not None:
        yield
        return
    edits: set[Touched] = set()
    token = waiting.set(edits)
    try:
        with transaction.atomic():
            yield
            refresh(edits)
    finally:
        waiting.reset(token)


def note(found: Iterable[Touched]) -> None:
    """Let the index follow an edit: at once, or at the end of ``together``."""
    edits = waiting.get()
    if edits is None:
        with transaction.atomic():
            refresh(found)
    else:
        edits.update(found)


def before_save(instance: Any, **kwargs: Any) -> None:
    """Remember what a part belongs to so far, which it may be about to leave."""
    field, lookup = ABOVE[type(instance)]
    stored = type(instance)._base_manager.filter(pk=instance.pk)
    key = None if instance._state.adding else stored.values_list(field, flat=True).first()
    instance.left = [Touched(Kind.ROUND, lookup, key)] if key else []


def after_save(instance: Any, **kwargs: Any) -> None:
    note([*touched(instance), *getattr(instance, "left", ())])


def after_delete(instance: Any, origin: Any, **kwargs: Any) -> None:
    """Drop what the index has of the object; a round takes all that its parts have."""
    is_part = type(instance) in ABOVE
    deleted = origin.model if isinstance(origin, QuerySet) else type(origin)
    if is_part and deleted is Round:
        return
    if isinstance(instance, Round):
        SearchEntry.objects.filter(round=instance.pk).delete()
    elif type(instance) in KINDS:
        SearchEntry.objects.filter(kind=KINDS[type(instance)], object_id=instance.pk).delete()
    if is_part:
        note(touched(instance))


def after_migrate(**kwargs: Any) -> None:
    """The rules of the index may have changed with the code."""
    if SearchEntry._meta.db_table in connection.introspection.table_names():
        rebuild()


def keep_current(app: Any) -> None:
    """Follow every edit from now on; the app config calls this once."""
    for model in ABOVE:
        pre_save.connect(before_save, sender=model)
    for model in {*KINDS, *ABOVE}:
        post_save.connect(after_save, sender=model)
        post_delete.connect(after_delete, sender=model)
    post_migrate.connect(after_migrate, sender=app)
