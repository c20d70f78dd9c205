import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rounds', '0009_add_paragraphs_and_commitments'),
    ]

    operations = [
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('city', 'City'), ('venue', 'Venue'), ('role', 'Role'), ('stage', 'Stage'), ('outcome', 'Kind of outcome'), ('session', 'Kind of session'), ('attendance', 'Attendance'), ('milestone', 'Kind of milestone'), ('verdict', 'Verdict'), ('theme', 'Theme')], help_text='What it is a word for.', max_length=20, verbose_name='kind')),
                ('term', models.CharField(help_text='The word as the record has it: the name of the place, or the choice.', max_length=200, verbose_name='term')),
            ],
            options={
                'verbose_name': 'term',
                'verbose_name_plural': 'terms',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'term'), name='term_once', violation_error_message='This term is there already.')],
            },
        ),
        migrations.CreateModel(
            name='TermName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(blank=True, help_text='Language of the name, two-letter ISO 639-1 code; empty for a word that is looked for whatever its language.', max_length=3, verbose_name='language')),
                ('text', models.CharField(help_text='The name, or a word that readers use for it; of a word that is inflected, the beginning that its forms have in common.', max_length=200, verbose_name='name')),
                ('is_label', models.BooleanField(default=False, help_text='Whether pages in that language call it so; one for each language.', verbose_name='usual name')),
                ('is_seen', models.BooleanField(default=False, help_text='Whether it was seen in a page of that language; if not, it follows that language’s usual practice.', verbose_name='seen')),
                ('named', models.ForeignKey(help_text='What is so called.', on_delete=django.db.models.deletion.CASCADE, related_name='names', to='rounds.term', verbose_name='term')),
            ],
            options={
                'verbose_name': 'name',
                'verbose_name_plural': 'names',
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_label', True)), fields=('named', 'language'), name='termname_one_label', violation_error_message='It has one usual name in each language.'), models.UniqueConstraint(fields=('named', 'language', 'text'), name='termname_once', violation_error_message='It has this name already.'), models.CheckConstraint(condition=models.Q(('is_label', False), models.Q(('language', ''), _negated=True), _connector='OR'), name='termname_label_of_language', violation_error_message='A usual name needs its language.')],
            },
        ),
    ]
