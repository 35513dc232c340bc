"""One write = one Op: change rows, then append one Event per changed object with consecutive seq, in one transaction.

The seqs are taken last, by one UPDATE ... RETURNING on the corpus head, so events are gapless and in commit order on
both databases. UNIQUE(actor, op, part) makes the Event table the idempotency store: a key that was used answers
`Replayed`.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import orjson
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from annotations.models import Corpus, Event, EventObject, Member, Notice
from annotations.rules import roles
from annotations.rules.errors import Unprocessable, noop
from annotations.services import bulk_rows, search_entries, wake

MAX_KEY = 64
#: Of the table of events, in the order in which `append` gives them.
COLUMNS = (
    "corpus_id", "seq", "at", "actor_id", "op", "part", "kind", "object_type", "object_id", "object_version",
    "document_id", "payload", "payload_sha256", "hash",
)  # fmt: skip
WRITTEN = "SELECT id FROM annotations_event WHERE corpus_id = %s AND seq > %s ORDER BY seq"


class Replayed(Exception):
    """This key was used by this member before; `events` are what it did then. Nothing was changed now."""

    def __init__(self, events: Sequence[Event]) -> None:
        super().__init__("replayed")
        self.events = list(events)


@dataclass(slots=True)
class Line:
    """An Event to be: everything but its place in the chain."""

    kind: str
    object_type: str
    object_id: int
    object_version: int
    payload: Mapping[str, object]
    document_id: int | None = None
    touched: Sequence[tuple[str, int]] = ()
    concerns: dict[int, str] = field(default_factory=dict)  # member -> why (rules/notices.py)


@dataclass(slots=True)
class Op:
    """Who writes, in which corpus, under which key. Verbs append Lines; `writing` turns them into Events."""

    corpus: Corpus
    by: Member
    key: str
    at: datetime
    request: str = ""
    lines: list[Line] = field(default_factory=list)
    closing: dict[str, Callable[[Op], None]] = field(default_factory=dict)  # done once, after the last verb
    seq: int = 0

    def check(self, verb: str) -> None:
        """Raise Forbidden, with the role that is needed, unless this member may do `verb`."""
        roles.check(self.by.role, verb)

    def may(self, verb: str) -> bool:
        return roles.allows(self.by.role, verb)

    def log(
        self,
        kind: str,
        row: models.Model,
        payload: Mapping[str, object] | None = None,
        *,
        document_id: int | None = None,
        touched: Sequence[tuple[str, int]] = (),
    ) -> None:
        """Note that `row` changed. The payload must say from what to what, so that history reads and undo works."""
        name = row._meta.model_name or ""
        version = int(getattr(row, "version", 0) or 0)
        self.lines.append(Line(kind, name, int(row.pk), version, payload or {}, document_id, touched))

    def tell(self, people: Iterable[int | None], reason: str, *, by_itself: bool = False) -> None:
        """The last line concerns these members; nobody is told one thing twice, nor what they did themselves, unless
        it happened `by_itself` in their name."""
        for pk in people:
            if pk is not None and (by_itself or pk != self.by.pk):
                self.lines[-1].concerns.setdefault(pk, reason)


def encode(payload: Mapping[str, object]) -> str:
    """The exact JSON text that is stored and hashed: sorted keys, no spaces."""
    return orjson.dumps(payload, option=orjson.OPT_SORT_KEYS, default=str).decode()


def chain(previous: str, seq: int, at: str, actor: int | None, op: str, kind: str, thing: str, sha: str) -> str:
    """The hash of one line of history: sha256 over its fields and the hash before it (DESIGN.md 5)."""
    text = "\n".join((previous, str(seq), at, str(actor or ""), op, kind, thing, sha))
    return hashlib.sha256(text.encode()).hexdigest()


def new_key() -> str:
    return str(uuid.uuid4())


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@contextmanager
def writing(*, by: Member, key: str = "", request: str = "") -> Iterator[Op]:
    """Open an Op for this member; commit its rows and events together, or nothing.

    `key` is the Idempotency-Key (at most 64 characters; made here when empty), `request` a digest of what was asked.
    Raises Replayed when the key was used for the same request, Unprocessable when it was used for another one.
    """
    if len(key) > MAX_KEY:
        raise Unprocessable(
            "key_too_long", noop("The Idempotency-Key is longer than %(limit)s characters."), limit=MAX_KEY
        )
    op = Op(by.corpus, by, key or new_key(), timezone.now(), request)
    try:
        with transaction.atomic():
            if key:
                replay(by, key, request)
            yield op
            for close in op.closing.values():
                close(op)
            search_entries.follow(op.corpus.pk, op.lines)
            append(op)
    except IntegrityError:
        if key:  # two requests with one key raced: the loser sees what the winner did
            replay(by, key, request)
        raise


def replay(by: Member, key: str, request: str) -> None:
    if not used(by.pk, key):
        return
    events = list(Event.objects.filter(actor=by, op=key).order_by("part"))
    if request and orjson.loads(events[0].payload or "{}").get("request", request) != request:
        raise Unprocessable("key_reused", noop("This Idempotency-Key was used for another request; use a new one."))
    raise Replayed(events)


def used(actor: int, key: str) -> bool:
    """Whether this member wrote under this key; asked before every write that has one, hence without the ORM."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM annotations_event WHERE actor_id = %s AND op = %s LIMIT 1", [actor, key])
        return cursor.fetchone() is not None


def take_seqs(corpus_id: int, count: int) -> tuple[int, str]:
    """Move the head of the corpus forward; return the seq before and the hash of the last event. Locks the head
    until commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotations_corpushead SET seq = seq + %s WHERE corpus_id = %s RETURNING seq, hash",
            [count, corpus_id],
        )
        row = cursor.fetchone()
    return int(row[0]) - count, str(row[1])


def append(op: Op) -> None:
    """Write the Lines of this Op as Events and move the head."""
    if not op.lines:
        return
    at = stamp(op.at)
    seq, previous = take_seqs(op.corpus.pk, len(op.lines))
    rows = []
    for part, line in enumerate(op.lines):
        seq += 1
        body = {**line.payload, "request": op.request} if part == 0 and op.request else line.payload
        payload = encode(body)
        sha = hashlib.sha256(payload.encode()).hexdigest()
        thing = f"{line.object_type}:{line.object_id}:{line.object_version}"
        previous = chain(previous, seq, at, op.by.pk, op.key, line.kind, thing, sha)
        rows.append((
            op.corpus.pk, seq, at, op.by.pk, op.key, part, line.kind, line.object_type, line.object_id,
            line.object_version, line.document_id, payload, sha, previous,
        ))  # fmt: skip
    bulk_rows.write(Event._meta.db_table, COLUMNS, rows)
    note_touched(op, seq - len(op.lines))
    note_concerned(op, seq - len(op.lines))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE annotations_corpushead SET hash = %s WHERE corpus_id = %s", [previous, op.corpus.pk])
    op.seq = seq
    wake.written(op.corpus.pk, seq)


def note_touched(op: Op, before: int) -> None:
    """Which objects the events after seq `before` touched besides their own."""
    if not any(line.touched for line in op.lines):
        return
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [op.corpus.pk, before])
        stored = [event for (event,) in cursor.fetchall()]
    touched = [(event, kind, pk) for event, line in zip(stored, op.lines, strict=True) for kind, pk in line.touched]
    bulk_rows.insert(EventObject, ("event_id", "object_type", "object_id"), touched)


def note_concerned(op: Op, before: int) -> None:
    """Whom the events after seq `before` concern."""
    found = [(pk, before + part, why) for part, line in enumerate(op.lines, 1) for pk, why in line.concerns.items()]
    if found:
        rows = [Notice(corpus=op.corpus, member_id=pk, seq=seq, reason=why) for pk, seq, why in found]
        Notice.objects.bulk_create(rows)


def changes(row: models.Model, values: Mapping[str, object]) -> dict[str, list[object]]:
    """Set `values` on the row and return {field: [from, to]} for those that differ. Does not save."""
    found: dict[str, list[object]] = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            found[name] = [plain(before), plain(value)]
            setattr(row, name, value)
    return found


def plain(value: object) -> object:
    """A value as it stands in a payload: rows by id, dates as text."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, (str, int, float, bool, list, dict)) or value is None:
        return value
    return str(value)
