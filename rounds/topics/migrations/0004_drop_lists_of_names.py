from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('topics', '0003_give_topics_names'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='topic',
            name='other_names',
        ),
    ]
