from typing import Any

from django.db import migrations, models
from django.utils import timezone


def begin(apps: Any, schema_editor: Any) -> None:
    editions = apps.get_model("rounds", "Edition")._default_manager
    editions.using(schema_editor.connection.alias).update(begun_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('rounds', '0024_say_what_belongs_in_fields'),
    ]

    # May be empty, or SQLite would write the table anew, which all triggers write to.
    operations = [
        migrations.AddField(
            model_name='edition',
            name='begun_at',
            field=models.DateTimeField(help_text='Since when this database has the record; what it began with has no history.', null=True, verbose_name='begun at'),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
