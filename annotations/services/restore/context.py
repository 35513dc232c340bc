"""What the steps of an import share: who writes, which uid became which id, what was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from annotations.models import Corpus
from annotations.services.op import Op


class Restoring:
    """The state of one import. `ids[table][uid]` is the id of a row here, old or new."""

    def __init__(self, op: Op) -> None:
        self.op = op
        self.corpus: Corpus = op.corpus
        self.ids: dict[str, dict[str, int]] = {}
        self.made: Counter[str] = Counter()
        self.touched: list[tuple[str, int]] = []
        self.renumbered: list[tuple[str, str]] = []

    def new(self, table: str, model: Any, records: Iterable[Any]) -> list[Any]:
        """The records that are not here yet; those that are go into the id table."""
        present = {str(uid): pk for uid, pk in model.objects.filter(corpus=self.corpus).values_list("uid", "pk")}
        self.ids.setdefault(table, {}).update(present)
        return [record for record in records if record.uid not in present]

    def keep(self, table: str, uid: str, row: Any) -> None:
        self.ids.setdefault(table, {})[uid] = row.pk
        self.made[table] += 1
        if table in ("documents", "annotations", "statements"):
            self.touched.append((row._meta.model_name, row.pk))

    def id(self, table: str, uid: str | None) -> int | None:
        """The id of a uid; KeyError when neither the dump nor the corpus has it."""
        return None if uid is None else self.ids[table][uid]

    def member(self, uid: str | None) -> int | None:
        return self.id("members", uid)


def moment(text: str) -> datetime | None:
    """A time of a record; None for ""."""
    return datetime.fromisoformat(text) if text else None
