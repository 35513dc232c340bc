"""The character set that a server names: it counts before the page's own word, and a wrong one destroys nothing."""

from __future__ import annotations

import pytest

from annotations.readers import read
from annotations.readers.charset import decode_told
from annotations.readers.told import in_utf8
from fixtures.samples import words

HANS = "".join(words.ESSAY)
HANT = "".join(words.ESSAY_HANT)
RUSSIAN = "Закон вступает в силу в следующем году и касается всех."
JAPANESE = "人工知能に関する法律は来年から施行され、すべての事業者に適用される。"
POLISH = "Sąd rozpoznał sprawę i uznał, że źródło było błędne."

RIGHT = [
    (HANS, "gbk", "GB2312"),
    (HANS, "gb18030", "gb18030"),
    (HANT, "big5", "Big5"),
    ("治理", "big5", "big5-hkscs"),
    (RUSSIAN, "koi8-r", "KOI8-R"),
    (RUSSIAN, "cp1251", "windows-1251"),
    (POLISH, "iso-8859-2", "ISO-8859-2"),
    (JAPANESE, "euc-jp", "euc-jp"),
    ("Über die größeren Städte", "latin-1", "ISO-8859-1"),
]
WRONG = [
    (HANS, "utf-8", "iso-8859-1"),  # what servers say of all pages alike
    (HANS, "utf-8", "gb2312"),
    (HANS, "gbk", "iso-8859-1"),
    (HANS, "gbk", "utf-8"),
    (HANS, "gbk", "windows-1251"),
    (HANS, "gbk", "big5"),
    (HANT, "big5", "gbk"),
    (HANT, "big5", "no-such-set"),
    (HANT, "big5", "rot13"),
    (HANS, "utf-8-sig", "gbk"),
    (HANS, "utf-16", "gbk"),
    ("plain words", "ascii", "utf-16"),
]


@pytest.mark.parametrize(("text", "charset", "label"), RIGHT)
def test_what_the_server_says_is_taken(text: str, charset: str, label: str) -> None:
    found = decode_told(text.encode(charset), label)
    assert found is not None and found.text == text
    assert read(in_utf8(text.encode(charset), label), "page.txt").text == text


@pytest.mark.parametrize(("text", "charset", "label"), WRONG)
def test_what_cannot_be_true_is_not_taken(text: str, charset: str, label: str) -> None:
    data = text.encode(charset)
    assert in_utf8(data, label) == data
    assert read(data, "page.txt").text == text


def page(meta: str, text: str) -> str:
    body = "".join(f"<p>{text}</p>" for _ in range(3))
    return f'<html><head><meta charset="{meta}"><title>T</title></head><body>{body}</body></html>'


@pytest.mark.parametrize(
    ("meta", "charset", "label"),
    [("utf-8", "big5", "big5"), ("iso-8859-1", "big5", "big5"), ("big5", "big5", "utf-8"), ("big5", "big5", "")],
)
def test_a_page_is_read_by_the_header_then_by_its_own_word(meta: str, charset: str, label: str) -> None:
    assert HANT in read(in_utf8(page(meta, HANT).encode(charset), label), "page.html").text


def test_a_header_is_believed_where_the_bytes_may_be_either() -> None:
    """The same bytes are words in both sets; the page itself says nothing, the server does."""
    data = page("", RUSSIAN).encode("koi8-r")
    assert RUSSIAN in read(in_utf8(data, "koi8-r"), "page.html").text


def test_an_xhtml_page_is_read_by_the_header() -> None:
    data = f'<?xml version="1.0" encoding="utf-8"?>{page("utf-8", HANT)}'.encode("big5")
    assert HANT in read(in_utf8(data, "big5"), "page.html").text


@pytest.mark.parametrize("data", [b"%PDF-1.4 \xa4\xa4\xa4\xe5", b"PK\x03\x04\xa4\xa4\xa4\xe5", b"\x89PNG\r\n\xa4\xa4"])
def test_what_is_no_text_stays_as_it_is(data: bytes) -> None:
    assert in_utf8(data, "big5") == data


def test_without_a_header_nothing_changes() -> None:
    data = HANT.encode("big5")
    assert in_utf8(data, "") is data
