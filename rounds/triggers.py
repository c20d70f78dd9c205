"""Triggers of the database that raise the edition and note what changed.

The search follows what they note, and the history keeps it. Whatever writes to a table of the
record fires them: a save, ``update()``, a many-to-many relation, ``loaddata``, another program,
SQL by hand.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.utils import timezone

from rounds.access import EDITED_APPS
from rounds.models import BOOKS, Change, Edition, Member, PendingChange
from rounds.names import Name
from rounds.sources.models import Source

EDITION = Edition._meta.db_table
PENDING = PendingChange._meta.db_table
HISTORY = Change._meta.db_table


class Table(NamedTuple):
    """A table of the record, of which model, and its columns.

    ``parent`` is the column that leads towards the round that a row belongs to, "" without one.
    What ``derived`` columns hold follows from elsewhere; no history is kept of them.
    What is not ``searched`` the search need not follow.
    """

    name: str
    model: str
    parent: str
    columns: tuple[str, ...]
    derived: tuple[str, ...]
    is_searched: bool


def record_models() -> list[type[Model]]:
    """The models of the record, those that Django makes for many-to-many relations included."""
    found = apps.get_models(include_auto_created=True)
    return [one for one in found if one._meta.app_label in EDITED_APPS and one not in BOOKS]


def parent_of(model: type[Model]) -> Any:
    """The field that leads to what objects belong to: towards their round, or to what is named.

    None without one. A row of a many-to-many relation belongs to the object that has it.
    """
    options: Any = model._meta
    if issubclass(model, Name):
        return options.get_field("named")
    if owner := options.auto_created:
        return next(one for one in options.fields if one.related_model is owner)
    path = getattr(model, "path_to_round", None)
    return options.get_field(path.split("__")[0]) if path else None


def is_said_with_parent(model: type[Model]) -> bool:
    """Whether objects have no entry of their own in the search, but stand in their parent's."""
    return model is Member or issubclass(model, Name) or bool(model._meta.auto_created)


def _table(model: type[Model]) -> Table:
    fields: list[Any] = list(model._meta.concrete_fields)
    parent = parent_of(model)
    derived = [one for one in fields if not (one.serialize or one.primary_key)]
    return Table(
        model._meta.db_table,
        model._meta.label_lower,
        parent.column if parent else "",
        tuple(str(one.column) for one in fields if one not in derived),
        tuple(str(one.column) for one in derived),
        # Of facts, no sources are said.
        not (model._meta.auto_created and any(one.related_model is Source for one in fields)),
    )


def _noted(table: Table, row: str) -> str:
    """The columns of a pending change but its edition, for NEW or OLD as the row."""
    parent = f"{row}.{table.parent}" if table.parent else "CAST(NULL AS bigint)"
    return f"SELECT '{table.model}', {row}.id, {parent}"


def _pending(rows: str) -> str:
    return (
        f"INSERT INTO {PENDING} (model, key, parent, edition) "
        f"SELECT changed.*, {EDITION}.number FROM ({rows}) AS changed, {EDITION};"
    )


def _kept(table: Table, key: str, before: str, after: str, now: str) -> str:
    """The statement that keeps what a row was and is, the one or the other "NULL"."""
    parent = f"{key}.{table.parent}" if table.parent else "NULL"
    return (
        f"INSERT INTO {HISTORY} (model, key, parent, before, after, edition, at) "
        f"SELECT '{table.model}', {key}.id, {parent}, {before}, {after}, number, {now} "
        f"FROM {EDITION}"
    )


def _kept_on_sqlite(table: Table, event: str) -> str:
    def row(of: str) -> str:
        columns = ", ".join(f"'{one}', {of}.\"{one}\"" for one in table.columns)
        return f"json_object({columns})"

    now = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
    if event == "INSERT":
        return f"{_kept(table, 'NEW', 'NULL', row('NEW'), now)};"
    if event == "DELETE":
        return f"{_kept(table, 'OLD', row('OLD'), 'NULL', now)};"
    changed = _kept(table, "NEW", row("OLD"), row("NEW"), now)
    return f"{changed} WHERE {row('OLD')} <> {row('NEW')};"


def _on_sqlite(table: Table) -> Iterator[tuple[str, str]]:
    """Name and statement of each trigger of a table.

    SQLite has no triggers for whole statements, so the edition rises with every row.
    """
    for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
        name = f"{table.name}_{event.lower()}_edition"
        noted = " UNION ".join(_noted(table, row) for row in rows)
        pending = _pending(noted) if table.is_searched else ""
        yield (
            name,
            f"CREATE TRIGGER {name} AFTER {event} ON {table.name} BEGIN "
            f"UPDATE {EDITION} SET number = number + 1, "
            f"changed_at = strftime('%Y-%m-%d %H:%M:%f', 'now'); "
            f"{pending} {_kept_on_sqlite(table, event)} END",
        )


# Raised before the statement takes a row: whoever writes waits here for the one who wrote
# before, with nothing locked that this one may want. So writers cannot lock each other out, and
# who reads an edition reads all changes up to it.
RAISE = f"""
CREATE OR REPLACE FUNCTION rounds_raise_edition() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE {EDITION} SET
        number = number + 1,
        changed_at = greatest(changed_at, now()),
        transaction = pg_current_xact_id()::text
    WHERE NOT (transaction = pg_current_xact_id()::text AND changed_at = now());
    RETURN NULL;
END $$
"""
EVENTS = "INSERT OR UPDATE OR DELETE"


def _on_postgresql(table: Table) -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE TRIGGER edition BEFORE {EVENTS} OR TRUNCATE ON {table.name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION rounds_raise_edition()"
    )
    without = "".join(f" - '{one}'" for one in table.derived)
    before, after = f"to_jsonb(OLD){without}", f"to_jsonb(NEW){without}"
    added = _kept(table, "NEW", "NULL", after, "clock_timestamp()")
    changed = _kept(table, "NEW", before, after, "clock_timestamp()")
    deleted = _kept(table, "OLD", before, "NULL", "clock_timestamp()")
    yield (
        f"CREATE OR REPLACE FUNCTION {table.name}_history() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN CASE TG_OP WHEN 'INSERT' THEN {added}; "
        f"WHEN 'UPDATE' THEN {changed} WHERE {before} IS DISTINCT FROM {after}; "
        f"ELSE {deleted}; END CASE; RETURN NULL; END $$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER history AFTER {EVENTS} ON {table.name} "
        f"FOR EACH ROW EXECUTE FUNCTION {table.name}_history()"
    )
    if not table.is_searched:
        return
    all_rows = f"SELECT '{table.model}', CAST(NULL AS bigint), CAST(NULL AS bigint)"
    old, new = _noted(table, "OLD"), _noted(table, "NEW")
    yield (
        f"CREATE OR REPLACE FUNCTION {table.name}_pending() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN CASE TG_OP WHEN 'INSERT' THEN {_pending(new)} "
        f"WHEN 'UPDATE' THEN {_pending(f'{old} UNION {new}')} "
        f"WHEN 'DELETE' THEN {_pending(old)} ELSE {_pending(all_rows)} END CASE; "
        "RETURN NULL; END $$"
    )
    for name, event, each in (("", EVENTS, "ROW"), ("_all", "TRUNCATE", "STATEMENT")):
        yield (
            f"CREATE OR REPLACE TRIGGER pending{name} AFTER {event} ON {table.name} "
            f"FOR EACH {each} EXECUTE FUNCTION {table.name}_pending()"
        )


def _make_on_sqlite(connection: BaseDatabaseWrapper, tables: list[Table]) -> bool:
    wanted = dict(one for table in tables for one in _on_sqlite(table))
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        known = dict(cursor.fetchall())
        missing = {name for name, sql in wanted.items() if known.get(name) != sql}
        for name in missing:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(wanted[name])
    return bool(missing)


def _make_on_postgresql(connection: BaseDatabaseWrapper, tables: list[Table]) -> bool:
    # Each by itself: together they would lock tables that a writer at work still wants.
    with connection.cursor() as cursor:
        cursor.execute(RAISE)
        for table in tables:
            for statement in _on_postgresql(table):
                cursor.execute(statement)
    return False


def make(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the triggers that are missing; each ``migrate`` does.

    SQLite drops them where Django writes a table anew: what was written there meanwhile raised
    no edition, so this does.
    """
    connection = connections[using]
    there = connection.introspection.table_names()
    if not {EDITION, PENDING, HISTORY} <= set(there):
        return  # migrated backwards
    now = timezone.now()
    first = {"number": 1, "changed_at": now, "begun_at": now}
    Edition.objects.using(using).only("number").get_or_create(pk=1, defaults=first)
    tables = [_table(one) for one in record_models() if one._meta.db_table in there]
    makes = _make_on_sqlite if connection.vendor == "sqlite" else _make_on_postgresql
    if makes(connection, tables):
        raise_edition(using)


def raise_edition(using: str = DEFAULT_DB_ALIAS) -> None:
    """Raise the edition although no table of the record was written to."""
    with transaction.atomic(using=using):
        edition = Edition.objects.using(using).lock()
        edition.number += 1
        edition.changed_at = timezone.now()
        edition.save(using=using)


def after_migrate(using: str, **kwargs: Any) -> None:
    """Make the triggers, which may have gone with the tables that were written anew."""
    make(using)
