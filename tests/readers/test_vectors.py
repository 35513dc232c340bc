"""Every sample file, read directly and through the sandbox: both must say the same."""

import pytest

from annotations.readers import READERS, read
from annotations.records import SourceText
from annotations.sandbox import read_upload
from annotations.text.cleaning import CLEANER, clean, normalise
from fixtures.samples.make import make
from tests.readers.vectors import SAMPLES, VECTORS, Vector

every_sample = pytest.mark.parametrize("vector", VECTORS, ids=str)


def check(vector: Vector, source: SourceText) -> None:
    assert source.reader == vector.reader
    assert [part for part in vector.includes if part not in source.text] == []
    assert [part for part in vector.excludes if part in source.text] == []
    blocks = [(block.role, source.text[block.start : block.end]) for block in source.blocks]
    missing = [
        (role, start) for role, start in vector.roles if not any(r == role and t.startswith(start) for r, t in blocks)
    ]
    assert missing == []
    assert {name: getattr(source, name) for name in vector.facts} == vector.facts
    assert tuple(notice.code for notice in source.notices) == vector.notices
    assert all(vector.name in str(n) or "%" not in str(n) for n in source.notices)


@every_sample
def test_read(vector: Vector) -> None:
    check(vector, read(vector.data(), vector.name))


@every_sample
def test_sandbox_says_the_same(vector: Vector) -> None:
    assert read_upload(vector.data(), vector.name) == read(vector.data(), vector.name)


@every_sample
def test_blocks_are_sorted_apart_and_inside(vector: Vector) -> None:
    source = read(vector.data(), vector.name)
    at = 0
    for block in source.blocks:
        assert at <= block.start < block.end <= len(source.text)
        text = source.text[block.start : block.end]
        assert text == text.strip()
        at = block.end
    outside = [source.text[a.end : b.start] for a, b in zip(source.blocks, source.blocks[1:], strict=False)]
    assert "".join(outside).strip() == ""
    assert normalise(source.text) == source.text


@every_sample
def test_the_cleaner_that_the_reader_asks_for_exists(vector: Vector) -> None:
    source = read(vector.data(), vector.name)
    assert clean(source.text, "+".join((CLEANER, *source.rules))).text


@every_sample
def test_name_in_capitals_and_no_name_at_all(vector: Vector) -> None:
    assert read(vector.data(), vector.name.upper()).text == read(vector.data(), vector.name).text
    if vector.reader not in ("txt", "md"):
        assert read(vector.data(), "upload").text == read(vector.data(), vector.name).text


def test_every_sample_has_a_row_and_every_reader_a_sample() -> None:
    rows = {vector.name for vector in VECTORS}
    assert rows == set(make())
    assert rows == {path.name for path in SAMPLES.iterdir() if path.is_file()} - {
        "README.md",
        "make.py",
        "words.py",
        "containers.py",
    }
    assert {vector.reader for vector in VECTORS} == {reader.name for reader in READERS}


def test_samples_are_what_the_script_makes() -> None:
    made = make()
    assert {name for name in made if not name.endswith(".pdf") and made[name] != (SAMPLES / name).read_bytes()} == set()


def test_readme_describes_every_sample() -> None:
    text = (SAMPLES / "README.md").read_text()
    assert [vector.name for vector in VECTORS if f"`{vector.name}`" not in text] == []
