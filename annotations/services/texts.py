"""The texts of Versions, read once and kept: they never change, so a small cache per process is always right."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from django.db import connection, transaction

from annotations.models import VersionText
from annotations.text import blocks as block_rules
from annotations.text.blocks import Block
from annotations.text.folding import fold_text
from annotations.text.offsets import OffsetMap

KEPT_CHARACTERS = 8_000_000
PART = "SELECT substr(clean, %s, %s) FROM annotations_versiontext WHERE version_id = %s"


@dataclass(frozen=True, slots=True)
class Text:
    """One Version's raw text, clean text, the map between them and the blocks (raw offsets)."""

    version_id: int
    raw: str
    clean: str
    map: OffsetMap
    blocks: tuple[Block, ...]
    starts: Sequence[int]

    def block_at(self, raw_offset: int) -> int:
        """Index of the block that holds this raw offset (the one before it, between blocks)."""
        return max(bisect_right(self.starts, raw_offset) - 1, 0)

    def home(self, start: int, end: int) -> tuple[int, int]:
        """The same passage in the first copy of a repeated body; itself elsewhere."""
        return block_rules.home(self.blocks, start, end)

    def copies(self, home_start: int, home_end: int) -> list[tuple[int, int]]:
        """The same passage (raw) in every repeated copy of the body."""
        first, last = self.block_at(home_start), self.block_at(max(home_end - 1, home_start))
        shifts = {b.shift for b in self.blocks if b.duplicate_of == first}
        if last != first:
            shifts &= {b.shift for b in self.blocks if b.duplicate_of == last}
        return [(home_start + shift, home_end + shift) for shift in sorted(shifts)]

    def quote(self, start: int, end: int) -> str:
        """The clean text of a raw span."""
        clean_start, clean_end = self.map.raw_to_clean(start, end)
        return self.clean[clean_start:clean_end]


_cache: OrderedDict[int, Text] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class _Pending:
    """A text of the open transaction: Django calls this at the commit, and forgets it at a rollback."""

    text: Text

    def __call__(self) -> None:
        _keep(self.text)


def get(version_id: int) -> Text:
    """The text of this Version; raises VersionText.DoesNotExist."""
    with _lock:
        found = _cache.get(version_id)
        if found is not None:
            _cache.move_to_end(version_id)
            return found
    for text in _pending():
        if text.version_id == version_id:
            return text
    row = VersionText.objects.get(pk=version_id)
    text = build(version_id, row.raw, row.clean, OffsetMap.decode(row.offsets), row.block_rows)
    keep(text)
    return text


def parts(wanted: Sequence[tuple[int, int, int]]) -> list[str]:
    """The clean text of some (Version, start, end), without reading all of a text that is not at hand: the database
    cuts. What is no longer there is empty."""
    return [_part(*one) for one in wanted]


def _part(version_id: int, start: int, end: int) -> str:
    with _lock:
        found = _cache.get(version_id)
    if found is not None:
        return found.clean[start:end]
    with connection.cursor() as cursor:
        cursor.execute(PART, [start + 1, end - start, version_id])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def build(version_id: int, raw: str, clean: str, offsets: OffsetMap, rows: Sequence[Sequence[object]]) -> Text:
    blocks = tuple(Block(*row) for row in rows)  # type: ignore[arg-type]
    return Text(version_id, raw, clean, offsets, blocks, [block.start for block in blocks])


def keep(text: Text) -> None:
    """Remember a text for all that is asked next; one of a transaction that is open, only once it is committed.

    SQLite gives the id of a Version that was rolled back to the next one: what is kept too early would be shown in its
    place. PostgreSQL never gives an id twice.
    """
    if connection.vendor == "postgresql" or not connection.in_atomic_block:
        _keep(text)
    elif sum(len(waiting.raw) for waiting in _pending()) + len(text.raw) <= KEPT_CHARACTERS:
        transaction.on_commit(_Pending(text))


def _pending() -> Iterator[Text]:
    """The texts that wait for the commit of this connection's transaction."""
    return (entry[1].text for entry in connection.run_on_commit if isinstance(entry[1], _Pending))


def _keep(text: Text) -> None:
    with _lock:
        _cache[text.version_id] = text
        total = sum(len(kept.raw) for kept in _cache.values())
        while total > KEPT_CHARACTERS and len(_cache) > 1:
            total -= len(_cache.popitem(last=False)[1].raw)


def forget() -> None:
    """Empty the cache: ids are used again after a restore."""
    with _lock:
        _cache.clear()


def fold_hash(quote: str) -> str:
    """One key for a passage whatever its script, width or glosses: equal keys, same words."""
    return hashlib.blake2b(fold_text(quote).encode(), digest_size=16).hexdigest()
