"""Snapshots: what a source said at a moment, pasted, brought as a file, or fetched; kept whole or not at all.

Reading, hashing and keeping bytes come first (`pasted`, `uploaded`, `captured`), outside any transaction; then
`store` writes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.db.models import Q

from annotations.models import Capture, Evidence, Snapshot, Source
from annotations.records import SourceText
from annotations.rules.errors import Invalid, noop
from annotations.services import files, limits, loading, quotes
from annotations.services.addresses import url_key
from annotations.services.op import Op
from annotations.text import blocks
from annotations.text.cleaning import normalise

if TYPE_CHECKING:
    from annotations.services.fetching import Fetched

STATED = ("title", "authors", "publisher", "published_date", "language", "url")
EXTENSIONS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt",
    "text/markdown": ".md",
}  # fmt: skip
MIMES = {"html": "text/html", "pdf": "application/pdf", "txt": "text/plain", "md": "text/markdown"}


@dataclass(frozen=True, slots=True)
class Material:
    """Everything of a snapshot that can be known before the database is asked."""

    way: str
    text: str
    sha256: str
    mime: str
    text_sha256: str = ""
    block_rows: list[list[object]] = field(default_factory=list)
    proposed: dict[str, object] = field(default_factory=dict)
    http_status: int | None = None
    final_url: str = ""
    redirects: list[dict[str, object]] = field(default_factory=list)
    file_name: str = ""
    stored: tuple[str, int] | None = None  # hash and size of the file that is kept


@dataclass(frozen=True, slots=True)
class Stored:
    """`unchanged`: the newest snapshot says the same already, so `snapshot` is that one."""

    snapshot: Snapshot
    unchanged: bool


def pasted(text: str) -> Material:
    """What somebody copied."""
    raw = normalise(text)
    if not raw.strip():
        raise Invalid("snapshot_empty", noop("Paste what the source says."), field="text")
    sha = hashlib.sha256(raw.encode()).hexdigest()
    quotes.plain_of(sha, raw)
    return Material("pasted", raw, sha, "text/plain", sha, rows_of(blocks.from_plain(raw)))


def uploaded(data: bytes, name: str) -> Material:
    """A file that somebody brought, read in the sandbox; raises Unreadable or TooLarge naming it."""
    limits.check("upload_bytes", len(data), "file")
    source = loading.read(data, name)
    mime = MIMES.get(source.reader, f"application/{source.reader}")
    stored = (files.keep_bytes(data), len(data))
    return _material("uploaded", source, hashlib.sha256(data).hexdigest(), mime, file_name=name[:300], stored=stored)


def captured(got: Fetched, at: datetime) -> Material:
    """A fetched page: read in the sandbox as any upload, kept as a WARC."""
    from annotations.services.fetching import warc  # loaded by who fetches only

    body = got.final.body
    name = name_of(got.final.target.url, got.mime)
    source = loading.read(body, name, got.charset)
    archive = warc.write(got, at)
    return _material(
        "captured", source, hashlib.sha256(body).hexdigest(), (got.mime or MIMES.get(source.reader, ""))[:80],
        http_status=got.final.status, final_url=got.final.target.url[:2000], redirects=got.redirects,
        file_name=f"{name[:280]}.warc.gz", stored=(files.keep_bytes(archive), len(archive)),
    )  # fmt: skip


def _material(way: str, source: SourceText, sha256: str, mime: str, **more: object) -> Material:
    text_sha = hashlib.sha256(source.text.encode()).hexdigest()
    quotes.plain_of(text_sha, source.text)
    stated = {name: getattr(source, name) for name in STATED if getattr(source, name)}
    if "authors" in stated:
        stated["authors"] = list(source.authors)
    return Material(way, source.text, sha256, mime, text_sha, rows_of(source.blocks), stated, **more)  # type: ignore[arg-type]


def rows_of(found: Sequence[blocks.Block]) -> list[list[object]]:
    return [list(astuple(block)) for block in found]


def name_of(url: str, mime: str) -> str:
    """A name for what came from there, with the ending of its kind, for messages and for saving."""
    last = PurePosixPath(unquote(urlsplit(url).path)).name
    stem = re.sub(r"[^\w.-]+", "_", last).strip("._")[:80] or urlsplit(url).hostname or "page"
    ending = EXTENSIONS.get(mime, "")
    return stem if not ending or stem.lower().endswith((ending, ".htm")) else stem + ending


def store(op: Op, source: Source, material: Material, capture: Capture | None = None) -> Stored:
    """Keep it as the newest snapshot of the source, and look for the quotes that were taken from it."""
    op.check("add_source")
    latest = quotes.newest(source)
    if latest is not None and same(latest, material):
        return Stored(latest, True)
    values = asdict(material)
    stored = values.pop("stored")
    snapshot = Snapshot.objects.create(
        corpus=op.corpus, source=source, retrieved_at=op.at, created_by=op.by,
        file=files.record(op, *stored) if stored else None, **values,
    )  # fmt: skip
    judged = quotes.follow(op, source, snapshot)
    op.log("source.captured", snapshot, told(source, snapshot, judged), touched=touched(source, judged))
    return Stored(snapshot, False)


def same(snapshot: Snapshot, material: Material) -> bool:
    """Whether it says the same: the same words, or without words the same bytes."""
    if material.text.strip():
        return snapshot.text_sha256 == material.text_sha256
    return snapshot.sha256 == material.sha256


def twins(source: Source, snapshot: Snapshot) -> list[Source]:
    """Other live sources that were found to say the very same, or whose address this one turned out to have."""
    keys = {url_key(str(url)) for url in (snapshot.final_url, snapshot.proposed.get("url")) if url} - {source.url_key}
    same_text = Q(snapshots__text_sha256=snapshot.text_sha256) if snapshot.text.strip() else Q(pk=None)
    rows = Source.objects.filter(same_text | Q(url_key__in=keys), corpus_id=source.corpus_id, removed_at=None)
    return list(rows.exclude(pk=source.pk).distinct().order_by("title")[:5])


def told(source: Source, snapshot: Snapshot, judged: list[Evidence]) -> dict[str, object]:
    """What the history says of it. `rests`: the statements whose pages have to look again."""
    found: dict[str, object] = {
        "title": source.title, "source": source.pk, "sha256": snapshot.sha256, "way": snapshot.way,
        "rests": sorted({row.statement_id for row in judged}),
    }  # fmt: skip
    lost = sum(row.quote_stands is False for row in judged)
    return found | ({"lost": lost} if lost else {})


def touched(source: Source, judged: list[Evidence]) -> list[tuple[str, int]]:
    return [("source", source.pk), *(("evidence", row.pk) for row in judged)]
