"""The Redis cache: its answers while Redis lives, those of the database while it does not."""

import os
import socket
import time
from collections.abc import Iterator

import pytest
from django.core.cache import BaseCache, caches
from pytest_django import Settings

TABLE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entry"}
pytestmark = pytest.mark.django_db


def unused_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def without_redis(settings: Settings) -> Iterator[BaseCache]:
    """A cache whose Redis is gone."""
    address = f"redis://127.0.0.1:{unused_port()}/0"
    settings.CACHES = {"default": {"BACKEND": "aigov.cache.SteadyRedisCache", "LOCATION": address}, "database": TABLE}
    yield caches["default"]


def test_counting_goes_on_in_the_database(without_redis: BaseCache) -> None:
    cache = without_redis
    cache.set("a", 1)
    assert cache.get("a") == 1 and caches["database"].get("a") == 1
    assert cache.incr("a") == 2 and not cache.add("a", 9) and cache.add("b", 3)
    assert cache.get_many(["a", "b", "c"]) == {"a": 2, "b": 3}
    assert cache.touch("a", 60) and cache.delete("a") and cache.get("a", "none") == "none"
    cache.clear()
    assert cache.get("b") is None


def test_a_hanging_redis_costs_one_wait_and_is_asked_again_later(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aigov.cache.SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections and never answers
        address = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        steady = {"BACKEND": "aigov.cache.SteadyRedisCache", "LOCATION": address}
        settings.CACHES = {"default": steady, "database": TABLE}
        begin = time.monotonic()
        for number in range(20):
            caches["default"].set("a", number)
        assert caches["default"].get("a") == 19
        assert time.monotonic() - begin < 1.5
        asked: list[int] = []
        monkeypatch.setattr("aigov.cache._asleep", {})
        monkeypatch.setattr(caches["default"].redis, "get", lambda *args: asked.append(1) or "live")  # type: ignore[attr-defined]
        assert caches["default"].get("a") == "live" and asked == [1]


@pytest.mark.skipif("REDIS_URL" not in os.environ, reason="needs REDIS_URL")
def test_redis_is_used_while_it_lives() -> None:
    caches["default"].set("aigov-test", 5, 30)
    assert caches["default"].get("aigov-test") == 5
    assert caches["database"].get("aigov-test") is None
    caches["default"].delete("aigov-test")
