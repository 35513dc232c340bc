"""Search finds numbers by their value and words by a part of them: the terms of sentences with numbers are written anew,
and every word is noted once."""

from django.db import migrations, models

from annotations.text import numbers, tokens

AT_ONCE = 2_000  # sentences
SOME = "SELECT id, folded FROM annotations_sentence WHERE id > %s ORDER BY id LIMIT %s"
SQLITE = "INSERT OR REPLACE INTO annotations_sentence_fts (rowid, words) VALUES (%s, %s)"
POSTGRESQL = "UPDATE annotations_sentence SET tokens = %s::tsvector WHERE id = %s"
NOTE = "INSERT INTO annotations_word (text) VALUES (%s)"


def index(apps, editor):
    """In portions: neither the texts nor their terms are in memory together; only the words are."""
    words: set[str] = set()
    last = 0
    with editor.connection.cursor() as cursor:
        while True:
            cursor.execute(SOME, [last, AT_ONCE])
            rows = cursor.fetchall()
            if not rows:
                break
            last = rows[-1][0]
            found = [(pk, tokens.index_tokens(folded)) for pk, folded in rows if numbers.find(folded)]
            if editor.connection.vendor == "postgresql":
                cursor.executemany(POSTGRESQL, [(tokens.tsvector_literal(terms), pk) for pk, terms in found])
            else:
                cursor.executemany(SQLITE, [(pk, " ".join(terms)) for pk, terms in found])
            new = set().union(*(tokens.words_of(folded) for _, folded in rows)) - words
            cursor.executemany(NOTE, [(word,) for word in sorted(new)])
            words |= new


class Migration(migrations.Migration):
    dependencies = [("annotations", "0012_suggestions")]
    operations = [
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
            ],
            options={"indexes": [models.Index(fields=["text"], name="word_text")]},
        ),
        migrations.RunPython(index),
    ]
