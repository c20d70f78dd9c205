from importlib import import_module

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# A phrase is looked for in the words of each round that has them all; unpacking these first
# took longer than the looking.
POSTGRESQL = "ALTER TABLE rounds_searchentry ALTER COLUMN words SET STORAGE EXTERNAL"
KINDS = {
    1: "Rounds",
    2: "Topics",
    3: "Participants",
    4: "People",
    5: "Milestones",
    6: "Outcomes",
    7: "Agenda notes",
    8: "Documents",
    9: "Sources",
}


def empty_the_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Whoever migrates has it written anew at the end."""
    apps.get_model("rounds", "SearchEntry").objects.all().delete()


def empty_the_words(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Back from here they have a length again, which those that are there do not know."""
    apps.get_model("rounds", "SearchWord").objects.all().delete()


def make_triggers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make those that SQLite's table had before it was written anew."""
    if schema_editor.connection.vendor == "sqlite":
        _table, *triggers = import_module("rounds.migrations.0002_add_search_index").SQLITE
        for trigger in triggers:
            schema_editor.execute(trigger)


def tune(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Set what Django cannot."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    make_triggers(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("rounds", "0002_add_search_index")]

    operations = [
        migrations.RunPython(empty_the_index, make_triggers),
        migrations.RemoveConstraint("searchentry", "search_entry_once"),
        migrations.RemoveField("searchentry", "kind"),
        migrations.AddField(
            "searchentry",
            "kind",
            models.PositiveSmallIntegerField(
                choices=list(KINDS.items()), default=1, help_text="Of what.", verbose_name="kind"
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "searchentry",
            models.UniqueConstraint(fields=("kind", "object_id"), name="search_entry_once"),
        ),
        migrations.RunPython(tune, empty_the_index),
        migrations.RemoveField("searchword", "length"),
        migrations.RunPython(migrations.RunPython.noop, empty_the_words),
    ]
