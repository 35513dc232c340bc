"""What the Tracker counts and orders by stands in two indexes: neither statements nor occurrences are read for it."""

import django.db.models.deletion
from django.db import migrations, models

STATEMENT = ["corpus", "removed_at", "redirect_to", "kind", "number", "work", "public"]


class Migration(migrations.Migration):
    dependencies = [("annotations", "0021_coverage")]
    operations = [
        migrations.RemoveIndex(model_name="statement", name="statement_list"),
        migrations.AlterField(
            model_name="occurrence",
            name="annotation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="occurrences",
                to="annotations.annotation",
            ),
        ),
        migrations.AddIndex(
            model_name="occurrence",
            index=models.Index(fields=["annotation", "removed_at", "statement"], name="statements_of_passage"),
        ),
        migrations.AddIndex(model_name="statement", index=models.Index(fields=STATEMENT, name="statement_list")),
    ]
