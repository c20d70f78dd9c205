"""What belongs to the record, and all of it as text."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.transaction import atomic

from rounds.desk.fixtures.objects import Shelf, list_fields
from rounds.models import (
    BOOKS,
    Change,
    LoadedObject,
    PendingChange,
    Revision,
    SearchEntry,
    SearchWord,
)
from rounds.triggers import record_models

APPS = ("sources", "topics", "participants", "rounds")
MODELS = [
    model for app in APPS for model in apps.get_app_config(app).get_models() if model not in BOOKS
]


def empty() -> None:
    """Leave nothing of the record, past the signals, which would take long."""
    with atomic():  # what refers to others may go after them
        books = (SearchEntry, SearchWord, PendingChange, LoadedObject, Change, Revision)
        for model in (*record_models(), *books):
            model._base_manager.all()._raw_delete(DEFAULT_DB_ALIAS)


def dump_data(path: Path) -> None:
    """Write the record to a file that ``loaddata`` reads."""
    call_command(
        "dumpdata",
        *APPS,
        exclude=[model._meta.label for model in BOOKS],
        natural_primary=True,
        natural_foreign=True,
        output=str(path),
        verbosity=0,
    )


def state() -> dict[str, Counter[tuple[Any, ...]]]:
    """All rows of the record; those of tables between two without their own keys."""
    found = {}
    for model in record_models():
        names = [one.attname for one in model._meta.concrete_fields]
        if model._meta.auto_created:
            names.remove("id")
        found[model._meta.label] = Counter(model._base_manager.order_by().values_list(*names))
    return {label: rows for label, rows in found.items() if rows}


def told() -> dict[str, dict[str, Any]]:
    """What the record says of each object, whatever keys and order they have in the database."""
    shelf = Shelf()
    found = {}
    for model in MODELS:
        lists = {field.name for field in list_fields(model)}
        for thing in shelf.things(model):
            fields = {
                name: sorted(value) if name in lists else value
                for name, value in thing.fields.items()
            }
            found[f"{model._meta.label} {thing.key}"] = fields
    return found


FIXTURES = settings.BASE_DIR / "fixtures"
MANIFEST = json.loads((FIXTURES / "manifest.json").read_text())


def fixture_objects() -> list[dict[str, Any]]:
    """The objects of all fixtures."""
    return [one for name in MANIFEST["files"] for one in json.loads((FIXTURES / name).read_text())]


def fixture_counts() -> dict[type[Model], int]:
    """How many objects of each model the fixtures have, as their manifest says."""
    return {apps.get_model(label): count for label, count in MANIFEST["counts"].items()}


# What is known of these rounds stays so, whatever further ones there are.
KNOWN = range(1, 23)
ROUND_NUMBERS = sorted(
    one["fields"]["number"]
    for one in fixture_objects()
    if one["model"] == "rounds.round" and one["fields"]["publication"] == "published"
)
