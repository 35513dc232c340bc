"""Which paragraphs each member has read: ranges for each version."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0020_sketches")]
    operations = [
        migrations.CreateModel(
            name="Coverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ranges", models.JSONField(default=list)),
                ("seen", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("next", models.PositiveIntegerField(null=True)),
                ("updated_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.document",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="annotations.member"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coverage",
                        to="annotations.version",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["document", "member"], name="coverage_of_document")],
                "constraints": [models.UniqueConstraint(fields=("version", "member"), name="coverage_once")],
            },
        ),
    ]
