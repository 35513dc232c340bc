"""What the steps of an import share: who writes, which uid became which id, what was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from annotations.models import Corpus, StoredFile
from annotations.rules.errors import Invalid, noop
from annotations.services.op import Op
from annotations.services.restore.prepare import Ready
from annotations.services.texts import Text

BATCH = 500
#: Tables whose rows have a history of their own.
TOLD = frozenset(("documents", "annotations", "statements", "sources"))
REFUSALS = (IntegrityError, DataError, ValidationError, ValueError, OverflowError)
Record = Any  # one of the record types of annotations/records.py
Row = Any  # a row of the model that belongs to it


class Restoring:
    """The state of one import. `ids[table][uid]` is the id of a row here, old or new."""

    def __init__(self, op: Op, ready: Ready) -> None:
        self.op = op
        self.ready = ready
        self.corpus: Corpus = op.corpus
        self.ids: dict[str, dict[str, int]] = {}
        #: By uid of their version. Not in the cache of services/texts.py: until the commit there are no such versions.
        self.texts: dict[str, Text] = {}
        self.made: Counter[str] = Counter()
        self.touched: list[tuple[str, int]] = []
        self.renumbered: list[tuple[str, str]] = []

    def know(self, table: str, model: Any) -> dict[str, int]:
        """The ids of a table by uid: of the rows that are here already, and of those that were written since."""
        if table not in self.ids:
            rows = model.objects.filter(corpus=self.corpus).values_list("uid", "pk")
            self.ids[table] = {str(uid): pk for uid, pk in rows}
        return self.ids[table]

    def write(
        self, table: str, model: Any, records: Iterable[Record], build: Callable[[Record], Row]
    ) -> list[tuple[Record, Row]]:
        """Store those records that are not here yet; the pairs of record and stored row."""
        known = self.know(table, model)
        new = [record for record in records if record.uid not in known]
        pairs = [(record, build(record)) for record in new]
        for start in range(0, len(pairs), BATCH):
            self._store(table, model, pairs[start : start + BATCH])
        for record, row in pairs:
            self.keep(table, record.uid, row)
        return pairs

    def _store(self, table: str, model: Any, pairs: Sequence[tuple[Record, Row]]) -> None:
        """All at once; when the database refuses, one by one to find and name the one it will not have."""
        try:
            with transaction.atomic():
                model.objects.bulk_create([row for _, row in pairs])
        except REFUSALS:
            for record, row in pairs:
                self._store_one(table, record, row)

    def _store_one(self, table: str, record: Record, row: Row) -> None:
        try:
            with transaction.atomic():
                row.pk = None if row._meta.pk.auto_created else row.pk
                row.save(force_insert=True)
        except REFUSALS as error:
            message = noop("%(table)s, record %(uid)s, cannot be stored: %(reason)s. Nothing was imported.")
            reason = str(error).splitlines()[0]
            raise Invalid("dump_refused", message, table=table, uid=record.uid, reason=reason) from error

    def link(self, model: Any, rows: Iterable[Row]) -> None:
        """Store rows that have no uid of their own."""
        model.objects.bulk_create(list(rows), batch_size=BATCH)

    def keep(self, table: str, uid: str, row: Row) -> None:
        """Count a row that was made and remember its id."""
        self.ids[table][uid] = row.pk
        self.made[table] += 1
        if table in TOLD:
            self.touched.append((row._meta.model_name, row.pk))

    def id(self, table: str, uid: str | None) -> int | None:
        """The id of a uid (that the dump holds it was checked before); None for None."""
        return None if uid is None else self.ids[table][uid]

    def file(self, sha256: str) -> StoredFile | None:
        """The row of a file, whose bytes a dump does not carry."""
        if not sha256:
            return None
        row, _ = StoredFile.objects.get_or_create(
            corpus=self.corpus, sha256=sha256, defaults={"size": 0, "created_at": self.op.at}
        )
        return row

    def member(self, uid: str | None) -> int | None:
        return self.id("members", uid)

    def tags(self, uids: Iterable[str]) -> list[int]:
        """The ids of tags, each once: two of a dump may be one here."""
        return list(dict.fromkeys(self.ids["tags"][uid] for uid in uids))

    def when(self, text: str) -> datetime:
        """A time of a record; older dumps do not tell it: then it is now."""
        return moment(text) if text else self.op.at


def some_moment(text: str) -> datetime | None:
    """A time that may be missing."""
    return moment(text) if text else None


def moment(text: str) -> datetime:
    """A time of a record."""
    return datetime.fromisoformat(text)
