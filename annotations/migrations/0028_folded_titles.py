"""The titles of documents are kept folded, too: a search by title is answered by the database."""

from django.db import migrations, models

from annotations.models.base import Folded

AT_ONCE = 1_000


def fold(apps, editor):
    document = apps.get_model("annotations", "Document")
    last = 0
    while rows := list(document.objects.filter(pk__gt=last).order_by("pk").only("title")[:AT_ONCE]):
        for row in rows:
            row.fold = Folded.of_text(row.title)
        document.objects.bulk_update(rows, ["fold"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("annotations", "0027_watches")]
    operations = [
        migrations.AddField("document", "fold", Folded("title", default="", editable=False)),
        migrations.RunPython(fold, migrations.RunPython.noop),
        migrations.AddIndex("document", models.Index(fields=["corpus", "fold"], name="document_titles")),
    ]
