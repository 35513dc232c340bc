"""Fixtures of the browser tests, and one word about machines without Chromium: their browser tests are skipped, and
say so."""

import shutil
from pathlib import Path

import pytest

from tests.browser.server import chromium, doors, site

__all__ = ["chromium", "doors", "site"]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests below this folder drive Chromium."""
    missing = pytest.mark.skip(reason="Chromium is not installed: apt-get install chromium")
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if shutil.which("chromium") is None:
                item.add_marker(missing)
