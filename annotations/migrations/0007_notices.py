"""Whom an event concerns, and whether somebody wants the daily mail."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0006_comments"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="digests",
            field=models.BooleanField(default=True),
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.BigIntegerField()),
                ("reason", models.CharField(max_length=12)),
                ("read_at", models.DateTimeField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
                (
                    "corpus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="annotations.corpus"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="annotations.member"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("read_at", None)), fields=["member", "-seq"], name="notice_unread")
                ],
                "constraints": [models.UniqueConstraint(fields=("member", "seq"), name="notice_once")],
            },
        ),
    ]
