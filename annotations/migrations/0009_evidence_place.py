"""Evidence that was selected in a snapshot keeps where; what was typed before has no place of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0008_capture_sources")]

    operations = [
        migrations.AddField("evidence", "start", models.PositiveIntegerField(null=True)),
        migrations.AddField("evidence", "end", models.PositiveIntegerField(null=True)),
        migrations.AddConstraint(
            "evidence",
            models.CheckConstraint(
                condition=models.Q(start=None, end=None)
                | models.Q(start__isnull=False, end__isnull=False, start__lt=models.F("end")),
                name="evidence_place",
            ),
        ),
    ]
