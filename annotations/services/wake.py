"""Who is told that something was written: this process at once, others by Redis or by PostgreSQL's NOTIFY.

A wake-up is a hint and may be lost; what was written is read from the Event table. The doors that show live events
listen here (annotations/live/); a process without them tells the others only.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import orjson
import redis
from django.conf import settings
from django.db import connection, transaction

Message = Mapping[str, Any]
Listener = Callable[[Message], None]

SECONDS = 0.5  # Redis is near or it is gone
REST = 5.0  # after a silence nobody waits for it again for so long
SHORT_REST = 1.0  # after a refusal, which costs no time
logger = logging.getLogger(__name__)
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have `listener` called, from whatever thread, with {"corpus": id, "seq": n} after a commit in this process and
    with {"corpus": id, "place": {...}} when somebody says where they are."""
    _listeners.append(listener)


def unlisten(listener: Listener) -> None:
    _listeners.remove(listener)


def channel() -> str:
    """One name for each installation: several may share a Redis."""
    return "aigov_" + hashlib.sha256(settings.DATABASE_URL.encode()).hexdigest()[:12]


def written(corpus_id: int, seq: int) -> None:
    """The open transaction wrote events up to `seq`: tell everybody once it is committed."""
    message = {"corpus": corpus_id, "seq": seq}
    if connection.vendor == "postgresql" and not settings.REDIS_URL:
        _notify(message)  # PostgreSQL keeps it until the commit, and forgets it with a rollback
        transaction.on_commit(partial(_here, message), robust=True)
    else:
        transaction.on_commit(partial(tell, message), robust=True)


def tell(message: Message) -> None:
    """Tell this process and all others, now."""
    _here(message)
    if settings.REDIS_URL:
        _wire().publish(message)
    elif connection.vendor == "postgresql":
        _notify(message)


def _here(message: Message) -> None:
    for listener in list(_listeners):
        listener(message)


def _notify(message: Message) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel(), orjson.dumps(message).decode()])


class Wire:
    """Redis, for as long as it answers; a write never waits for one that does not."""

    def __init__(self, url: str) -> None:
        self.client = redis.Redis.from_url(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
        self.rests_until = 0.0

    def publish(self, message: Message) -> None:
        if time.monotonic() < self.rests_until:
            return
        try:
            self._publish(orjson.dumps(message))
        except redis.RedisError as error:
            rest = REST if isinstance(error, redis.TimeoutError) else SHORT_REST
            self.rests_until = time.monotonic() + rest
            logger.warning("Redis does not answer (%s); live pages learn of changes later", type(error).__name__)

    def _publish(self, text: bytes) -> None:
        """A connection that was cut while it lay in the pool says nothing about Redis: once more by a new one."""
        try:
            self.client.publish(channel(), text)
        except redis.ConnectionError:
            self.client.connection_pool.disconnect(inuse_connections=False)
            self.client.publish(channel(), text)


@cache
def _wire() -> Wire:
    return Wire(settings.REDIS_URL)
