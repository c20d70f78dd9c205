import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rounds", "0004_limit_numbers")]

    operations = [
        migrations.RenameField("searchentry", "place", "weight"),
        migrations.AlterField(
            "searchentry",
            "weight",
            models.IntegerField(
                help_text="Lower comes first among equal hits.", verbose_name="weight"
            ),
        ),
        migrations.AlterModelOptions(
            "searchentry",
            options={
                "ordering": ["kind", "weight", "object_id"],
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
            },
        ),
        migrations.AlterField(
            "agendaitem",
            "round",
            models.ForeignKey(
                help_text="The round it belongs to.",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="agenda_items",
                to="rounds.round",
                verbose_name="round",
            ),
        ),
    ]
