"""Wake-ups by Redis: a connection that was cut costs nothing, a Redis that is gone costs a write no time."""

from __future__ import annotations

import time
from typing import Any

import pytest
import redis

from annotations.services import wake


class Fake:
    """A client of Redis that fails as told, one failure a call."""

    def __init__(self, *failures: Exception) -> None:
        self.failures, self.sent, self.asked, self.dropped = list(failures), 0, 0, 0
        self.connection_pool = self

    def publish(self, channel: str, text: bytes) -> None:
        self.asked += 1
        if self.failures:
            raise self.failures.pop(0)
        self.sent += 1

    def disconnect(self, inuse_connections: bool) -> None:
        self.dropped += 1


def wire(*failures: Exception) -> tuple[wake.Wire, Any]:
    found, fake = wake.Wire("redis://127.0.0.1:1/0"), Fake(*failures)
    found.client = fake  # type: ignore[assignment]
    return found, fake


def test_a_connection_that_was_cut_is_replaced_and_the_word_gets_out() -> None:
    found, fake = wire(redis.ConnectionError("cut"))
    found.publish({"corpus": 1, "seq": 2})
    found.publish({"corpus": 1, "seq": 3})
    assert (fake.sent, fake.dropped, fake.asked) == (2, 1, 3)


@pytest.mark.parametrize(("error", "rest"), [(redis.TimeoutError, wake.REST), (redis.ConnectionError, wake.SHORT_REST)])
def test_a_redis_that_is_gone_is_left_alone_for_a_while(error: type[Exception], rest: float) -> None:
    found, fake = wire(error("gone"), error("gone"))
    found.publish({"corpus": 1, "seq": 2})
    asked = fake.asked
    found.publish({"corpus": 1, "seq": 3})
    assert fake.asked == asked <= 2 and fake.sent == 0
    assert 0 < found.rests_until - time.monotonic() <= rest
