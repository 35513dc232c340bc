"""Two editions of a codebook compared: what became of each tag set and each tag, found by their uids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
Content = Mapping[str, Sequence[Row]]

LABELS = ("label", "label_zh_hans", "label_zh_hant", "code")
TEXTS = ("definition", "definition_zh_hans", "definition_zh_hant", "use_when", "not_when", "examples")
LOOKS = ("colour", "key", "order")
OF_SET = ("name", "scope", "many", "order")


@dataclass(frozen=True, slots=True)
class Field:
    """One field before and after."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """`kind`: a code of CODEBOOK_CHANGES; `thing`: tag_set or tag; `label`: its name in the later edition that has it;
    `other`: the name of the tag or set that it went to or came from."""

    kind: str
    thing: str
    uid: str
    label: str
    other: str = ""
    fields: tuple[Field, ...] = ()


def compare(old: Content, new: Content, labelled: str = "label") -> list[Change]:
    """What changed from `old` to `new`: sets first, then tags, in the order of the later edition; what is gone last.
    `labelled` is the column that names a tag, where it has one: label, label_zh_hans, label_zh_hant."""
    return [*_sets(old, new), *_tags(old, new, labelled)]


def _label(row: Row, labelled: str) -> str:
    return str(row.get(labelled) or row["label"])


def _sets(old: Content, new: Content) -> Iterator[Change]:
    before, after = _by_uid(old["tag_sets"]), _by_uid(new["tag_sets"])
    for uid, row in after.items():
        if uid not in before:
            yield Change("added", "tag_set", uid, row["name"])
        elif fields := _fields(before[uid], row, OF_SET):
            yield Change("changed", "tag_set", uid, row["name"], fields=fields)
    for uid, row in before.items():
        if uid not in after:
            yield Change("removed", "tag_set", uid, row["name"])


def _tags(old: Content, new: Content, labelled: str) -> Iterator[Change]:
    before, after = _by_uid(old["tags"]), _by_uid(new["tags"])
    names = {row["uid"]: row["name"] for row in (*old["tag_sets"], *new["tag_sets"])}
    labels = {row["uid"]: _label(row, labelled) for row in (*old["tags"], *new["tags"])}
    for uid, row in after.items():
        if uid in before:
            yield from _changed(before[uid], row, names, labels)
        elif origin := row.get("split_from"):
            yield Change("split", "tag", uid, labels[uid], other=labels.get(origin, ""))
        else:
            yield Change("added", "tag", uid, labels[uid], other=names.get(row["tag_set"], ""))
    for uid in before:
        if uid not in after:
            yield Change("removed", "tag", uid, labels[uid])


def _changed(old: Row, new: Row, names: Mapping[str, str], labels: Mapping[str, str]) -> Iterator[Change]:
    def change(kind: str, other: str = "", fields: tuple[Field, ...] = ()) -> Change:
        return Change(kind, "tag", new["uid"], labels[new["uid"]], other, fields)

    merged = new["merged_into"] if new["merged_into"] != old["merged_into"] else None
    if merged:
        yield change("merged", labels.get(merged, ""))
    elif new["deprecated"] and not old["deprecated"]:
        yield change("retired")
    elif old["deprecated"] and not new["deprecated"]:
        yield change("restored")
    if fields := _fields(old, new, LABELS):
        yield change("renamed", old["label"], fields)
    if new["tag_set"] != old["tag_set"] or new["parent"] != old["parent"]:
        above = new["parent"]
        yield change("moved", labels.get(above, "") if above else names.get(new["tag_set"], ""))
    if fields := _fields(old, new, TEXTS):
        yield change("redefined", fields=fields)
    if not merged and (fields := _fields(old, new, LOOKS)):
        yield change("dressed", fields=fields)


def _fields(old: Row, new: Row, names: Sequence[str]) -> tuple[Field, ...]:
    return tuple(
        Field(name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name, "") != new.get(name, "")
    )


def _by_uid(rows: Sequence[Row]) -> dict[str, Row]:
    return {row["uid"]: row for row in rows}
