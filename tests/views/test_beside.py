"""The page of a document beside its translation: both texts with their passages, the form that names the original."""

from __future__ import annotations

import re

from annotations.models import Document
from tests.factories import make_document, mark
from tests.services.test_translations import ENGLISH, HAN
from tests.views.people import People, words


def pair(people: People) -> tuple[Document, Document]:
    by = people.cast["annotator"]
    first, second = make_document(by, HAN, title="纪要"), make_document(by, ENGLISH, title="Minutes")
    mark(by, first, "收录了47个", "claim")
    return first, second


def test_the_original_is_named_and_both_stand_side_by_side(people: People) -> None:
    first, second = pair(people)
    page = people.get("annotator", "document_beside", second.pk)
    assert "This is a translation of" in words(page) and f'value="{first.pk}"' in page
    page = people.done("annotator", "document_beside", second.pk, original=first.pk, seen=second.version)
    assert page.index("收录了47个") < page.index("listed 47") and "It is no translation" in words(page)
    assert 'data-ids="' in page and "C-1" in words(page)
    assert "listed 47" in people.get("viewer", "document_beside", first.pk)
    page = people.done("annotator", "document_beside", second.pk, original="")
    assert "Name the original" in words(page)


def test_somebody_was_quicker(people: People) -> None:
    first, second = pair(people)
    people.done("annotator", "document_beside", second.pk, original=first.pk, seen=1)
    assert "meanwhile" in words(people.late("editor", "document_beside", second.pk, original="", seen=1))


def test_what_is_refused_comes_back_with_the_reason(people: People) -> None:
    first, _ = pair(people)
    page = people.kept("annotator", "document_beside", first.pk, original=first.pk)
    assert "A document is no translation of itself." in words(page)


def test_text_is_escaped(people: People) -> None:
    by = people.cast["annotator"]
    first, second = make_document(by, "A <b>bold</b> word here."), make_document(by, "另一個 <i>字</i>。")
    people.done("annotator", "document_beside", second.pk, original=first.pk)
    assert "A &lt;b&gt;bold&lt;/b&gt; word" in people.get("viewer", "document_beside", second.pk)


def test_naming_the_original_is_taken_back_and_done_again(people: People) -> None:
    first, second = pair(people)
    page = people.done("annotator", "document_beside", second.pk, original=first.pk, seen=second.version)
    key = re.search(r'name="op" value="([^"]+)"', page)
    assert key is not None
    page = people.done("annotator", "document_beside", second.pk, action="undo", op=key[1])
    assert "Name the original" in words(page)
    key = re.search(r'name="op" value="([^"]+)"', page)
    assert key is not None, "an undo can be undone"
    people.done("annotator", "document_beside", second.pk, action="undo", op=key[1])
    second.refresh_from_db()
    assert second.translation_of == first
