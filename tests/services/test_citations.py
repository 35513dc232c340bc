"""Citations: BibTeX, RIS, DOIs and UN symbols give the fields of a source; anything else a sentence."""

from __future__ import annotations

import pytest

from annotations.rules.errors import Invalid
from annotations.services import citations

BIBTEX = r"""@article{lu2025,
  author = {Lu, Junqun and M{\"u}ller, Anna},
  title = {{Global} governance of
    artificial intelligence},
  journal = {World Affairs}, year = 2025, month = jul,
  doi = {10.1234/ABC.567},
}"""
RIS = """TY  - RPRT
TI  - AI Index Report 2025
AU  - Maslej, Nestor
AU  - 李娜
PB  - Stanford HAI
PY  - 2025
DA  - 2025/04/07/
UR  - https://hai.example/ai-index
ER  - """


def test_bibtex() -> None:
    assert citations.read(BIBTEX) == {
        "title": "Global governance of artificial intelligence", "authors": ["Junqun Lu", "Anna Müller"],
        "publisher": "World Affairs", "published_date": "2025-07", "type": "peer_reviewed",
        "identifier": "doi:10.1234/abc.567", "url": "https://doi.org/10.1234/abc.567",
    }  # fmt: skip


def test_ris() -> None:
    assert citations.read(RIS) == {
        "title": "AI Index Report 2025", "authors": ["Maslej, Nestor", "李娜"], "publisher": "Stanford HAI",
        "published_date": "2025-04-07", "type": "primary_document", "url": "https://hai.example/ai-index",
    }  # fmt: skip
    assert citations.read(RIS.removesuffix("ER  - "))["title"] == "AI Index Report 2025"


@pytest.mark.parametrize(
    ("text", "identifier", "url"),
    [
        ("10.1000/XYZ.1", "doi:10.1000/xyz.1", "https://doi.org/10.1000/xyz.1"),
        ("doi: 10.1000/a(b)", "doi:10.1000/a(b)", "https://doi.org/10.1000/a(b)"),
        ("https://dx.doi.org/10.1000/182.", "doi:10.1000/182", "https://doi.org/10.1000/182"),
        ("A/RES/78/265", "A/RES/78/265", "https://undocs.org/A/RES/78/265"),
        ("a/res/ 217(III)", "A/RES/217(III)", "https://undocs.org/A/RES/217(III)"),
        ("S/2023/12", "S/2023/12", "https://undocs.org/S/2023/12"),
        ("E/CN.4/2005/1/Add.2", "E/CN.4/2005/1/ADD.2", "https://undocs.org/E/CN.4/2005/1/ADD.2"),
    ],
)
def test_identifiers_are_written_alike(text: str, identifier: str, url: str) -> None:
    found = citations.read(text)
    assert (found["identifier"], found["url"]) == (identifier, url)


@pytest.mark.parametrize(
    "text",
    ["", "hello", "@", "@article{", "@comment{x}", "A/B", "TY  - ", "10.1/x", "<script>", "@" * 5000, "x" * 30_000],
)
def test_anything_else_is_told(text: str) -> None:
    with pytest.raises(Invalid, match="citation"):
        citations.read(text)
