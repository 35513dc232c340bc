"""The slow half of an import, outside any transaction: texts proved, maps read, sentences cut and tokenised."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.formats.dump_read import Dump
from annotations.records import CorpusRecord, VersionRecord
from annotations.rules.errors import Invalid, noop
from annotations.services import search_index
from annotations.services.restore.checking import Tables, check, check_moment
from annotations.text import cleaning
from annotations.text.offsets import OffsetMap


@dataclass(frozen=True, slots=True)
class ReadyText:
    """A version ready to be stored. `sentences` are cut for the newest version of a document only."""

    offsets: OffsetMap
    block_rows: list[list[object]]
    sentences: list[search_index.Row]
    repairs: dict[str, int]
    folded: int


@dataclass(frozen=True, slots=True)
class Ready:
    """A dump that was found sound, and its texts by the uid of their version."""

    corpus: CorpusRecord
    tables: Tables
    texts: Mapping[str, ReadyText]


def prepare(dump: Dump) -> Ready:
    """Raises Invalid, naming the record, for a dump whose records do not hold together."""
    tables = dump.tables
    check_moment(dump.corpus.created_at, "created_at")
    check(tables)
    texts: dict[str, ReadyText] = {}
    for document in tables["documents"]:
        versions = sorted(document.versions, key=lambda one: one.number)
        if not versions:
            message = noop("Document %(uid)s has no version. Nothing was imported; export it again.")
            raise Invalid("dump_no_version", message, uid=document.uid)
        for version in versions:
            texts[version.uid] = _text(version, newest=version is versions[-1])
    _check_anchors(tables["annotations"], {v.uid: v.raw_text for d in tables["documents"] for v in d.versions})
    return Ready(dump.corpus, tables, texts)


def _text(record: VersionRecord, newest: bool) -> ReadyText:
    offsets = _offsets(record)
    rows: list[list[object]] = [
        [b.role, b.start, b.end, b.level, b.page, b.duplicate_of, b.shift] for b in record.blocks
    ]
    if any(not 0 <= block.start <= block.end <= len(record.raw_text) for block in record.blocks):
        raise Invalid("dump_blocks", noop("A block of version %(uid)s does not lie in its text."), uid=record.uid)
    repairs: dict[str, int] = {}
    for repair in cleaning.clean(record.raw_text, record.cleaner).repairs:
        repairs[repair.kind] = repairs.get(repair.kind, 0) + 1
    sentences = search_index.rows(record.clean_text, offsets, record.blocks) if newest else []
    folded = sum(1 for block in record.blocks if block.duplicate_of is not None)
    return ReadyText(offsets, rows, sentences, repairs, folded)


def _offsets(record: VersionRecord) -> OffsetMap:
    """The map, when it fits both texts and the hash is the text's."""
    try:
        offsets = OffsetMap.decode(record.offset_map)
    except ValueError:
        offsets = OffsetMap.identity(0)
    fits = (offsets.raw_length, offsets.clean_length) == (len(record.raw_text), len(record.clean_text))
    if not fits or hashlib.sha256(record.raw_text.encode()).hexdigest() != record.sha256:
        message = noop(
            "The text of version %(uid)s was changed after the export: its hash or its map do not fit. "
            "Nothing was imported."
        )
        raise Invalid("dump_text_changed", message, uid=record.uid)
    return offsets


def _check_anchors(annotations: Sequence[Any], texts: Mapping[str, str]) -> None:
    """Every passage quotes what stands at its place."""
    for record in annotations:
        for anchor in record.anchors:
            check_quote(record.uid, texts[anchor.version], anchor)


def check_quote(uid: str, raw: str, anchor: Any) -> None:
    if not 0 <= anchor.start < anchor.end <= len(raw) or raw[anchor.start : anchor.end] != anchor.exact:
        message = noop("Annotation %(uid)s does not quote what stands at %(start)s–%(end)s. Nothing was imported.")
        raise Invalid("dump_anchor", message, uid=uid, start=anchor.start, end=anchor.end)
