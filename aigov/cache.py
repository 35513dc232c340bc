"""A Redis cache that may die: while Redis does not answer, counters are kept in the database, so limits hold and
sign-in works."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache import BaseCache, caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)
T = TypeVar("T")
SECONDS = 1.0  # Redis is near or it is gone
REST_SECONDS = 10.0  # so long it is not asked again: a sign-in counts a dozen times and must not wait for each
_asleep: dict[str, float] = {}  # server -> monotonic time until which it is left alone; one for all threads


class SteadyRedisCache(BaseCache):
    """RedisCache, and the cache named `database` while Redis fails."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.server = server
        options = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS, "retry": Retry(NoBackoff(), 0)}
        self.redis = RedisCache(server, params | {"OPTIONS": options | params.get("OPTIONS", {})})

    def attempt(self, call: Callable[[BaseCache], T]) -> T:
        """The call on Redis, else on the database."""
        if time.monotonic() >= _asleep.get(self.server, 0):
            try:
                return call(self.redis)
            except RedisError as error:
                _asleep[self.server] = time.monotonic() + REST_SECONDS
                logger.warning("Redis does not answer (%s); counting in the database", type(error).__name__)
        return call(caches["database"])

    def add(self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Store unless the key is there; whether it was stored."""
        return self.attempt(lambda cache: cache.add(key, value, timeout, version))

    def get(self, key: str, default: object = None, version: int | None = None) -> object:
        """The value, or the default."""
        return self.attempt(lambda cache: cache.get(key, default, version))

    def set(self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Store the value."""
        self.attempt(lambda cache: cache.set(key, value, timeout, version))

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Move the end of life; whether the key was there."""
        return self.attempt(lambda cache: cache.touch(key, timeout, version))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget the key; whether it was there."""
        return self.attempt(lambda cache: cache.delete(key, version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a stored number; ValueError when the key is missing."""
        return self.attempt(lambda cache: cache.incr(key, delta, version))

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, object]:
        """The values that are there."""
        return self.attempt(lambda cache: cache.get_many(keys, version))

    def clear(self) -> None:
        """Forget everything."""
        self.attempt(lambda cache: cache.clear())
