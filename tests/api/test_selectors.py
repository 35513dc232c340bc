"""Annotations made by W3C selectors over HTTP: found, in several places, not there, in somebody else's text."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import Document
from tests.factories import Cast, make_cast, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def post(cast: Cast, document: Document, body: dict[str, object]) -> tuple[int, dict[str, object]]:
    client = Client()
    client.force_login(cast.user("annotator"))
    response = client.post(reverse("api_annotations", args=[document.pk]), json.dumps(body), "application/json")
    return response.status_code, json.loads(response.content)


def quote(exact: str, prefix: str = "") -> dict[str, object]:
    return {"selector": {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix}}


def test_a_quote_is_found_and_stored_raw(cast: Cast) -> None:
    document = make_document(cast["annotator"])
    status, body = post(cast, document, quote("a global standards body"))
    assert status == 201
    raw = document.current.text.raw
    assert raw[body["start"] : body["end"]] == "a global standards body" == body["exact"]


def test_a_quote_of_the_clean_view_takes_its_glosses_along(cast: Cast) -> None:
    text = (
        "國務(wù)院發(fā)布了關(guān)于人工智能的意見(jiàn),要求各地區(qū)落實(shí)。\n"
        "第二段說(shuō)明了標(biāo)準(zhǔn)。\n"
    )
    document = make_document(cast["annotator"], text)
    assert "國務院發布" in document.current.text.clean
    status, body = post(cast, document, quote("國務院發布"))
    assert (status, body["exact"], body["quote"]) == (201, "國務(wù)院發(fā)布", "國務院發布")


def test_several_places_and_no_place_are_told_apart(cast: Cast) -> None:
    document = make_document(cast["annotator"], "The same words.\nOther ones.\nThe same words.\n")
    status, body = post(cast, document, quote("The same words"))
    assert (status, body["code"]) == (400, "several_places")
    status, body = post(cast, document, quote("words that stand nowhere at all"))
    assert (status, body["code"]) == (404, "words_not_found")


def test_a_version_of_another_document_tells_nothing(cast: Cast) -> None:
    mine = make_document(cast["annotator"])
    other = make_document(
        make_cast("Elsewhere")["annotator"], "A secret sentence.\nAnd one more.\nA secret sentence.\n"
    )
    for words in ("A secret sentence", "not in there either"):
        status, body = post(cast, mine, {**quote(words), "version": other.current_id})
        assert (status, body["code"]) == (404, "version_unknown")
