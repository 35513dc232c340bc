"""One world for a whole module of tests. What a test changes is rolled back: the module needs the mark django_db."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.api.world import World, make_world


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[World, World]]:
    """The world in which a test moves, and a foreign one that its people must never see."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world("Home"), make_world("Foreign")
        transaction.set_rollback(True)


@pytest.fixture
def world(worlds: tuple[World, World], db: None) -> World:
    return worlds[0]


@pytest.fixture
def foreign(worlds: tuple[World, World]) -> World:
    return worlds[1]
