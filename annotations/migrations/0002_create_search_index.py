"""The token index of sentences: an FTS5 table on SQLite, a stored tsvector column on PostgreSQL."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE annotations_sentence_fts USING fts5(
    words, scope, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0"
)
"""
POSTGRESQL = [
    "ALTER TABLE annotations_sentence ADD COLUMN tokens tsvector",
    "CREATE INDEX sentence_tokens ON annotations_sentence USING gin (tokens)",
]


def create(apps, editor):
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else [SQLITE]:
        editor.execute(statement)


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE annotations_sentence DROP COLUMN tokens")
    else:
        editor.execute("DROP TABLE annotations_sentence_fts")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_create_tables")]
    operations = [migrations.RunPython(create, drop)]
