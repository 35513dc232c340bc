"""Snapshots keep how and whence they came, captures what became of each wish to fetch an address, evidence whether its
quote stands in them."""

import uuid

from django.db import migrations, models
from django.db.models.deletion import CASCADE, PROTECT

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def hash_texts(apps, editor):
    """Until now every snapshot was a pasted text under its own hash, and no quote was taken that did not stand in it."""
    apps.get_model("annotations", "Snapshot").objects.update(text_sha256=models.F("sha256"))
    quoted = apps.get_model("annotations", "Evidence").objects.exclude(quote="").exclude(snapshot=None)
    quoted.update(quote_found=True)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0007_notices")]

    operations = [
        migrations.AddField("evidence", "quote_found", models.BooleanField(null=True)),
        migrations.AddField("evidence", "quote_stands", models.BooleanField(null=True)),
        migrations.AddField("snapshot", "way", models.CharField(default="pasted", max_length=10)),
        migrations.AddField("snapshot", "text_sha256", models.CharField(blank=True, default="", max_length=64), False),
        migrations.AddField("snapshot", "block_rows", models.JSONField(default=list)),
        migrations.AddField("snapshot", "proposed", models.JSONField(default=dict)),
        migrations.AddField("snapshot", "final_url", models.CharField(blank=True, default="", max_length=2000), False),
        migrations.AddField("snapshot", "redirects", models.JSONField(default=list)),
        migrations.AddField("snapshot", "file_name", models.CharField(blank=True, default="", max_length=300), False),
        migrations.AddField(
            "snapshot", "file", models.ForeignKey("annotations.storedfile", PROTECT, null=True, related_name="+")
        ),
        migrations.AddField(
            "snapshot", "created_by", models.ForeignKey("annotations.member", PROTECT, null=True, related_name="+")
        ),
        migrations.AddIndex("snapshot", models.Index(fields=["corpus", "text_sha256"], name="snapshot_by_text")),
        migrations.CreateModel(
            name="Capture",
            fields=[
                ("id", ID),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("url", models.CharField(max_length=2000)),
                ("state", models.CharField(default="queued", max_length=10)),
                ("reason", models.JSONField(default=dict)),
                ("http_status", models.PositiveSmallIntegerField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("unchanged", models.BooleanField(default=False)),
                ("asked_by", models.ForeignKey("annotations.member", PROTECT, related_name="+")),
                ("corpus", models.ForeignKey("annotations.corpus", CASCADE, related_name="+")),
                ("snapshot", models.ForeignKey("annotations.snapshot", CASCADE, null=True, related_name="+")),
                ("source", models.ForeignKey("annotations.source", CASCADE, related_name="captures")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("corpus", "uid"), name="capture_uid_in_corpus"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("queued", "fetching"))), fields=("source",),
                        name="capture_one_at_a_time",
                    ),
                ]
            },
        ),
        migrations.RunPython(hash_texts, migrations.RunPython.noop, elidable=True),
    ]
