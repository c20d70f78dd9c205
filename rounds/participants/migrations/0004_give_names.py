from typing import Any

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


LISTS = [("Participant", "other_names"), ("Person", "other_spellings")]


def keep_names(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each line of the lists of names becomes a name of its own."""
    for model, field in LISTS:
        things: Any = apps.get_model("participants", model)
        names: Any = apps.get_model("participants", f"{model}Name")
        for one in things.objects.exclude(**{field: ""}):
            lines = dict.fromkeys(filter(None, map(str.strip, getattr(one, field).splitlines())))
            names.objects.bulk_create(names(named=one, text=line) for line in lines)


def list_names(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What is no label goes back into the lists."""
    for model, field in LISTS:
        things: Any = apps.get_model("participants", model)
        names: Any = apps.get_model("participants", f"{model}Name")
        for one in things.objects.all():
            others = names.objects.filter(named=one, is_label=False)
            setattr(one, field, "\n".join(others.values_list("text", flat=True)))
            one.save()


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0003_participant_until_round'),
    ]

    operations = [
        migrations.CreateModel(
            name='ParticipantName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(blank=True, help_text='Language of the name, two-letter ISO 639-1 code; empty for a word that is looked for whatever its language.', max_length=3, verbose_name='language')),
                ('text', models.CharField(help_text='The name, or a word that readers use for it; of a word that is inflected, the beginning that its forms have in common.', max_length=200, verbose_name='name')),
                ('is_label', models.BooleanField(default=False, help_text='Whether pages in that language call it so; one for each language.', verbose_name='usual name')),
                ('is_seen', models.BooleanField(default=False, help_text='Whether it was seen in a page of that language; if not, it follows that language’s usual practice.', verbose_name='seen')),
                ('named', models.ForeignKey(help_text='Who is so called.', on_delete=django.db.models.deletion.CASCADE, related_name='names', to='participants.participant', verbose_name='participant')),
            ],
            options={
                'verbose_name': 'name',
                'verbose_name_plural': 'names',
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_label', True)), fields=('named', 'language'), name='participantname_one_label', violation_error_message='It has one usual name in each language.'), models.UniqueConstraint(fields=('named', 'language', 'text'), name='participantname_once', violation_error_message='It has this name already.'), models.CheckConstraint(condition=models.Q(('is_label', False), models.Q(('language', ''), _negated=True), _connector='OR'), name='participantname_label_of_language', violation_error_message='A usual name needs its language.')],
            },
        ),
        migrations.CreateModel(
            name='PersonName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(blank=True, help_text='Language of the name, two-letter ISO 639-1 code; empty for a word that is looked for whatever its language.', max_length=3, verbose_name='language')),
                ('text', models.CharField(help_text='The name, or a word that readers use for it; of a word that is inflected, the beginning that its forms have in common.', max_length=200, verbose_name='name')),
                ('is_label', models.BooleanField(default=False, help_text='Whether pages in that language call it so; one for each language.', verbose_name='usual name')),
                ('is_seen', models.BooleanField(default=False, help_text='Whether it was seen in a page of that language; if not, it follows that language’s usual practice.', verbose_name='seen')),
                ('named', models.ForeignKey(help_text='Who is so called.', on_delete=django.db.models.deletion.CASCADE, related_name='names', to='participants.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'name',
                'verbose_name_plural': 'names',
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_label', True)), fields=('named', 'language'), name='personname_one_label', violation_error_message='It has one usual name in each language.'), models.UniqueConstraint(fields=('named', 'language', 'text'), name='personname_once', violation_error_message='It has this name already.'), models.CheckConstraint(condition=models.Q(('is_label', False), models.Q(('language', ''), _negated=True), _connector='OR'), name='personname_label_of_language', violation_error_message='A usual name needs its language.')],
            },
        ),
        migrations.RunPython(keep_names, list_names),
    ]
