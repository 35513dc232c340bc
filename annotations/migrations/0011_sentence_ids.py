"""The id of a sentence says where it stands (services/search_index.py): rows are numbered anew, the FTS5 table loses
the column that said so before."""

from django.db import migrations

from annotations.text import tokens

CORPUS, DOCUMENT, REPEATED = 1 << 48, 1 << 25, 1 << 24
NUMBER = f"""
UPDATE annotations_sentence SET id = numbered.id FROM (
    SELECT id AS old, corpus_id * {CORPUS} + document_id * {DOCUMENT} + CASE WHEN duplicate THEN {REPEATED} ELSE 0 END
        + row_number() OVER (PARTITION BY document_id ORDER BY id) - 1 AS id
    FROM annotations_sentence
) AS numbered WHERE annotations_sentence.id = numbered.old
"""
TABLE = """
CREATE VIRTUAL TABLE annotations_sentence_fts USING fts5(
    words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0"
)
"""
ADD = "INSERT INTO annotations_sentence_fts (rowid, words) VALUES (%s, %s)"


def number(apps, editor):
    editor.execute(NUMBER)
    if editor.connection.vendor != "sqlite":
        return
    editor.execute("DROP TABLE annotations_sentence_fts")
    editor.execute(TABLE)
    with editor.connection.cursor() as reading, editor.connection.cursor() as writing:
        reading.execute("SELECT id, folded FROM annotations_sentence ORDER BY id")
        writing.executemany(ADD, ((pk, " ".join(tokens.index_tokens(folded))) for pk, folded in reading.fetchall()))


class Migration(migrations.Migration):
    dependencies = [("annotations", "0010_lean_indexes")]
    operations = [migrations.RunPython(number)]
