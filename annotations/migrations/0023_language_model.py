"""The language model that a corpus agreed to, and how far it was asked about each document."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0022_list_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="corpus",
            name="sends_to",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.CreateModel(
            name="Asked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("upto", models.PositiveIntegerField(default=0)),
                ("done", models.BooleanField(default=False)),
                ("missing", models.PositiveIntegerField(default=0)),
                ("unusable", models.PositiveIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.JSONField(default=dict)),
                ("lease_until", models.DateTimeField(null=True)),
                ("updated_at", models.DateTimeField()),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="annotations.document"
                    ),
                ),
                (
                    "text_version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.version",
                    ),
                ),
            ],
        ),
    ]
