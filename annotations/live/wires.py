"""How wake-ups of other processes arrive: Redis, else PostgreSQL's LISTEN. Each connects again for ever."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import orjson
import psycopg
import redis.asyncio
from django.conf import settings
from django.db import connection

from annotations.services.wake import channel

SILENCE = 15.0  # seconds after which a wire is tried with a ping
HELD = 2.0  # so long, and a wire was a good one
FIRST, LONGEST = 0.05, 2.0  # rests between two attempts, at most
NAME = "aigov live"  # in pg_stat_activity, where a connection that only listens looks forgotten
logger = logging.getLogger(__name__)


class Ear(Protocol):
    """What a wire talks to."""

    def hear(self, message: dict[str, Any]) -> None: ...

    def wake_all(self) -> None: ...


def of(redis_url: str, vendor: str) -> list[Callable[[Ear], Awaitable[None]]]:
    """The wires of this installation: Redis where there is one, PostgreSQL's own without it, none on SQLite."""
    if redis_url:
        return [redis_wire]
    return [postgres_wire] if vendor == "postgresql" else []


async def _for_ever(name: str, once: Callable[[], Awaitable[None]]) -> None:
    """Connect, hear until it breaks, again: at once when it held for a while, else after longer and longer rests.

    Every moment without a wire makes events late; processes that lost theirs together do not come back in step.
    """
    failures = 0
    while True:
        begun = time.monotonic()
        try:
            await once()
        except Exception as error:
            logger.warning("%s is gone (%s); connecting again", name, type(error).__name__)
        failures = 1 if time.monotonic() - begun > HELD else failures + 1
        await asyncio.sleep(min(FIRST * 2**failures, LONGEST) * random.random())


async def redis_wire(ear: Ear) -> None:
    async def once() -> None:
        client = redis.asyncio.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2.0)
        async with client, client.pubsub(ignore_subscribe_messages=True) as wire:
            await wire.subscribe(channel())
            ear.wake_all()
            while True:
                message = await wire.get_message(timeout=SILENCE)
                if message is None:
                    await wire.ping()
                elif message["type"] == "message":
                    ear.hear(orjson.loads(message["data"]))

    await _for_ever("Redis", once)


async def postgres_wire(ear: Ear) -> None:
    async def once() -> None:
        wanted = {key: value for key, value in connection.get_connection_params().items() if key in PARAMETERS}
        async with await psycopg.AsyncConnection.connect(**wanted, application_name=NAME, autocommit=True) as wire:
            await wire.execute(f'LISTEN "{channel()}"')
            ear.wake_all()
            while True:
                async for note in wire.notifies(timeout=SILENCE):
                    ear.hear(orjson.loads(note.payload))
                await wire.execute("SELECT 1")  # a wire cut in silence shows now

    await _for_ever("PostgreSQL's LISTEN", once)


#: Of Django's connection, those that a connection of its own needs as well.
PARAMETERS = frozenset({"dbname", "user", "password", "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey"})
