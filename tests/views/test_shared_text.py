"""Shared text: which documents, about how much, and every run beside the other with links to both places."""

from __future__ import annotations

from annotations.models import Document
from annotations.services import documents, recurrence, shared_text
from annotations.services.op import writing
from tests.factories import make_document
from tests.views.people import People, words

RUN = "各国应当建立统一的人工智能事故通报制度，并在七十二小时之内公开事故的经过和原因"
TURNED = "各國應當建立統一的人工智慧事故通報制度，並在七十二小時之內公開事故的經過和原因"
BODY = "这里说的是完全不同的事情，天气很好，适合散步。"


def make(people: People, text: str, title: str) -> Document:
    return make_document(people.cast["annotator"], text, title=title)


def test_documents_that_share_text(people: People) -> None:
    first = make(people, f"甲\n\n{RUN}。\n\n{BODY}\n", "第一篇")
    second = make(people, f"乙\n\n據報導，{TURNED}。\n", "第二篇")
    make(people, "丙\n\n今天讨论的是另外一件事情，与前面无关。\n", "第三篇")
    assert recurrence.catch_up(people.cast.corpus.pk, 60.0)
    found = shared_text.partners(people.cast["viewer"], first)
    assert [one.document for one in found] == [second] and 0.3 < found[0].share < 0.9
    page = people.get("viewer", "document_shared", first.pk)
    assert "第二篇" in words(page) and "第三篇" not in words(page)
    assert f"documents/{first.pk}/shared/{second.pk}/" in page
    page = people.get("viewer", "document_shared_with", first.pk, second.pk)
    assert f'<mark class="clash">{RUN}</mark>' in page and f'<mark class="clash">{TURNED}</mark>' in page
    assert f"documents/{first.pk}/#t=" in page and f"documents/{second.pk}/#t=" in page
    one = shared_text.between(first, second).stretches[0]
    assert first.current is not None and second.current is not None
    assert first.current.text.raw[one.start : one.end] == RUN
    assert second.current.text.raw[one.other_start : one.other_end] == TURNED
    assert "shared/" in people.get("viewer", "document_facts", first.pk)
    with writing(by=people.cast["editor"]) as op:
        documents.remove(op, second)
    assert shared_text.partners(people.cast["viewer"], first) == []


def test_a_repeated_body_is_told_once(people: People) -> None:
    body = f"{RUN}。\n\n{BODY}"
    first = make(people, f"甲\n\n{body}\n\n{body}\n", "两遍")
    second = make(people, f"乙\n\n{RUN}。\n", "一遍")
    assert recurrence.catch_up(people.cast.corpus.pk, 60.0)
    assert len(shared_text.between(first, second).stretches) == 1
    assert len(shared_text.between(second, first).stretches) == 1


def test_nothing_shared_and_no_such_document(people: People) -> None:
    first, second = make(people, f"甲\n\n{RUN}。\n", "甲"), make(people, f"乙\n\n{BODY}\n", "乙")
    assert "No other document" in words(people.get("viewer", "document_shared", first.pk))
    assert "no longer run" in words(people.get("viewer", "document_shared_with", first.pk, second.pk))
    people.get("viewer", "document_shared_with", first.pk, 10**9, status=404)
