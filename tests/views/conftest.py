"""A cast with clients logged in; each test begins in English (a client leaves the language of its last request)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.factories import make_cast
from tests.views.people import People


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def people(db: None) -> People:
    """One client a role, and a stranger's, in a corpus that has nothing yet."""
    return People(make_cast())
