"""One line of the tables: what a method of an address takes and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotations.http.fields import Body

Schema = Mapping[str, Any]
READS = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`name`: of the address in the URL conf. `answer`: a component, "" for none, "*/*" types for files.

    `many`: a page of them. `match`: needs If-Match (428, 412). `keyed`: takes an
    Idempotency-Key. `example`: a body that works in any corpus; the tests send it.
    """

    method: str
    name: str
    summary: str
    answer: str = ""
    status: int = 200
    body: Body | None = None
    query: Mapping[str, Schema] = field(default_factory=dict)
    many: bool = False
    match: bool = False
    keyed: bool = True
    upload: bool = False
    media: str = "application/json"
    example: Mapping[str, Any] | None = None

    @property
    def writes(self) -> bool:
        return self.method not in READS

    @property
    def success(self) -> int:
        return self.status if self.answer or self.media != "application/json" else 204
