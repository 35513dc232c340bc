"""What the address of the Tracker asks for, read once and written back in one canonical form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from annotations.filters import StatementFilter, filters_of
from annotations.filters.orders import key_of
from annotations.models import Member
from annotations.services.tracker import columns, groups, script
from annotations.services.tracker.columns import Column
from annotations.services.tracker.table import MOST, SIZE

#: The shape of the list, as it stands in an address; `view`, `page` and `open` are no part of a saved view.
SHAPE = ("ordering", "group", "columns", "script")


@dataclass(frozen=True, slots=True)
class Asked:
    """`filters`: name -> values; `chosen`: codes of columns, () for the usual ones; `open`: label in the pane."""

    filters: Mapping[str, list[str]]
    ordering: str = ""
    group: str = ""
    chosen: tuple[str, ...] = ()
    script: str = ""
    view: str = ""
    page: int = 1
    size: int = SIZE
    open: str = ""

    def query(self, **changes: object) -> str:
        """The canonical query string with these changes; a filter or a part of the shape that is empty is left out."""
        known = [name for name in StatementFilter.base_filters if name in self.filters]
        names = [*known, *(name for name in self.filters if name not in known)]  # a misspelt one is refused by its name
        values: dict[str, object] = {name: ",".join(self.filters[name]) for name in names}
        values |= {"ordering": "" if self.ordering == "number" else self.ordering, "group": self.group}
        values |= {"columns": ",".join(self.chosen), "script": self.script, "view": self.view}
        values |= {"page_size": self.size if self.size != SIZE else "", "page": self.page if self.page > 1 else ""}
        values |= {"open": self.open}
        return urlencode({name: value for name, value in (values | changes).items() if value}, safe=",")

    def listed(self, **changes: object) -> str:
        """The query of the list itself: no page, nothing open."""
        return self.query(**({"page": "", "open": ""} | changes))

    def kept(self) -> str:
        """What a saved view keeps: filters and shape but its columns, which stand beside it."""
        return self.query(view="", page="", open="", columns="", page_size="")

    def narrowed(self) -> str:
        """The filters alone, as exports and bulk actions take them."""
        return self.query(view="", page="", open="", columns="", page_size="", ordering="", group="", script="")


def read(query: QueryDict, choosable: Sequence[Column]) -> Asked:
    """The asked list; Invalid where a name or a value makes no sense (filters are judged by filters.statements)."""
    one = {name: str(query.get(name, "")).strip() for name in (*SHAPE, "view", "open", "page", "page_size")}
    key_of(one["ordering"])
    usual = {column.code for column in choosable if not column.asked}
    codes = [code for value in query.getlist("columns") for code in value.split(",") if code]
    chosen = () if set(codes) == usual else tuple(column.code for column in choosable if column.code in codes)
    return Asked(
        filters=joined(filters_of(query)), ordering=one["ordering"], group=groups.check(one["group"]), chosen=chosen,
        script=script.check(one["script"]), view=one["view"], open=one["open"], page=number(one["page"], 1, 10**6),
        size=number(one["page_size"], SIZE, MOST),
    )  # fmt: skip


def joined(filters: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Each value on its own, whether it came repeated or after a comma; the text of a search stays whole."""
    found = {}
    for name, values in filters.items():
        parts = values[-1:] if name in ("q", "about") else [part for value in values for part in value.split(",")]
        found[name] = list(dict.fromkeys(part.strip() for part in parts if part.strip()))
    return found


def number(text: str, default: int, most: int) -> int:
    """A page number as people type it: nonsense gives the default, too much the most."""
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 9 else default


def columns_of(member: Member, asked: Asked, choosable: Sequence[Column]) -> list[Column]:
    return columns.shown(choosable, asked.chosen)
