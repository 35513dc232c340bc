"""SQLite: whatever removes a sentence removes its tokens, also a cascade or an emptied table."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER annotations_sentence_gone AFTER DELETE ON annotations_sentence
BEGIN DELETE FROM annotations_sentence_fts WHERE rowid = old.id; END
"""
LEFT_OVER = "DELETE FROM annotations_sentence_fts WHERE rowid NOT IN (SELECT id FROM annotations_sentence)"


def create(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute(LEFT_OVER)
        editor.execute(TRIGGER)


def drop(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER annotations_sentence_gone")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0002_create_search_index")]
    operations = [migrations.RunPython(create, drop)]
