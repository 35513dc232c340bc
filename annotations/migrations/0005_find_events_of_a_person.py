"""Events of a person and of a document are found in their order: filters and pages of the activity, unread counts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0004_tag_names_once_in_a_set")]

    operations = [
        migrations.RemoveIndex("event", "event_of_document"),
        migrations.AddIndex("event", models.Index(fields=["corpus", "actor", "seq"], name="event_of_person")),
        migrations.AddIndex(
            "event",
            models.Index(
                fields=["corpus", "document_id", "seq"],
                name="event_in_document",
                condition=models.Q(("document_id", None), _negated=True),
            ),
        ),
    ]
