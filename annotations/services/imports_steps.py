"""The steps of an import on its page: columns, preview, import in slices; everything between them is kept in a file."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from typing import Any

from annotations.formats.spreadsheet import read_table
from annotations.formats.spreadsheet_plan import guess_mapping
from annotations.formats.table import Table
from annotations.models import Member
from annotations.rules import roles
from annotations.rules.errors import Invalid, noop
from annotations.services import imports_kept, imports_rows, imports_run, imports_states, imports_table, limits
from annotations.services.imports import as_data
from annotations.services.imports_kept import Kept
from annotations.services.imports_run import TABLES, VERBS, Asked
from annotations.services.imports_table import Choice

TABLE = "table"
#: Seconds that one request may import; then the page tells how far it got.
PATIENCE = 8.0
SLICE = 50


def start(member: Member, data: bytes, name: str) -> Kept:
    """Keep an upload and read what it is; raises a Problem, and keeps nothing, when it can not be read."""
    limits.check("upload_bytes", len(data), "file")
    if not data:
        raise Invalid("file_empty", noop("%(name)s is empty."), field="file", name=name)
    format = imports_run.format_of(data, name)
    roles.check(member.role, VERBS[format])
    if format in TABLES:
        table = read_table(data, name)
        kept = imports_kept.keep(member, TABLE, name, data)
        use_table(kept, table)
        return kept
    report = imports_run.run(member, data, name, Asked(format=format, dry_run=True))
    kept = imports_kept.keep(member, format, name, data)
    kept.state = {"report": as_data(report), "document": None}
    imports_kept.save(kept)
    return kept


def use_table(kept: Kept, table: Table) -> None:
    """Begin (again) with this sheet."""
    kept.state = {
        "table": {"columns": table.columns, "rows": table.rows, "lines": table.lines},
        "sheet": table.sheet, "sheets": [table.sheet, *table.other_sheets] if table.sheet else [],
        "mapping": guess_mapping(table.columns), "kind": "", "document": None, "choices": {}, "items": None,
    }  # fmt: skip
    imports_kept.save(kept)


def choose_sheet(kept: Kept, sheet: str) -> None:
    use_table(kept, read_table(kept.data, kept.name, sheet))


def choose_columns(
    member: Member, kept: Kept, mapping: Mapping[str, str], kind: str = "", document: int | None = None
) -> None:
    """Look for every row. What was typed is kept also when it cannot be used."""
    kept.state.update(mapping=dict(mapping), kind=kind, document=document, choices={}, items=None)
    imports_kept.save(kept)
    imports_run.check(member, Asked(kind=kind, document=document))
    _examine(member, kept)


def _examine(member: Member, kept: Kept) -> None:
    plain = kept.state["table"]
    table = Table(tuple(plain["columns"]), tuple(map(tuple, plain["rows"])), tuple(plain["lines"]))
    rows = imports_table.read_rows(table, kept.state["mapping"])
    items = imports_table.examine(member, rows, Choice(kept.state["kind"], kept.state["document"]))
    kept.state["items"] = imports_states.dump(items)
    imports_kept.save(kept)


def choose_places(kept: Kept, choices: Mapping[int, int | None]) -> None:
    """Which of several places a row means: index from 0, None for not yet."""
    for number, index in choices.items():
        if index is None:
            kept.state["choices"].pop(str(number), None)
        else:
            kept.state["choices"][str(number)] = index
    imports_kept.save(kept)


def choose_document(member: Member, kept: Kept, document: int | None) -> None:
    """Annotations whose own document is not known are looked for in this one."""
    imports_run.check(member, Asked(document=document))
    report = imports_run.run(member, kept.data, kept.name, Asked(kept.kind, document=document, dry_run=True))
    kept.state.update(report=as_data(report), document=document)
    imports_kept.save(kept)


def go_on(member: Member, kept: Kept) -> bool:
    """Import, for as long as one request may; whether all is done. To be called again until it is."""
    if kept.kind == TABLE:
        done = _rows(member, kept)
    else:
        asked = Asked(kept.kind, document=kept.state["document"])
        kept.state["report"] = as_data(imports_run.run(member, kept.data, kept.name, asked))
        done = kept.state["done"] = True
    imports_kept.save(kept)
    return done


def _rows(member: Member, kept: Kept) -> bool:
    until = time.monotonic() + PATIENCE
    progress: dict[str, Any] = kept.state.setdefault("progress", {"position": 0, "made": {}})
    if progress["position"] == 0:
        _place_choices(member, kept)
    plain = kept.state["items"]
    made = Counter(progress["made"])
    while progress["position"] < len(plain) and time.monotonic() < until:
        here = slice(progress["position"], progress["position"] + SLICE)
        items = imports_states.load(plain[here])
        made += imports_rows.store(member, items, kept.name, "xlsx" if kept.state["sheet"] else "csv").made
        plain[here] = imports_states.dump(items)
        progress.update(position=here.stop, made=dict(made))
    kept.state["done"] = progress["position"] >= len(plain)
    return bool(kept.state["done"])


def _place_choices(member: Member, kept: Kept) -> None:
    """Give the chosen rows their place."""
    items = imports_states.load(kept.state["items"])
    places = {int(number): index for number, index in kept.state["choices"].items()}
    imports_table.settle(member, items, places)
    kept.state["items"] = imports_states.dump(items)
