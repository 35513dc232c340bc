"""A codebook as a file and back: our own JSON, CSV for spreadsheets, and .qdc, which programs for qualitative research
exchange. One entry each in CODEBOOK_FORMATS. What is read has the shape of an edition: sets and tags, references by
uid; what a file does not say has the value of a new tag."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from annotations.formats import codebook_csv, codebook_qdc
from annotations.formats.codebook_rows import Content, problem, set_row, tag_row, uid_of
from annotations.records import TagRecord, TagSetRecord
from annotations.rules.errors import noop

NAME, SCHEMA = "aigov-codebook", 1
SET_FIELDS = tuple(field.name for field in fields(TagSetRecord))
TAG_FIELDS = tuple(field.name for field in fields(TagRecord))


@dataclass(frozen=True, slots=True)
class CodebookFormat:
    """`label`: a msgid; `write`: an edition and its number; `read`: Unreadable with the reason."""

    name: str
    label: str
    extension: str
    mime: str
    write: Callable[[Content, int], bytes]
    read: Callable[[bytes, str], Content]


def write_json(content: Content, number: int) -> bytes:
    found = {"format": NAME, "schema": SCHEMA, "edition": number, **content}
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


def read_json(data: bytes, filename: str) -> Content:
    """Ours, or the sets and tags of a dump; unknown fields are left alone."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise problem(filename, noop("%(name)s is not JSON.")) from None
    if not isinstance(found, dict) or found.get("format") not in (NAME, "aigov"):
        raise problem(filename, noop("%(name)s is not a codebook of aigov."))
    sets = [set_row(**_known(row, SET_FIELDS, filename)) for row in _list(found, "tag_sets", filename)]
    tags = [tag_row(**_known(row, TAG_FIELDS, filename)) for row in _list(found, "tags", filename)]
    names = {row.uid for row in sets}
    if any(tag.tag_set not in names for tag in tags):
        raise problem(filename, noop("%(name)s has a tag without its tag set."))
    return {"tag_sets": [asdict(row) for row in sets], "tags": [asdict(row) for row in tags]}


def _list(found: Mapping[str, Any], name: str, filename: str) -> Sequence[Any]:
    rows = found.get(name, [])
    if not isinstance(rows, list):
        raise problem(filename, noop("%(name)s is not a codebook of aigov."))
    return rows


def _known(row: object, names: Sequence[str], filename: str) -> dict[str, Any]:
    """The fields of a row that we know, each of the type that it has to be."""
    if not isinstance(row, dict):
        raise problem(filename, noop("%(name)s is not a codebook of aigov."))
    kinds: Mapping[str, type] = {"many": bool, "closed": bool, "deprecated": bool, "order": int}
    found = {}
    for name in names:
        value = row.get(name)
        if value is None:
            continue
        if not isinstance(value, kinds.get(name, str)) or (name == "order" and isinstance(value, bool)):
            raise problem(filename, noop("%(name)s: “%(column)s” has the wrong type."), column=name)
        found[name] = value
    return {"uid": uid_of(str(row)), **found}


_TABLE = (
    CodebookFormat("json", noop("JSON, whole"), "json", "application/json", write_json, read_json),
    CodebookFormat(
        "csv", noop("CSV for spreadsheets"), "csv", "text/csv; charset=utf-8", codebook_csv.write, codebook_csv.read
    ),
    CodebookFormat(
        "qdc", noop("QDC for programs of qualitative research"), "qdc", "application/xml", codebook_qdc.write,
        codebook_qdc.read,
    ),
)  # fmt: skip
CODEBOOK_FORMATS: Mapping[str, CodebookFormat] = {each.name: each for each in _TABLE}


def format_of(data: bytes, filename: str) -> CodebookFormat:
    """The format of a file by what it holds: an object, a mark-up, else a table."""
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    name = "json" if start.startswith(b"{") else "qdc" if start.startswith(b"<") else "csv"
    return CODEBOOK_FORMATS[name]
