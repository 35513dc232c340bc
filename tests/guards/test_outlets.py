"""One door out: only the guarded fetcher may speak HTTP, because a second outlet forgets the first one's checks."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = {
    "requests",
    "httpx",
    "httpx2",
    "httpcore",
    "httpcore2",
    "urllib3",
    "aiohttp",
    "http.client",
    "ftplib",
    "socket",
}
CALLS = {"urlopen", "urlretrieve", "fetch_url", "fetch_response", "create_connection", "open_connection"}
DOORS = {  # each with its reason
    "annotations/services/fetching.py": "the guarded fetcher",
    "annotations/services/network.py": "the address check of the guarded fetcher",
    "annotations/management/commands/start.py": "listens",
    "aigov/worker.py": "its own host name",
}


def outlets(source: str) -> list[str]:
    """Imports of HTTP clients and calls of functions that fetch."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if {alias.name, alias.name.split(".")[0]} & CLIENTS]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {node.module, node.module.split(".")[0], *(f"{node.module}.{alias.name}" for alias in node.names)}
            found += sorted(names & CLIENTS) + [alias.name for alias in node.names if alias.name in CALLS]
        elif isinstance(node, ast.Attribute) and node.attr in CALLS:
            found.append(node.attr)
    return found


def test_nobody_else_speaks_http() -> None:
    paths = sorted([*(ROOT / "annotations").rglob("*.py"), *(ROOT / "aigov").rglob("*.py")])
    assert len(paths) > 40
    named = {str(path.relative_to(ROOT)): path for path in paths}
    assert {
        name: found for name, path in named.items() if name not in DOORS and (found := outlets(path.read_text()))
    } == {}


@pytest.mark.parametrize(
    "source",
    [
        "import requests",
        "from urllib.request import urlopen",
        "import httpx2 as h",
        "import http.client",
        "from http import client",
        "import urllib.request\nurllib.request.urlopen('x')",
        "trafilatura.fetch_url('x')",
    ],
)
def test_the_guard_sees(source: str) -> None:
    assert outlets(source)
