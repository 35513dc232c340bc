"""A codebook as a table: one tag a row, in the order of the codebook; sets, parents and merges by their names.

UTF-8 with a byte order mark and CRLF, cells guarded against formulas. Reading needs a column `label`; everything else
may be missing, and columns may stand in any order.
"""

from __future__ import annotations

import csv
import io
from dataclasses import asdict

from annotations.formats.codebook_rows import SCOPE, Content, problem, set_row, tag_row, uid_of
from annotations.formats.guard import guard_row, unguard
from annotations.records import TagRecord, TagSetRecord
from annotations.rules.errors import noop

COLUMNS = (
    "set", "scope", "many", "code", "label", "label_zh_hans", "label_zh_hant", "definition", "definition_zh_hans",
    "definition_zh_hant", "use_when", "not_when", "examples", "colour", "key", "parent", "retired", "merged_into",
    "split_from", "uid", "set_uid",
)  # fmt: skip
TEXTS = COLUMNS[3:15]
YES = frozenset({"1", "yes", "true", "x", "是"})
MOST = 5_000
_NAMELESS = "Codebook"


def write(content: Content, number: int) -> bytes:
    sets = {row["uid"]: row for row in content["tag_sets"]}
    codes = {row["uid"]: row["code"] for row in content["tags"]}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for tag in content["tags"]:
        its = sets[tag["tag_set"]]
        known = {
            "set": its["name"], "scope": its["scope"], "many": "yes" if its["many"] else "no",
            "parent": codes.get(tag["parent"], ""), "retired": "yes" if tag["deprecated"] else "",
            "merged_into": codes.get(tag["merged_into"], ""), "split_from": codes.get(tag.get("split_from"), ""),
            "uid": tag["uid"], "set_uid": its["uid"],
        }  # fmt: skip
        row = [str(known.get(name, tag.get(name, ""))) for name in COLUMNS]
        writer.writerow(guard_row(row))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def read(data: bytes, filename: str) -> Content:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise problem(filename, noop("%(name)s is not UTF-8. Save it as “CSV UTF-8” and try again.")) from None
    if "\x00" in text:
        raise problem(filename, noop("%(name)s is not a table of tags."))
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey=None, restval=""))
    except csv.Error:
        raise problem(filename, noop("%(name)s is not a table of tags.")) from None
    if not rows or "label" not in _names(rows[0]):
        raise problem(filename, noop("%(name)s has no column “label”, which names the tags."))
    if len(rows) > MOST:
        raise problem(filename, noop("%(name)s has more than %(limit)s rows."), limit=MOST)
    return _content([_names(row) for row in rows], filename)


def _names(row: dict[str, str]) -> dict[str, str]:
    return {
        str(name).strip().lower(): unguard((value or "").strip())
        for name, value in row.items()
        if isinstance(value, str)
    }


def _content(rows: list[dict[str, str]], filename: str) -> Content:
    sets: dict[tuple[str, str], TagSetRecord] = {}
    tags: list[TagRecord] = []
    codes: dict[tuple[str, str], str] = {}
    for line, row in enumerate(rows, 2):
        if not any(row.values()):
            continue
        if not row["label"]:
            raise problem(filename, noop("%(name)s, row %(line)s: the tag has no name."), line=line)
        name, scope = row.get("set") or _NAMELESS, row.get("scope") or SCOPE
        uid = row.get("set_uid") or uid_of(f"set {scope} {name}")
        many = row.get("many", "yes").lower() not in ("no", "0", "false", "否")
        its = sets.setdefault((scope, name), set_row(uid=uid, name=name, scope=scope, many=many, order=len(sets) + 1))
        tag = tag_row(
            uid=row.get("uid") or uid_of(f"tag {its.uid} {row['label']}"), tag_set=its.uid, order=len(tags) + 1,
            deprecated=row.get("retired", "").lower() in YES, **{field: row.get(field, "") for field in TEXTS},
        )  # fmt: skip
        for said in filter(None, (tag.code, tag.label)):
            codes.setdefault((its.uid, said), tag.uid)
        tags.append(tag)
    tied = [_tied(tag, row, codes) for tag, row in zip(tags, (row for row in rows if any(row.values())), strict=True)]
    return {"tag_sets": [asdict(row) for row in sets.values()], "tags": tied}


def _tied(tag: TagRecord, row: dict[str, str], codes: dict[tuple[str, str], str]) -> dict[str, object]:
    """The tag above it, named by code or label."""
    return {**asdict(tag), "parent": codes.get((tag.tag_set, row.get("parent", "")))}
