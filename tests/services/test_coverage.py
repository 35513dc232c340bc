"""What was read: noted, joined, shared out, carried to a new version; on the pages, in the API, in exports."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.db.models import Q

from annotations.models import Coverage, Document, Event
from annotations.records import SourceText
from annotations.rules.errors import Invalid
from annotations.services import coverage, documents, versions
from annotations.services.documents import prepare
from annotations.services.op import writing
from annotations.text.blocks import from_plain
from tests.factories import Cast, make_cast, make_document, mark
from tests.views.people import People, words

pytestmark = pytest.mark.django_db
TEXT = "A title\n\nThe first paragraph says something.\n\nThe second one says more.\n\nThe third one ends it.\n"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def people(cast: Cast) -> People:
    return People(cast)


@pytest.fixture
def document(cast: Cast) -> Document:
    return make_document(cast["annotator"], TEXT)


def note(cast: Cast, role: str, document: Document, *ranges: tuple[int, int]) -> Coverage:
    assert document.current_id is not None
    return coverage.note(cast[role], document, document.current_id, ranges)


def finish(cast: Cast, role: str, document: Document, state: str = "nothing") -> None:
    with writing(by=cast[role]) as op:
        documents.set_reading(op, document, state)


def share(cast: Cast, role: str, document: Document) -> tuple[int, int | None, int]:
    found = coverage.shares([document], cast[role])[document.pk]
    return found.mine.percent, found.mine.next, found.anybody


def test_batches_are_joined_and_nothing_is_logged(cast: Cast, document: Document) -> None:
    before = Event.objects.count()
    note(cast, "annotator", document, (0, 1))
    row = note(cast, "annotator", document, (2, 3), (0, 2), (3, 99))
    assert (row.ranges, row.seen, row.total, row.next) == ([(0, 4)], 4, 4, None)
    assert Coverage.objects.count() == 1 and Event.objects.count() == before


def test_shares_of_one_and_of_anybody(cast: Cast, document: Document) -> None:
    assert share(cast, "annotator", document) == (0, None, 0)
    note(cast, "annotator", document, (0, 2))
    note(cast, "checker", document, (1, 3))
    assert share(cast, "annotator", document) == (50, 3, 75)
    finish(cast, "reviewer", document)
    assert share(cast, "reviewer", document) == (100, None, 100)
    assert share(cast, "annotator", document) == (50, 3, 100)
    finish(cast, "annotator", document, "unread")
    assert share(cast, "annotator", document) == (0, None, 100)


@pytest.mark.parametrize(("seen", "total", "said"), [(0, 9, 0), (1, 999, 1), (998, 999, 99), (9, 9, 100), (0, 0, 0)])
def test_per_cent(seen: int, total: int, said: int) -> None:
    assert coverage.percent(seen, total) == said


def test_another_document_has_its_own_versions(cast: Cast, document: Document) -> None:
    other = make_document(cast["annotator"], "Another text.\n")
    with pytest.raises(Invalid):
        coverage.note(cast["annotator"], document, other.current_id or 0, [(0, 1)])


def test_a_new_version_keeps_what_is_unchanged(cast: Cast, document: Document) -> None:
    note(cast, "annotator", document, (0, 2))
    finish(cast, "checker", document)
    raw = TEXT.replace("second one says more", "second one says less").replace("A title\n\n", "A title\n\nNew.\n\n")
    source = SourceText(text=raw, blocks=tuple(from_plain(raw)), reader="txt")
    with writing(by=cast["annotator"]) as op:
        versions.add_version(op, document, prepare(source))
    document.refresh_from_db()
    assert share(cast, "annotator", document) == (40, 2, 60)
    assert share(cast, "checker", document) == (60, 2, 60)
    finish(cast, "checker", document)
    assert share(cast, "checker", document) == (100, None, 100)


def test_the_api_takes_a_batch_twice(cast: Cast, people: People, document: Document) -> None:
    client, url = people.client("annotator"), f"/api/documents/{document.pk}/coverage/"
    body = json.dumps({"version": document.current_id, "ranges": [[0, 1], [2, 4]]})
    for _ in range(2):
        told = client.post(url, body, content_type="application/json").json()
        assert (told["ranges"], told["read"], told["blocks"], told["percent"]) == ([[0, 1], [2, 4]], 3, 4, 75)
    assert people.client("checker").get(url).json()["anybody"] == 75
    for wrong in ([[0]], [[-1, 2]], [["a", 2]], 7):
        sent = json.dumps({"version": document.current_id, "ranges": wrong})
        assert client.post(url, sent, content_type="application/json").status_code == 400


def test_the_list_says_how_much_and_leads_on(cast: Cast, people: People, document: Document) -> None:
    note(cast, "annotator", document, (0, 2))
    note(cast, "checker", document, (2, 3))
    page = people.get("annotator", "document_list")
    assert "50 % ¶ 3" in words(page) and "75 %" in words(page) and f"/documents/{document.pk}/#b2" in page
    assert '"coverage": [[0, 2]]' in people.get("annotator", "document_read", document.pk)


def test_who_read_what(cast: Cast, people: People, document: Document) -> None:
    note(cast, "annotator", document, (0, 1))
    full = make_document(cast["annotator"], "Read by somebody.\n", title="Full")
    finish(cast, "checker", full)
    shown = words(people.get("editor", "reading_table"))
    assert "25 %" in shown and "100 %" in shown
    gaps = words(people.get("editor", "reading_table", query="?gaps=1"))
    assert "100 %" not in gaps and "25 %" in gaps
    assert "Who read what" not in words(people.get("annotator", "document_list"))


def test_an_export_tells_how_much_was_read(cast: Cast, people: People, document: Document) -> None:
    mark(cast["annotator"], document, "second one", "claim")
    note(cast, "checker", document, (0, 3))
    answer = people.client("viewer").get(f"/api/corpora/{cast.corpus.pk}/export/csv/")
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
    [row] = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert row["document_read"] == "75"


def test_an_export_for_programs_tells_it_too(cast: Cast, people: People, document: Document) -> None:
    mark(cast["annotator"], document, "second one", "claim")
    note(cast, "checker", document, (0, 3))
    with writing(by=cast["annotator"]) as op:
        documents.set_reading(op, document, "nothing")
    lines = exported(cast, people, "viewer", "jsonl")
    assert json.loads(lines)["document_read"] == 100


def exported(cast: Cast, people: People, role: str, format: str) -> bytes:
    answer = people.client(role).get(f"/api/corpora/{cast.corpus.pk}/export/{format}/")
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]


def test_documents_nobody_began_are_left_out(cast: Cast, document: Document) -> None:
    assert coverage.anybody(Q(document_id=document.pk)) == {}
