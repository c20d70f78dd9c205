"""The edition rises with every change of the record, and the search follows, by whatever path."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, models, transaction

from rounds import editions, triggers
from rounds.models import Edition, PendingChange, Round, SearchEntry, SearchWord
from rounds.search.index import rebuild
from rounds.search.upkeep import catch_up
from rounds.topics.models import Topic
from rounds.triggers import record_models
from tests.factories import filled, make_full_round, make_outcome, make_round, make_source
from tests.pages import hits, search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]

MODELS = record_models()


def number() -> int:
    return Edition.objects.get().number


def index() -> list[tuple[Any, ...]]:
    fields = ("kind", "object_id", "anchor", "title", "names", "text", "words", "weight", "round")
    return list(SearchEntry.objects.order_by("kind", "object_id").values_list(*fields))


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def another_transaction() -> None:
    """Let what follows raise the edition as a transaction of its own would."""
    Edition.objects.update(transaction="")


def add(thing: Any) -> None:
    thing.save()


def change(thing: Any) -> None:
    thing.save()


def delete(thing: Any) -> None:
    thing.delete()


def delete_many(thing: Any) -> None:
    type(thing)._base_manager.filter(pk=thing.pk).delete()


def update(thing: Any) -> None:
    type(thing)._base_manager.filter(pk=thing.pk).update(**{_field(thing): _value(thing)})


def create_many(thing: Any) -> None:
    type(thing)._base_manager.bulk_create([thing])


def update_many(thing: Any) -> None:
    type(thing)._base_manager.bulk_update([thing], [_field(thing)])


def load(thing: Any) -> None:
    fields = {
        field.name: field.value_from_object(thing)
        for field in type(thing)._meta.concrete_fields
        if not field.primary_key
    }
    path = Path(str(thing.path))
    label = type(thing)._meta.label
    path.write_text(json.dumps([{"model": label, "fields": fields}], default=str))
    call_command("loaddata", path, verbosity=0)


def insert_by_hand(thing: Any) -> None:
    columns = [field for field in type(thing)._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in columns)
    values = [
        field.get_db_prep_save(getattr(thing, field.attname), connection) for field in columns
    ]
    places = ", ".join(["%s"] * len(values))
    sql(f"INSERT INTO {type(thing)._meta.db_table} ({names}) VALUES ({places})", *values)


def update_by_hand(thing: Any) -> None:
    table, column = type(thing)._meta.db_table, type(thing)._meta.get_field(_field(thing)).column
    sql(f'UPDATE {table} SET "{column}" = "{column}" WHERE id = %s', thing.pk)


def delete_by_hand(thing: Any) -> None:
    sql(f"DELETE FROM {type(thing)._meta.db_table} WHERE id = %s", thing.pk)


def _field(thing: Any) -> str:
    return type(thing)._meta.concrete_fields[-1].name


def _value(thing: Any) -> Any:
    return getattr(thing, type(thing)._meta.concrete_fields[-1].attname)


ADDING = [add, create_many, load, insert_by_hand]
CHANGING = [change, update, update_many, update_by_hand]
DELETING = [delete, delete_many, delete_by_hand]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_the_edition_rises_and_the_search_follows(
    model: type[models.Model], tmp_path: Path
) -> None:
    round_ = make_round(101)
    for write in (*ADDING, *CHANGING, *DELETING):
        with transaction.atomic():
            thing: Any = filled(model, round_)
            thing.path = tmp_path / "thing.json"
            expected = index()
            if write not in ADDING:
                thing.save()
                catch_up()
            if write in CHANGING:
                expected = index()
            another_transaction()
            before = number()
            write(thing)
            assert number() > before, write
            catch_up()
            assert editions.current().is_searched
            followed = index()
            if write in ADDING:
                rebuild()
                expected = index()
            assert followed == expected, write
            transaction.set_rollback(True)


@pytest.mark.parametrize("way", ["add", "remove", "set", "clear"])
def test_a_many_to_many_relation_raises_the_edition(way):
    round_, source = make_full_round(101), make_source()
    if way == "remove":
        round_.sources.add(source)
    another_transaction()
    before = number()
    values = {"add": [source], "remove": [source], "set": [[source]], "clear": []}[way]
    getattr(round_.sources, way)(*values)
    assert number() > before


def test_people_added_to_a_delegation_are_found_at_once():
    delegation = make_full_round(101).delegations.first()
    person = filled(delegation.people.model, delegation.round)
    person.save()
    delegation.people.add(person)
    followed = index()
    rebuild()
    assert followed == index()


def test_what_is_rolled_back_raises_nothing():
    another_transaction()
    before = number()
    with transaction.atomic():
        make_round(101)
        assert number() > before
        transaction.set_rollback(True)
    assert number() == before


def test_writes_that_are_no_change_of_the_record_raise_nothing(editor):
    another_transaction()
    before = number()
    editor.first_name = "Ada"
    editor.save()
    SearchWord.objects.create(word="quokka", written="Quokka")
    rebuild()
    assert number() == before


def test_postgresql_raises_the_edition_once_a_transaction():
    another_transaction()
    before = number()
    make_full_round(101)
    assert number() == before + 1 or connection.vendor == "sqlite"


def test_what_passes_the_models_by_waits_for_the_search(client):
    outcome = make_outcome(make_round(101), text="A quokka.")
    assert editions.current().is_searched
    type(outcome).objects.update(text="A numbat.")
    pending = PendingChange.objects.get()
    assert (pending.model, pending.key, pending.edition) == ("rounds.outcome", outcome.pk, number())
    assert not editions.current().is_searched
    answer = client.get("/readyz")
    waiting = f"search index: It is of edition {number() - 1}, 1 changes wait;"
    assert (answer.status_code, waiting in answer.text) == (503, True)
    Round.objects.first().save()  # any edit follows all that waits
    assert editions.current().is_searched
    assert client.get("/readyz").status_code == 200
    assert SearchEntry.objects.having([["numbat"]]).count() == 2


def test_the_next_reader_lets_the_search_follow(client):
    outcome = make_outcome(make_round(101), text="A quokka.")
    type(outcome).objects.update(text="A numbat.")
    assert hits(search(client, "numbat"), "outcome")
    assert editions.current().is_searched


def test_each_migrate_makes_the_triggers_again_that_are_missing():
    if connection.vendor == "sqlite":
        sql("DROP TRIGGER rounds_round_update_edition")
    else:
        sql("DROP TRIGGER edition ON rounds_round")
    round_ = make_round(101)
    triggers.make()
    another_transaction()
    before = number()
    triggers.make()
    assert number() == before
    Round.objects.filter(pk=round_.pk).update(venue="Quokka Hall")
    assert number() > before


def test_an_emptied_table_is_followed():
    make_full_round(101)
    another_transaction()
    before = number()
    if connection.vendor == "sqlite":
        sql("DELETE FROM rounds_outcome_sources")
        sql("DELETE FROM rounds_outcome")
    else:
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        sql("TRUNCATE rounds_outcome CASCADE")
    assert number() > before
    catch_up()
    assert not SearchEntry.objects.having([["happen"]]).exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite has REPLACE.")
def test_what_replace_puts_aside_is_found_no_longer():
    topic = filled(Topic, make_round(101))
    topic.save()
    fields = [field.column for field in Topic._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(fields)
    sql(
        f"INSERT OR REPLACE INTO {Topic._meta.db_table} (id, {columns}) "
        f"SELECT id + 1, {columns} FROM {Topic._meta.db_table} WHERE id = %s",
        topic.pk,
    )
    catch_up()
    followed = index()
    rebuild()
    assert followed == index()
    assert SearchEntry.objects.filter(title=str(topic)).count() == 1
