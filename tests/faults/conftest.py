"""A new installation for each file of tests, built once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.house import House


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    found = House(tmp_path_factory.mktemp("built") / "data")
    found.build()
    return found


@pytest.fixture(scope="module")
def house(built: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    found = built.copy(tmp_path_factory.mktemp("house") / "data")
    yield found
    if found.process is not None:
        found.kill()
