"""The short way for plain text: what takes it, and that no parser of others' making runs on it."""

import pytest

from annotations import readers
from annotations.readers import limits
from annotations.rules.errors import Unreadable
from annotations.sandbox import is_plain, read_plain
from fixtures.samples import words
from tests.readers.vectors import VECTORS, Vector

ESSAY = "\n".join(words.ESSAY)


@pytest.mark.parametrize(
    ("data", "name", "plain"),
    [
        (ESSAY.encode(), "a.txt", True),
        (ESSAY.encode(), "A.TXT", True),
        (ESSAY.encode("utf-8-sig"), "a.text", True),
        (ESSAY.encode("gb18030"), "a.txt", True),
        (ESSAY.encode("utf-16-le"), "a.txt", True),
        (b"", "a.txt", False),
        (ESSAY.encode(), "a.md", False),
        (ESSAY.encode(), "a", False),
        (ESSAY.encode(), "a.html", False),
        (b"<!DOCTYPE html><p>x", "a.txt", False),
        (b"%PDF-1.7", "a.txt", False),
        (b"PK\x03\x04" + b"\0" * 100, "a.txt", False),
        (b"MZ" + b"\0" * 100, "a.txt", False),
        ("Закон вступает в силу в следующем году и касается всех.".encode("koi8-r"), "a.txt", False),
        (b"x\n" * limits.PLAIN_LINES, "a.txt", True),
        (b"x\r" * (limits.PLAIN_LINES + 1), "a.txt", False),
        (b"x" * (limits.PLAIN_BYTES + 1), "a.txt", False),
    ],
)
def test_what_is_plain(data: bytes, name: str, plain: bool) -> None:
    assert is_plain(data, name) is plain


@pytest.mark.parametrize("vector", [vector for vector in VECTORS if vector.reader == "txt"], ids=str)
def test_plain_reading_is_the_same_reading(vector: Vector, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = readers.read(vector.data(), vector.name)

    def foreign(*_: object) -> None:
        raise AssertionError("a foreign parser was called")

    monkeypatch.setattr("annotations.readers.charset.from_bytes", foreign)
    monkeypatch.setattr("zipfile.ZipFile.__init__", foreign)
    assert is_plain(vector.data(), vector.name)
    assert read_plain(vector.data(), vector.name) == expected


@pytest.mark.parametrize(("data", "code"), [(b"\n \n", "blank"), (b"\x01\x02\x03\x04" * 30, "binary")])
def test_plain_files_that_cannot_be_read(data: bytes, code: str) -> None:
    assert is_plain(data, "a.txt")
    with pytest.raises(Unreadable) as caught:
        read_plain(data, "a.txt")
    assert caught.value.code == code
