"""Loading many documents at once gives what loading them one by one gives, column by column, and one event a batch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import connection, models

from annotations import sandbox
from annotations.models import (
    Anchor,
    Annotation,
    AnnotationTag,
    Batch,
    Document,
    Event,
    Sentence,
    StoredFile,
    Tag,
    Version,
    VersionText,
)
from annotations.rules.errors import Forbidden, Invalid
from annotations.services import annotations, bulk_load, documents, files, history, search
from annotations.services.annotations import Span
from annotations.services.bulk_load import Mark, Ready
from annotations.services.op import writing
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parents[2] / "fixtures" / "samples"
BODY = "人工智能治理需要国际合作,各方应当在平等的基础上商定规则,并公布测试的结果。" * 8
DAMAGED = "國務(wù)院發(fā)布了關(guān)于人工智能的意見(jiàn)。\n第二段說(shuō)明了標(biāo)準(zhǔn)。\n"
ENGLISH = "Safety first\n\nThe body proposes tests. Emoji 😀 and 𠮷 stand here. In 2024 we saw 233 incidents.\n"
TEXTS = {
    "damaged.txt": DAMAGED,
    "english.txt": ENGLISH,
    "repeated.txt": f"标题\n\n{BODY}\n{BODY[:150]}\n\n{BODY}\n{BODY[:150]}\n",
}
#: What differs between two rows of the same content: keys, and whatever names other rows.
KEYS = {"id", "uid", "corpus", "document", "version", "annotation", "current", "batch", "file", "created_by", "tag"}
TIMES = {"created_at", "updated_at"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def contents() -> dict[str, bytes]:
    found = {name: text.encode() for name, text in TEXTS.items()}
    for name in ("gb18030.txt", "article.md", "page-gb2312.html"):
        found[name] = (SAMPLES / name).read_bytes()
    return found


def prepared(name: str, data: bytes) -> documents.Prepared:
    source = sandbox.read_plain(data, name) if sandbox.is_plain(data, name) else sandbox.read_upload(data, name)
    return documents.prepare(source)


def ready(name: str, data: bytes, marks: tuple[Mark, ...] = ()) -> Ready:
    return bulk_load.ready(prepared(name, data), name, files.keep_bytes(data), len(data), marks)


def load_all(cast: Cast, items: list[Ready], **how: Any) -> bulk_load.Stored:
    with writing(by=cast["annotator"]) as op:
        return bulk_load.store(op, items, documents.new_batch(op, "many"), **how)


def load_one_by_one(cast: Cast, found: dict[str, bytes], marks: tuple[Mark, ...] = ()) -> None:
    for name, data in found.items():
        ready_text = prepared(name, data)
        with writing(by=cast["annotator"]) as op:
            file = files.record(op, files.keep_bytes(data), len(data))
            batch = Batch.objects.filter(corpus=op.corpus).first() or documents.new_batch(op, "many")
            document = documents.load(op, ready_text, file=file, file_name=name, batch=batch)
            for mark in marks:
                annotations.create(op, document, Span(mark.start, mark.end), tags=mark.tags, note=mark.note)


def columns(model: type[models.Model], cast: Cast, path: str = "corpus") -> list[dict[str, Any]]:
    """The rows of a corpus without keys and times, in the order they were made."""
    rows = model._default_manager.filter(**{path: cast.corpus}).order_by("pk")
    fields = [f for f in model._meta.concrete_fields if f.name not in KEYS | TIMES]
    return [{field.name: getattr(row, field.attname) for field in fields} for row in rows]


def test_both_ways_give_the_same_rows(cast: Cast) -> None:
    other = make_cast("Other")
    tags = [Tag.objects.filter(corpus=c.corpus).first() for c in (cast, other)]
    marks = [(Mark(0, 2, (tag.pk,), "a note"), Mark(1, 9), Mark(3, 30)) for tag in tags if tag]
    stored = load_all(cast, [ready(name, data, marks[0]) for name, data in contents().items()])
    load_one_by_one(other, contents(), marks[1])
    assert (stored.made, stored.present) == (6, [])
    for model, path in (
        (Document, "corpus"), (Version, "corpus"), (StoredFile, "corpus"), (Annotation, "corpus"), (Batch, "corpus"),
        (VersionText, "version__corpus"), (Sentence, "corpus"), (Anchor, "version__corpus"), (AnnotationTag, "corpus"),
    ):  # fmt: skip
        found = columns(model, cast, path)
        assert found, model
        assert found == columns(model, other, path), model


def test_rows_hang_together(cast: Cast) -> None:
    load_all(cast, [ready(name, data, (Mark(0, 2),)) for name, data in contents().items()])
    for document in Document.objects.all():
        version = document.current
        assert version is not None and version.document_id == document.pk
        assert version.file is not None and files.read(cast.corpus, version.file.sha256)
        assert version.text.raw and version.created_by == document.created_by == cast["annotator"]
        assert {s.version_id for s in Sentence.objects.filter(document=document)} == {version.pk}
        anchor = Anchor.objects.get(annotation__document=document)
        assert anchor.version_id == version.pk and anchor.exact == version.text.raw[:2]
    assert Document.objects.values("batch").distinct().count() == 1
    times = {document.created_at for document in Document.objects.all()}
    assert len(times) == 1 and next(iter(times)) == Annotation.objects.first().created_at


def test_what_is_loaded_is_found(cast: Cast) -> None:
    load_all(cast, [ready(name, data) for name, data in contents().items()])
    found = search.run(cast["viewer"], "国务院")
    assert (found.hits, found.documents) == (1, 1)
    repeated = search.run(cast["viewer"], "人工智能治理")
    assert repeated.repeated > 0


def test_one_event_names_all_documents_and_the_chain_proves(cast: Cast) -> None:
    before = Event.objects.count()
    load_all(cast, [ready(name, data, (Mark(0, 2),)) for name, data in contents().items()])
    event = Event.objects.latest("seq")
    assert (Event.objects.count() - before, event.kind, event.object_type) == (1, "bulk", "batch")
    payload = orjson.loads(event.payload)
    assert payload["count"] == 6
    assert [row["title"] for row in payload["documents"]] == [d.title for d in Document.objects.order_by("pk")]
    for document in Document.objects.all():
        assert event in history.of_object(cast.corpus, "document", document.pk)
        annotation = document.annotations.get()
        assert event in history.of_object(cast.corpus, "annotation", annotation.pk)
    assert history.verify(cast.corpus) is None


def test_what_is_here_already_is_left_out_and_named(cast: Cast) -> None:
    items = [ready(name, data) for name, data in contents().items()]
    load_all(cast, items[:2])
    stored = load_all(cast, items)
    assert (stored.made, [item.name for item, _ in stored.present]) == (4, [item.name for item in items[:2]])
    assert stored.present[0][1] == Document.objects.order_by("pk").first().title
    assert load_all(cast, items, again=True).made == 6
    assert StoredFile.objects.count() == 6


def test_twins_in_one_batch_come_in_once(cast: Cast) -> None:
    data = ENGLISH.encode()
    twins = [ready("one.txt", data), ready("two.txt", data), ready("crlf.txt", data.replace(b"\n", b"\r\n"))]
    stored = load_all(cast, twins)
    assert (stored.made, [item.name for item, _ in stored.present]) == (1, ["two.txt", "crlf.txt"])


def test_a_removed_document_may_come_again(cast: Cast) -> None:
    item = ready("english.txt", ENGLISH.encode())
    load_all(cast, [item])
    with writing(by=cast["editor"]) as op:
        documents.remove(op, Document.objects.get())
    assert load_all(cast, [item]).made == 1


def test_the_ways_mix(cast: Cast) -> None:
    """Ids taken by hand and ids given by the database never meet."""
    found = contents()
    for name, data in found.items():
        load_all(cast, [ready(name, data)])
        with writing(by=cast["annotator"]) as op:
            documents.load(op, prepared(name, data), file_name=name, again=True)
    assert Document.objects.count() == 2 * len(found)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM annotations_sentence_fts")
            assert cursor.fetchone()[0] == Sentence.objects.count()


def test_a_viewer_may_not(cast: Cast) -> None:
    item = ready("english.txt", ENGLISH.encode())
    with pytest.raises(Forbidden), writing(by=cast["annotator"]) as op:
        batch = documents.new_batch(op, "x")
        op.by = cast["viewer"]
        bulk_load.store(op, [item], batch)


@pytest.mark.parametrize("mark", [Mark(0, 0), Mark(5, 3), Mark(0, 10**6), Mark(-1, 4)])
def test_marks_outside_the_text_are_refused(mark: Mark) -> None:
    with pytest.raises(Invalid):
        bulk_load.ready(prepared("english.txt", ENGLISH.encode()), marks=[mark])


def test_tags_of_another_corpus_are_refused_and_nothing_is_stored(cast: Cast) -> None:
    tag = Tag.objects.filter(corpus=make_cast("Other").corpus).first()
    item = ready("english.txt", ENGLISH.encode(), (Mark(0, 2, (tag.pk,)),))
    with pytest.raises(Invalid):
        load_all(cast, [item])
    assert not Document.objects.exists()
