"""A cast with clients logged in; each test begins in English (a client leaves the language of its last request)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from tests.factories import make_cast
from tests.views.people import People
from tests.views.scene import Scene, make_scene


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def people(db: None) -> People:
    """One client a role, and a stranger's, in a corpus that has nothing yet."""
    return People(make_cast())


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """Made once for a module; what a test changes is rolled back: the module needs the mark django_db."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_scene()
        transaction.set_rollback(True)


@pytest.fixture
def scene(stage: Scene, db: None) -> Scene:
    return stage
