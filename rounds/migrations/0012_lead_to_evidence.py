from importlib import import_module

from django.db import migrations, models

search = import_module("rounds.migrations.0003_speed_up_the_search")


class Migration(migrations.Migration):

    dependencies = [
        ('rounds', '0011_say_what_a_statement_is'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, search.make_triggers),
        migrations.AlterField(
            model_name='searchentry',
            name='anchor',
            field=models.CharField(help_text='Its slug; of what stands on the page of a round, its place there; of what stands on another page, the slug of that, # and its place.', max_length=100, verbose_name='anchor'),
        ),
        migrations.RunPython(search.make_triggers, search.empty_the_index),
    ]
