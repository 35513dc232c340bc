"""The web of these tests: http and https on the loopback address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web import Web
from tests.web import web as opened


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Web]:
    with opened(monkeypatch, tmp_path) as found:
        yield found
