"""Content told from its first bytes and from the names inside a zip."""

import zipfile
from io import BytesIO

import pytest

from annotations.readers import sniff
from fixtures.samples.containers import packed
from tests.readers.vectors import VECTORS, Vector


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_samples(vector: Vector) -> None:
    expected = None if vector.reader in ("txt", "md") else vector.reader
    assert sniff.kind(vector.data()) == expected


@pytest.mark.parametrize(
    "text",
    [
        "MZ is an abbreviation",
        "BM und GIF89a",
        "ID3 tags",
        "RIFF",
        "PK",
        "%PDF",
        "BZh",
        "<p>a fragment</p>",
        "a <html> tag",
        "",
    ],
)
def test_text_that_begins_like_something_else(text: str) -> None:
    assert sniff.kind(text.encode()) is None


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><p>x",
        b"\xef\xbb\xbf\n  <!-- saved -->\n<HTML><body>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x"><html>',
        "<!DOCTYPE html><p>评测".encode("utf-16"),
        b"<head><title>x</title>",
    ],
)
def test_pages(page: bytes) -> None:
    assert sniff.kind(page) == "html"


def test_pdf_header_may_come_a_little_late() -> None:
    assert sniff.kind(b"\n" * 1000 + b"%PDF-1.7") == "pdf"
    assert sniff.kind(b"\n" * 2000 + b"%PDF-1.7") is None


def test_documents_whose_zip_has_no_mimetype_or_is_cut() -> None:
    assert sniff.kind(packed({"META-INF/container.xml": "<c/>"})) == "epub"
    assert sniff.kind(packed({"content.xml": "<c/>", "styles.xml": "<c/>"})) == "odt"
    word = packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
    assert sniff.kind(word) == sniff.kind(word[:-30]) == "docx"
    empty = BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert sniff.kind(empty.getvalue()) == "zip"


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"MZ\x90\x00", "program"),
        (b"\xcf\xfa\xed\xfe", "program"),
        (b"GIF89a\x01\x00", "image"),
        (b"RIFF\x10\x00\x00\x00WEBP", "media"),
        (b"\x00\x00\x00\x20ftypisom", "media"),
        (b"\x00\x00\x00\x20ftypheic", "image"),
        (b"\xff\xfb\x90", "media"),
        (b"\x1f\x8b\x08", "archive"),
        (b"BZh91AY&SY", "archive"),
        (b"Rar!\x1a\x07", "archive"),
        (b"x" * 257 + b"ustar\x00", "archive"),
    ],
)
def test_what_is_no_document(start: bytes, kind: str) -> None:
    assert sniff.kind(start + b"\x00" * 80) == kind
