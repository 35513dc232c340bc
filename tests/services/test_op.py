"""The one write path: gapless chained events, idempotency, nothing half-stored."""

import threading

import pytest
from django.db import connection

from annotations.models import Annotation, Corpus, CorpusHead, Event
from annotations.rules.errors import Invalid, Unprocessable
from annotations.services import annotations, history
from annotations.services.annotations import Span
from annotations.services.op import Replayed, writing
from tests.factories import make_cast, make_document, mark

pytestmark = pytest.mark.django_db


def test_every_change_has_an_event_and_the_chain_proves() -> None:
    cast = make_cast()
    document = make_document(cast["annotator"])
    mark(cast["annotator"], document, "standards body", "proposal")
    events = list(Event.objects.filter(corpus=cast.corpus).order_by("seq"))
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert {"document.loaded", "annotation.created", "statement.created", "occurrence.created"} <= {
        e.kind for e in events
    }
    assert history.verify(cast.corpus) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [("payload", '{"x":1}'), ("kind", "other"), ("hash", "0" * 64), ("at", "2020"), ("actor_id", None)],
)
def test_tampering_is_found_and_the_line_named(column: str, value: str | None) -> None:
    cast = make_cast()
    mark(cast["annotator"], make_document(cast["annotator"]), "standards body")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE annotations_event SET {column} = %s WHERE seq = 4", [value])
    broken = history.verify(Corpus.objects.get())
    assert broken is not None
    assert broken.seq == 4


def test_a_missing_line_is_found_also_at_the_end() -> None:
    cast = make_cast()
    head = CorpusHead.objects.get(corpus=cast.corpus)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM annotations_event WHERE seq = %s", [head.seq])
    broken = history.verify(cast.corpus)
    assert broken is not None
    assert broken.seq == head.seq


def test_events_cannot_be_changed_or_deleted_through_the_models() -> None:
    with pytest.raises(TypeError):
        Event.objects.all().delete()
    with pytest.raises(TypeError):
        Event.objects.update(kind="x")


def test_the_same_key_does_nothing_twice() -> None:
    cast = make_cast()
    document = make_document(cast["annotator"])
    with writing(by=cast["annotator"], key="k1", request="a") as op:
        annotations.create(op, document, Span(0, 3))
    with pytest.raises(Replayed) as caught, writing(by=cast["annotator"], key="k1", request="a") as op:
        annotations.create(op, document, Span(0, 3))
    assert caught.value.events[0].kind == "annotation.created"
    assert Annotation.objects.count() == 1
    with pytest.raises(Unprocessable), writing(by=cast["annotator"], key="k1", request="b"):
        pass


def test_a_key_belongs_to_one_person() -> None:
    cast = make_cast()
    document = make_document(cast["annotator"])
    for role in ("annotator", "checker"):
        with writing(by=cast[role], key="same") as op:
            annotations.create(op, document, Span(0, 3))
    assert Annotation.objects.count() == 2


def test_an_error_leaves_nothing_behind() -> None:
    cast = make_cast()
    document = make_document(cast["annotator"])
    seq = CorpusHead.objects.get(corpus=cast.corpus).seq
    with pytest.raises(Invalid), writing(by=cast["annotator"]) as op:
        annotations.create(op, document, Span(0, 3))
        annotations.create(op, document, Span(5, 10**6))
    assert not Annotation.objects.exists()
    assert CorpusHead.objects.get(corpus=cast.corpus).seq == seq
    document.refresh_from_db()
    assert document.annotation_count == 0


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_no_gap() -> None:
    cast = make_cast()
    document = make_document(cast["annotator"])
    errors: list[Exception] = []

    def work(role: str) -> None:
        try:
            for _ in range(10):
                with writing(by=cast[role]) as op:
                    annotations.create(op, document, Span(0, 3))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[role]) for role in ("annotator", "checker", "reviewer", "editor")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Annotation.objects.count() == 40
    assert history.verify(cast.corpus) is None
    document.refresh_from_db()
    assert document.annotation_count == 40
