"""The house keeps its floors: imports go down only, peers do not import each other, PURE rooms know no Django."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS: list[set[str]] = [  # lowest first; names on one line are peers
    {"text", "drawing"},
    {"rules"},
    {"records"},
    {"readers", "formats"},
    {"models"},
    {"sandbox"},
    {"services"},
    {"http", "forms", "filters"},
    {"views", "api", "live", "jobs", "admin", "templatetags", "management"},
    {"urls", "apps"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
PURE = {"text", "drawing", "rules", "records", "readers", "formats"}
FRAMEWORK = {"django", "rest_framework", "allauth", "aigov", "sqlite3", "psycopg"}


def imported(source: str) -> Iterator[tuple[str, int]]:
    """Each imported module with its line; imports inside functions count too, relative ones come as a leading dot."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield "." * node.level + (node.module or ""), node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module == "annotations":
            yield from ((f"annotations.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.lineno


def violations(here: str, source: str) -> Iterator[str]:
    """What the room `here` of annotations/ imports and may not."""
    for module, line in imported(source):
        top, _, rest = module.partition(".")
        there = rest.partition(".")[0]
        if not top:
            yield f"{line}: {module} is a relative import"
        elif here in PURE and top in FRAMEWORK:
            yield f"{line}: {here} is PURE and imports {module}"
        elif top == "annotations" and there and there != here:
            if there not in LEVEL:
                yield f"{line}: {module} stands on no floor of LAYERS"
            elif LEVEL[there] >= LEVEL[here]:
                yield f"{line}: {here} imports {there}, which is not below it"


def rooms() -> list[tuple[str, Path]]:
    """Every module of the app with the room it belongs to; migrations are the tool's."""
    app = ROOT / "annotations"
    found = []
    for path in sorted(app.rglob("*.py")):
        room = path.relative_to(app).parts[0].removesuffix(".py")
        if room not in {"__init__", "migrations"}:
            found.append((room, path))
    return found


def test_imports_only_go_down() -> None:
    seen = rooms()
    assert len(seen) > 20
    assert {room for room, _ in seen} - set(LEVEL) == set()
    wrong = [f"{path.relative_to(ROOT)}:{text}" for room, path in seen for text in violations(room, path.read_text())]
    assert wrong == []


def test_tests_and_project_import_absolutely() -> None:
    paths = [path for folder in ("aigov", "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")]
    assert len(paths) > 10
    assert [f"{path}:{line}" for path in paths for name, line in imported(path.read_text()) if name[0] == "."] == []


@pytest.mark.parametrize(
    ("here", "source"),
    [
        ("text", "from annotations.rules import errors"),
        ("rules", "def f():\n    import django.utils"),
        ("readers", "from annotations.formats import csv"),
        ("views", "from annotations.api import urls"),
        ("services", "from annotations import views"),
        ("models", "from . import base"),
        ("text", "from annotations.unheard import of"),
    ],
)
def test_the_guard_sees(here: str, source: str) -> None:
    assert list(violations(here, source))


def test_the_guard_lets_pass() -> None:
    source = "import re\nfrom annotations.text import folding\nfrom annotations.rules.errors import Problem"
    assert list(violations("services", source)) == []
