from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# A phrase is looked for in the words of each round that has them all; unpacking these first
# took longer than the looking.
POSTGRESQL = "ALTER TABLE rounds_searchentry ALTER COLUMN words SET STORAGE EXTERNAL"


def store_plain(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)


class Migration(migrations.Migration):
    dependencies = [("rounds", "0002_add_search_index")]

    operations = [
        migrations.RunPython(store_plain, migrations.RunPython.noop),
        migrations.RemoveField("searchword", "length"),
    ]
