"""Annotations, statements, sources and comments can be searched: a table of entries, their terms beside it as those of
sentences (an FTS5 table and its trigger on SQLite, a tsvector on PostgreSQL), filled in portions."""

from django.db import migrations, models

from annotations.text import folding, tokens

OBJECT, CORPUS, BETWEEN, AT_ONCE = 1 << 45, 1 << 48, "\ue003", 1_000
SQLITE = [
    """CREATE VIRTUAL TABLE annotations_entry_fts USING fts5(
    words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0"
)""",
    """CREATE TRIGGER annotations_entry_gone AFTER DELETE ON annotations_entry
BEGIN DELETE FROM annotations_entry_fts WHERE rowid = old.id; END""",
]
POSTGRESQL = [
    "ALTER TABLE annotations_entry ADD COLUMN tokens tsvector",
    "CREATE INDEX entry_tokens ON annotations_entry USING gin (tokens)",
]
ANNOTATIONS = """SELECT a.corpus_id, a.id, p.quote, a.note FROM annotations_annotation a
JOIN annotations_document d ON d.id = a.document_id
LEFT JOIN annotations_anchor p ON p.annotation_id = a.id AND p.version_id = d.current_id
WHERE a.removed_at IS NULL AND d.removed_at IS NULL AND a.id > %s ORDER BY a.id LIMIT %s"""
STATEMENTS = """SELECT corpus_id, id, CASE kind WHEN 'claim' THEN 'C-' ELSE 'P-' END || number, text, gloss_en, note
FROM annotations_statement WHERE removed_at IS NULL AND redirect_to_id IS NULL AND id > %s ORDER BY id LIMIT %s"""
COMMENTS = """SELECT corpus_id, id, body FROM annotations_comment WHERE removed_at IS NULL AND id > %s
ORDER BY id LIMIT %s"""


def create(apps, editor):
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def drop(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE annotations_entry_fts")


def fill(apps, editor):
    for kind, statement in ((1, ANNOTATIONS), (2, STATEMENTS), (4, COMMENTS)):
        last = 0
        while rows := fetch(editor, statement, [last, AT_ONCE]):
            last = rows[-1][1]
            write(editor, kind, rows)
    source, evidence = apps.get_model("annotations", "Source"), apps.get_model("annotations", "Evidence")
    for row in source.objects.filter(removed_at=None).order_by("pk").iterator(AT_ONCE):
        quotes = evidence.objects.filter(source_id=row.pk, removed_at=None).order_by("pk").values_list("quote", flat=True)
        fields = (row.title, *map(str, row.authors), row.publisher, row.identifier, row.url, *dict.fromkeys(quotes))
        write(editor, 3, [(row.corpus_id, row.pk, *fields)])


def fetch(editor, statement, values):
    with editor.connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def write(editor, kind, rows):
    found = [
        (corpus * CORPUS + kind * OBJECT + pk, corpus, folding.fold_text(BETWEEN.join(field for field in fields if field)))
        for corpus, pk, *fields in rows
    ]
    with editor.connection.cursor() as cursor:
        if editor.connection.vendor == "postgresql":
            cursor.executemany(
                "INSERT INTO annotations_entry (id, corpus_id, tokens) VALUES (%s, %s, %s::tsvector)",
                [(pk, corpus, tokens.tsvector_literal(tokens.index_tokens(words))) for pk, corpus, words in found],
            )
        else:
            cursor.executemany(
                "INSERT INTO annotations_entry (id, corpus_id) VALUES (%s, %s)",
                [(pk, corpus) for pk, corpus, _ in found],
            )
            cursor.executemany(
                "INSERT INTO annotations_entry_fts (rowid, words) VALUES (%s, %s)",
                [(pk, " ".join(tokens.index_tokens(words))) for pk, _, words in found],
            )
        words = sorted(set().union(*(tokens.words_of(words) for _, _, words in found)))
        known = set()
        if words:
            marks = ", ".join(["%s"] * len(words))
            cursor.execute(f"SELECT text FROM annotations_word WHERE text IN ({marks})", words)
            known = {word for (word,) in cursor.fetchall()}
        cursor.executemany("INSERT INTO annotations_word (text) VALUES (%s)", [(w,) for w in words if w not in known])


class Migration(migrations.Migration):
    dependencies = [("annotations", "0018_translations")]
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "corpus",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="annotations.corpus"),
                ),
            ],
        ),
        migrations.RunPython(create, drop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
