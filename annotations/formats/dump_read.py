"""Reading the lossless dump back, strictly: what does not fit is refused with the record and the remedy named.

Within schema 1 a newer program may have added fields or tables; they do not stop the reading, but a notice names each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass
from typing import Any, BinaryIO

import orjson

from annotations.formats.dump import NAME, SCHEMA
from annotations.formats.shapes import Misfit, decoder
from annotations.records import ADDED, TABLES, CorpusRecord, Notice
from annotations.rules.errors import Invalid, Msgid, Unreadable, noop

_HEAD = frozenset(("format", "schema", "corpus"))


@dataclass(frozen=True, slots=True)
class Dump:
    """A parsed dump. `corpus` has an empty uid and slug: the house that imports gives them. Tables as in TABLES."""

    corpus: CorpusRecord
    tables: Mapping[str, list[Any]]  # Any: each table holds the record type that TABLES names
    notices: tuple[Notice, ...] = ()


def read(source: bytes | BinaryIO) -> Dump:
    """Everything in a dump. Raises Unreadable for broken JSON, Invalid for anything that is not a dump of schema 1."""
    parsed = _parse(source if isinstance(source, bytes) else source.read())
    _check_head(parsed)
    unknown: Counter[str] = Counter(f"table {name}" for name in parsed.keys() - TABLES.keys() - _HEAD)
    corpus = _corpus(parsed["corpus"], unknown)
    tables = {name: _table(name, kind, parsed.pop(name, []), unknown) for name, kind in TABLES.items()}
    return Dump(corpus, tables, tuple(_notices(unknown)))


def _parse(data: bytes) -> dict[str, Any]:
    try:
        parsed = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        message = noop(
            "The dump is broken at line %(line)s, column %(column)s: %(reason)s. Nothing was read; "
            "send the file as it was exported, or export it again."
        )
        raise Unreadable("dump-broken", message, line=error.lineno, column=error.colno, reason=error.msg) from error
    if not isinstance(parsed, dict) or parsed.get("format") != NAME:
        message = noop("This is JSON, but not a complete dump of a corpus. Choose another import format for it.")
        raise Invalid("dump-foreign", message)
    return parsed


def _check_head(parsed: Mapping[str, object]) -> None:
    if type(parsed.get("schema")) is not int or parsed["schema"] != SCHEMA:
        message = noop(
            "This dump has schema %(found)s; schema %(known)s can be read here. "
            "Export it with a program of this version, or update this one."
        )
        raise Invalid("dump-schema", message, found=_shown(parsed.get("schema", MISSING)), known=SCHEMA)
    for name in ("corpus", *TABLES):
        if name not in parsed and name not in ADDED:
            message = noop('The dump has no "%(table)s": it was cut or edited. Export it again.')
            raise Invalid("dump-table-missing", message, table=name)


def _corpus(value: object, unknown: Counter[str]) -> CorpusRecord:
    """The corpus: uid and slug come from the house that imports."""
    if not isinstance(value, dict):
        raise _misfit("corpus", 0, value, Misfit(noop("an object"), value))
    given = {name: value[name] for name in value if name not in ("uid", "slug")}
    try:
        record: CorpusRecord = decoder(CorpusRecord)({**given, "uid": "", "slug": ""}, unknown)
    except Misfit as misfit:
        raise _misfit("corpus", 0, value, misfit) from None
    return record


def _table(name: str, kind: type, values: object, unknown: Counter[str]) -> list[Any]:
    if not isinstance(values, list):
        raise _misfit(name, 0, values, Misfit(noop("a list"), values))
    read_record = decoder(kind)
    records: list[Any] = []
    try:
        for value in values:
            records.append(read_record(value, unknown))
    except Misfit as misfit:
        raise _misfit(name, len(records) + 1, values[len(records)], misfit) from None
    _check_unique(name, records)
    return records


def _check_unique(table: str, records: list[Any]) -> None:
    seen: dict[str, int] = {}
    for number, record in enumerate(records, 1):
        first = seen.setdefault(record.uid, number)
        if first != number:
            message = noop(
                "%(table)s: records %(first)s and %(number)s have the same uid %(uid)s. "
                "Remove one of them from the file."
            )
            raise Invalid("dump-twice", message, table=table, first=first, number=number, uid=record.uid)


def _misfit(table: str, number: int, value: object, misfit: Misfit) -> Invalid:
    uid = value.get("uid", "") if isinstance(value, dict) else ""
    message = noop(
        "%(table)s, record %(number)s (%(uid)s): %(path)s should be %(expected)s, but is %(found)s. "
        "Nothing was read; correct it in the file, or export it again."
    )
    return Invalid(
        "dump-record",
        message,
        field=f"{table}[{number}]",
        table=table,
        number=number,
        uid=uid or "?",
        path=misfit.path or table,
        expected=Msgid(misfit.expected),
        found=_shown(misfit.found),
    )


def _shown(value: object) -> str:
    """A short sign of a wrong value."""
    if value is MISSING:
        return Msgid(noop("missing"))
    if isinstance(value, list):
        return Msgid(noop("a list"))
    if isinstance(value, dict):
        return Msgid(noop("an object"))
    text = orjson.dumps(value).decode()
    return text if len(text) <= 40 else text[:39] + "…"


def _notices(unknown: Counter[str]) -> Iterator[Notice]:
    template = noop("Not known to this version and left out: %(name)s (%(count)s times).")
    for name, count in sorted(unknown.items()):
        yield Notice("dump-unknown", template, {"name": name, "count": count})
