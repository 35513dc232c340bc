"""A codebook out of a file: sets and tags met by uid, code or name; what the file does not say stays, nothing goes.

Looking at a file does all of it and takes it back, so that the preview is what will come.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from annotations.formats.codebook_rows import Content, uid_of
from annotations.models import Member, Tag, TagSet
from annotations.rules import editions as compared
from annotations.rules import vocabulary
from annotations.rules.editions import Change
from annotations.rules.errors import Invalid, noop
from annotations.services import codebook, editions, limits, placing
from annotations.services.op import Op, writing

LONGEST = {"name": 80, "label": 80, "label_zh_hans": 80, "label_zh_hant": 80, "code": 60, "key": 1}
TEXT = 20_000
TEXTS = (
    "label", "label_zh_hans", "label_zh_hant", "definition", "definition_zh_hans", "definition_zh_hant", "use_when",
    "not_when", "examples", "colour", "key",
)  # fmt: skip
Row = Mapping[str, Any]


class _Looked(Exception):
    """Raised to take back what was done only to be looked at."""


def preview(member: Member, content: Content) -> list[Change]:
    """What `apply` would change, in the words of two editions; nothing is stored."""
    before = editions.content(member.corpus)
    after: Content = before
    try:
        with writing(by=member) as op:
            apply(op, content)
            after = editions.content(op.corpus)
            raise _Looked
    except _Looked:
        return compared.compare(before, after)


def apply(op: Op, content: Content) -> None:
    """Add what is new, change what the file says otherwise. Empty values change nothing, tags that the file does not
    have stay, and retired tags that are not here are left out."""
    op.check("manage_codebook")
    limits.check("codebook_tags", len(content["tags"]), "file")
    sets = {row["uid"]: _set(op, row) for row in content["tag_sets"]}
    made: dict[str, Tag] = {}
    for row in content["tags"]:
        _check(row)
        tag = _tag(op, sets[row["tag_set"]], row)
        if tag is not None:
            made[row["uid"]] = tag
    for row in content["tags"]:
        tag, above = made.get(row["uid"]), made.get(row["parent"] or "")
        if tag is not None and above is not None and tag.parent_id != above.pk:
            placing.place_tag(op, tag, tag.tag_set, above)


def _check(row: Row) -> None:
    for name, value in row.items():
        most = LONGEST.get(name, TEXT)
        if isinstance(value, str) and len(value) > most:
            message = noop("“%(label)s…” is longer than %(limit)s characters.")
            raise Invalid("codebook_value_long", message, field=name, label=value[:40], limit=most)
        if isinstance(value, str) and "\x00" in value:
            raise Invalid(
                "bad_characters", noop("“%(name)s” holds characters that cannot be stored."), field=name, name=name
            )


def _uid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(uid_of(text))


def _set(op: Op, row: Row) -> TagSet:
    _check(row)
    vocabulary.TAG_SCOPES.check(row["scope"], "scope")
    live = list(TagSet.objects.filter(corpus=op.corpus, removed_at=None))
    uid, name = _uid(row["uid"]), codebook.name_key(row["name"])
    found = next((one for one in live if one.uid == uid and one.scope == row["scope"]), None) or next(
        (one for one in live if one.scope == row["scope"] and codebook.name_key(one.name) == name), None
    )
    if found is None:
        taken = TagSet.objects.filter(corpus=op.corpus, uid=uid).exists()
        return codebook.add_set(op, name=row["name"], scope=row["scope"], many=row["many"], uid=None if taken else uid)
    return codebook.update_set(op, found, name=row["name"] or found.name)


def _tag(op: Op, tag_set: TagSet, row: Row) -> Tag | None:
    """The tag as it is now; None for a retired one that is not here."""
    found = _here(op, tag_set, row)
    values = {name: row[name] for name in TEXTS if row.get(name)}
    if values.get("colour") not in vocabulary.PALETTE:
        values.pop("colour", None)
    if not _key_free(op, tag_set, found, str(values.get("key", ""))):
        del values["key"]
    if found is None:
        if row["deprecated"]:
            return None
        uid = _uid(row["uid"])
        if not Tag.objects.filter(corpus=op.corpus, uid=uid).exists():
            values["uid"] = uid
        return codebook.add_tag(op, tag_set, code=row["code"], **values)
    if found.tag_set_id != tag_set.pk:
        found = placing.place_tag(op, found, tag_set)
    if row["deprecated"] and not found.deprecated:
        values |= {"deprecated": True, "key": ""}
    return codebook.update_tag(op, found, **values)


def _here(op: Op, tag_set: TagSet, row: Row) -> Tag | None:
    """The tag that a row means: of its uid, else of its code, else of its name."""
    rows = Tag.objects.select_related("tag_set").filter(corpus=op.corpus)
    by_uid = rows.filter(uid=_uid(row["uid"]), tag_set__removed_at=None).first()
    if by_uid is not None:
        return by_uid
    inside = list(rows.filter(tag_set=tag_set))
    name = codebook.name_key(row["label"])
    return next((one for one in inside if row["code"] and one.code == row["code"]), None) or next(
        (one for one in inside if not one.deprecated and codebook.name_key(one.label) == name), None
    )


def _key_free(op: Op, tag_set: TagSet, tag: Tag | None, key: str) -> bool:
    """Whether the digit can be had; one that is taken stays where it is."""
    if not key:
        return True
    if key not in "123456789":
        return False
    others = Tag.objects.filter(corpus=op.corpus, key=key, deprecated=False, tag_set__scope=tag_set.scope)
    return not others.exclude(pk=tag.pk if tag else 0).exists()
