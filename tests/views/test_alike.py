"""More like this: from words or from a statement; documents, scores, what differs; what is marked there already."""

from __future__ import annotations

import pytest
from django.test import Client

from annotations.services import recurrence
from tests.factories import make_cast, make_document, mark

pytestmark = pytest.mark.django_db
CLAIM = "2024年全球人工智能相关事故飙升至233起，同比激增56.4%"


def test_words_and_statements_find_what_is_like_them(client: Client) -> None:
    cast = make_cast()
    first = make_document(cast["annotator"], f"序言\n\n{CLAIM}。\n")
    make_document(
        cast["annotator"], "報導\n\n據統計，2024年全球人工智慧相關事故飆升至233起，同比激增54%。\n", title="第二篇"
    )
    mark(cast["annotator"], first, CLAIM, "claim")
    assert recurrence.catch_up(cast.corpus.pk, 60.0)
    client.force_login(cast.user("viewer"))
    address = f"/c/{cast.corpus.slug}/alike/"
    for query in ({"q": CLAIM}, {"statement": "c-1"}):
        page = client.get(address, query)
        assert page.status_code == 200
        rows = page.context["rows"]
        assert [(row.labels, row.alike.verdict.fit) for row in rows] == [(["C-1"], "same"), ([], "variant")]
        words = page.content.decode()
        assert "第二篇" in words and "“56.4” → “54”" in words and "variant: Number" in words and rows[1].url in words


def test_nothing_is_asked_nothing_found_and_no_such_statement(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.user("viewer"))
    address = f"/c/{cast.corpus.slug}/alike/"
    assert "Give a sentence" in client.get(address).content.decode()
    assert "Nothing like it" in client.get(address, {"q": "没有任何文档说过这样的话"}).content.decode()
    for label in ("C-99", "X-1", "C-", "C-１", "-"):
        assert client.get(address, {"statement": label}).context["statement"] is None
