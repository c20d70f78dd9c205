from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rounds', '0010_name_terms'),
    ]

    operations = [
        migrations.AlterField(
            model_name='agendaitem',
            name='stage',
            field=models.CharField(choices=[('agenda', 'Announced'), ('discussed', 'Discussed'), ('statement', 'Statement')], help_text='Announced on the agenda, reported as discussed, or in the statement: the text that the guarantors adopted, a concept paper at round 2 and a memorandum at round 4.', max_length=10, verbose_name='stage'),
        ),
    ]
