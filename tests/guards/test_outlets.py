"""One door out: only the guarded fetcher may speak HTTP, because a second outlet forgets the first one's checks."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = {"requests", "httpx", "httpx2", "httpcore", "httpcore2", "urllib3", "aiohttp", "http.client", "ftplib"}
CALLS = {"urlopen", "urlretrieve", "fetch_url", "fetch_response", "create_connection", "open_connection"}
DOORS: dict[str, str] = {  # each with its reason
    "annotations/services/fetching/wire.py": "the guarded fetcher",
}


def outlets(source: str) -> list[str]:
    """Imports of HTTP clients, calls of functions that fetch, and connecting sockets."""
    found: list[str] = []
    attributes: set[str] = set()
    modules: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Attribute):
            attributes.add(node.attr)
    found += [name for name in modules if {name, name.split(".")[0]} & CLIENTS or name.split(".")[-1] in CALLS]
    found += attributes & CALLS
    if "socket" in modules:  # sockets that listen or join our own processes are no way out
        found += attributes & {"connect", "connect_ex"}
    return sorted(found)


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
        "import socket\ns = socket.socket()\ns.connect(('x', 80))",
    ],
)
def test_the_guard_sees(source: str) -> None:
    assert outlets(source)


def test_the_guard_lets_pass() -> None:
    source = "import socket\nimport urllib.parse\na, b = socket.socketpair()\nsignal.listen()"
    assert outlets(source) == []
    assert outlets("from django.db.models.signals import post_migrate\npost_migrate.connect(x)") == []
