"""The papers name what there is: links lead somewhere, tables list every variable, column, format and address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver

from annotations.api import urls as api_urls
from annotations.formats import FORMATS
from annotations.readers import READERS
from annotations.records import TABLES, OccurrenceRow, PassageRow
from annotations.rules.limits import LIMITS
from benchmarks import __main__ as benchmarks

ROOT = Path(__file__).resolve().parents[2]
PAPERS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "annotations/**/*.md", "benchmarks/*.md", "fixtures/**/*.md")
    for path in ROOT.glob(pattern)
    if path.parent.name != "samples" or path.name == "README.md"
)
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def anchors(page: str) -> set[str]:
    """The anchors that a code host makes of the headings."""
    found = set()
    for heading in re.findall(r"^#+ (.+)$", page, re.M):
        words = re.sub(r"[^\w\s-]", "", heading.replace("`", "").lower())
        found.add(re.sub(r"\s", "-", words.strip()))
    return found


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target, anchor in LINK.findall(path.read_text("utf-8")):
        file = (path.parent / target) if target else path
        assert file.exists(), f"{target} is not there"
        if anchor:
            assert anchor in anchors(file.read_text("utf-8")), f"{target}#{anchor} is no heading"


def test_there_are_papers() -> None:
    names = {str(path.relative_to(ROOT)) for path in PAPERS}
    assert {"README.md", "docs/api.md", "docs/formats.md", "docs/production.md", "annotations/README.md"} <= names


def test_every_environment_variable_is_explained() -> None:
    listed = re.findall(r"^#?\s?([A-Z][A-Z_]+)=", text(".env.example"), re.M)
    wanted = {"AIGOV_LIMIT_" if name.startswith("AIGOV_LIMIT_") else name for name in listed}
    assert len(wanted) > 10
    for paper in ("README.md", "docs/production.md"):
        assert {name for name in wanted if f"`{name}" not in text(paper)} == set(), paper


def test_limits_in_the_papers_exist() -> None:
    section = text("docs/production.md").partition("## Limits")[2].partition("\n## ")[0]
    named = [name for row in re.findall(r"^\| (`.+?) \|", section, re.M) for name in re.findall(r"`(\w+)`", row)]
    assert len(named) > 5
    assert set(named) - set(LIMITS) == set()


@pytest.mark.parametrize("name", [*FORMATS, *TABLES, *OccurrenceRow._fields, *PassageRow._fields])
def test_formats_are_told_whole(name: str) -> None:
    assert f"`{name}`" in text("docs/formats.md")


def test_every_kind_of_file_is_told() -> None:
    page = text("docs/formats.md")
    assert {reader.name for reader in READERS if f"`{reader.extensions[0]}`" not in page} == set()


def test_every_benchmark_is_told() -> None:
    page = text("benchmarks/README.md")
    assert {name for name in benchmarks.names() if f"`{name}.py`" not in page} == set()


def addresses(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    """Every address, with {name} where a number or a word stands."""
    for pattern in patterns:
        address = before + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, address)
        elif hasattr(pattern.callback, "methods"):  # what the door of the API made; not the answer to unknown addresses
            yield address


def test_every_address_of_the_api_is_told() -> None:
    page = re.sub(r"\{\w+\}", "{}", text("docs/api.md"))
    found = {re.sub(r"\{\w+\}", "{}", address) for address in addresses(list(api_urls.urlpatterns), "/api/")}
    assert len(found) > 20
    assert {address for address in found if f"`{address}`" not in page} == set()
