"""Search knows more numbers: 兆, tn, 百分之百. The terms of what holds one of them are written anew."""

import re
from importlib import import_module

from django.db import migrations

from annotations.text import folding, tokens

AT_ONCE = 2_000
CHANGED = re.compile(r"兆|[0-9]\s?tn|之百")
SENTENCES = "SELECT id, folded FROM annotations_sentence WHERE id > %s ORDER BY id LIMIT %s"
WRITE = {
    "sqlite": "INSERT OR REPLACE INTO annotations_{}_fts (words, rowid) VALUES (%s, %s)",
    "postgresql": "UPDATE annotations_{} SET tokens = %s::tsvector WHERE id = %s",
}
entries = import_module("annotations.migrations.0019_search_entries")


def index(apps, editor, changed=CHANGED):
    last = 0
    while rows := entries.fetch(editor, SENTENCES, [last, AT_ONCE]):
        last = rows[-1][0]
        write(editor, "sentence", rows, changed)
    for kind, statement in ((1, entries.ANNOTATIONS), (2, entries.STATEMENTS), (4, entries.COMMENTS)):
        last = 0
        while rows := entries.fetch(editor, statement, [last, AT_ONCE]):
            last = rows[-1][1]
            write(editor, "entry", [entry(kind, *row) for row in rows], changed)
    source, evidence = apps.get_model("annotations", "Source"), apps.get_model("annotations", "Evidence")
    for row in source.objects.filter(removed_at=None).order_by("pk").iterator(AT_ONCE):
        quotes = evidence.objects.filter(source_id=row.pk, removed_at=None).order_by("pk").values_list("quote", flat=True)
        fields = (row.title, *map(str, row.authors), row.publisher, row.identifier, row.url, *dict.fromkeys(quotes))
        write(editor, "entry", [entry(3, row.corpus_id, row.pk, *fields)], changed)


def entry(kind, corpus, pk, *fields):
    folded = folding.fold_text(entries.BETWEEN.join(field for field in fields if field))
    return corpus * entries.CORPUS + kind * entries.OBJECT + pk, folded


def write(editor, table, rows, changed):
    found = [(tokens.index_tokens(folded), pk) for pk, folded in rows if changed.search(folded)]
    vendor = editor.connection.vendor
    shape = tokens.tsvector_literal if vendor == "postgresql" else " ".join
    with editor.connection.cursor() as cursor:
        cursor.executemany(WRITE[vendor].format(table), [(shape(terms), pk) for terms, pk in found])


class Migration(migrations.Migration):
    dependencies = [("annotations", "0025_lookalikes")]
    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
