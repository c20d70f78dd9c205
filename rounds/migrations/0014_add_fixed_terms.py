import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rounds', '0013_remember_what_was_loaded'),
        ('sources', '0003_source_published_precision'),
    ]

    operations = [
        migrations.CreateModel(
            name='FixedTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='Permanent identifier, also in links.', max_length=80, unique=True, verbose_name='slug')),
                ('term', models.CharField(help_text='The expression in English.', max_length=200, unique=True, verbose_name='term')),
                ('note', models.TextField(blank=True, help_text='What to know about its wordings: short or inflected forms, a missing one.', verbose_name='note')),
                ('sources', models.ManyToManyField(help_text='The publications that state this. At least one.', to='sources.source', verbose_name='sources')),
            ],
            options={
                'verbose_name': 'fixed term',
                'verbose_name_plural': 'fixed terms',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FixedTermName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(blank=True, help_text='Language of the name, two-letter ISO 639-1 code; empty for a word that is looked for whatever its language.', max_length=3, verbose_name='language')),
                ('text', models.CharField(help_text='The name, or a word that readers use for it; of a word that is inflected, the beginning that its forms have in common.', max_length=200, verbose_name='name')),
                ('is_label', models.BooleanField(default=False, help_text='Whether pages in that language call it so; one for each language.', verbose_name='usual name')),
                ('is_seen', models.BooleanField(default=False, help_text='Whether it was seen in a page of that language; if not, it follows that language’s usual practice.', verbose_name='seen')),
                ('named', models.ForeignKey(help_text='What is so called.', on_delete=django.db.models.deletion.CASCADE, related_name='names', to='rounds.fixedterm', verbose_name='fixed term')),
            ],
            options={
                'verbose_name': 'name',
                'verbose_name_plural': 'names',
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_label', True)), fields=('named', 'language'), name='fixedtermname_one_label', violation_error_message='It has one usual name in each language.'), models.UniqueConstraint(fields=('named', 'language', 'text'), name='fixedtermname_once', violation_error_message='It has this name already.'), models.CheckConstraint(condition=models.Q(('is_label', False), models.Q(('language', ''), _negated=True), _connector='OR'), name='fixedtermname_label_of_language', violation_error_message='A usual name needs its language.')],
            },
        ),
    ]
