"""The cache of texts: never another text's words, whatever was rolled back before."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from annotations.models import Document, VersionText
from annotations.services import texts
from tests.factories import Cast, make_cast, make_document


def paste(cast: Cast, text: str) -> Document:
    return make_document(cast["editor"], text)


def paste_elsewhere(cast: Cast, text: str) -> Document:
    """As another process would: this one's cache hears nothing of it."""
    with patch.object(texts, "keep"):
        return paste(cast, text)


def current(document: Document) -> int:
    assert document.current_id is not None
    return document.current_id


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_never_shown_for_the_next_one() -> None:
    cast = make_cast()
    with transaction.atomic():
        lost = current(paste(cast, "A text that nobody keeps."))
        assert texts.get(lost).clean.strip() == "A text that nobody keeps."
        transaction.set_rollback(True)
    kept = current(paste_elsewhere(cast, "The text that is kept."))
    assert texts.get(kept).clean.strip() == "The text that is kept."
    with pytest.raises(VersionText.DoesNotExist):
        texts.get(lost + 1_000_000)


@pytest.mark.django_db(transaction=True)
def test_what_was_read_in_a_lost_transaction_is_forgotten_too() -> None:
    cast = make_cast()
    with transaction.atomic():
        document = paste(cast, "Read again before the end.")
        texts.forget()
        assert texts.get(current(document)).clean.strip() == "Read again before the end."
        transaction.set_rollback(True)
    assert texts.get(current(paste_elsewhere(cast, "Another one."))).clean.strip() == "Another one."


@pytest.mark.django_db(transaction=True)
def test_it_is_read_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    cast = make_cast()
    version = current(paste(cast, "Known since it was loaded."))
    with django_assert_num_queries(0):
        assert texts.get(version).clean.strip() == "Known since it was loaded."
    texts.forget()
    with transaction.atomic():
        with django_assert_num_queries(1):
            assert texts.get(version) is texts.get(version)
    with django_assert_num_queries(0):
        texts.get(version)


@pytest.mark.django_db(transaction=True)
def test_a_part_is_the_same_whether_the_text_is_at_hand(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    version = current(paste(make_cast(), "😀 前面的話。\n治理 𠮷 and more.\n"))
    clean = texts.get(version).clean
    spans = [(0, 1), (2, 9), (0, len(clean)), (len(clean) - 3, len(clean) + 9), (4, 4)]
    asked = [(version, start, end) for start, end in spans]
    with django_assert_num_queries(0):
        at_hand = texts.parts(asked)
    texts.forget()
    assert texts.parts(asked) == at_hand == [clean[start:end] for start, end in spans]
    assert texts.parts([(version + 1_000_000, 0, 5)]) == [""]
    with django_assert_num_queries(1):  # it was not read as a whole for that
        texts.get(version)
