from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0004_give_names'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='participant',
            name='other_names',
        ),
        migrations.RemoveField(
            model_name='person',
            name='other_spellings',
        ),
    ]
