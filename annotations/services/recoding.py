"""The codebook changed together with what carries its tags: merged, split, moved. One Op, one event for each pair of
tags; the rows it touched stand beside the event, so that undo knows them (services/recoding_undo.py)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F

from annotations.models import (
    Annotation,
    AnnotationTag,
    Document,
    DocumentTag,
    Statement,
    StatementTag,
    Tag,
    TagSet,
)
from annotations.rules.errors import Invalid, Refused, noop
from annotations.services import codebook, editions, view_tags
from annotations.services.op import Op, changes

#: Rows of one statement of SQL: what a database takes as parameters, and short enough to let others read meanwhile.
STEP = 500


@dataclass(frozen=True, slots=True)
class Carrier:
    """What tags of one scope hang on: the table of the links and that of the things; `name` is both the foreign key
    and what history calls the thing."""

    name: str
    links: type[models.Model]
    things: type[models.Model]


CARRIERS: Mapping[str, Carrier] = {
    "annotation": Carrier("annotation", AnnotationTag, Annotation),
    "statement": Carrier("statement", StatementTag, Statement),
    "document": Carrier("document", DocumentTag, Document),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Where some of the things of a tag go: to the tag `into`, or to a new one of this name and definition."""

    ids: Sequence[int]
    into: Tag | None = None
    label: str = ""
    definition: str = ""


def steps(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(ids), STEP):
        yield ids[at : at + STEP]


def carried_by(tag: Tag) -> list[int]:
    """Ids of the things that carry the tag, in order; what was removed counts, it may come back."""
    carrier = CARRIERS[tag.tag_set.scope]
    rows = carrier.links._default_manager.filter(tag=tag).order_by(carrier.name)
    return list(rows.values_list(f"{carrier.name}_id", flat=True))


def carry(op: Op, tag: Tag, into: Tag, ids: Sequence[int]) -> list[int]:
    """These things carry `into` instead of `tag`; answers those that carried both before."""
    carrier = CARRIERS[tag.tag_set.scope]
    both: list[int] = []
    for some in steps(ids):
        rows = carrier.links._default_manager.filter(**{f"{carrier.name}_id__in": some})
        twice = list(rows.filter(tag=into).values_list(f"{carrier.name}_id", flat=True))
        rows.filter(tag=tag, **{f"{carrier.name}_id__in": twice}).delete()
        rows.filter(tag=tag).update(tag=into)
        both += twice
        touch(op, carrier, some)
    return both


def touch(op: Op, carrier: Carrier, ids: Sequence[int]) -> None:
    """What somebody has open is no longer what is stored: their next change meets this one."""
    rows = carrier.things._default_manager.filter(corpus_id=op.corpus.pk, pk__in=ids)
    rows.update(version=F("version") + 1, updated_at=op.at)


def merge_tag(op: Op, tag: Tag, into: Tag) -> Tag:
    """Everything tagged `tag` becomes tagged `into`, saved views too; `tag` is retired and remembers where it went."""
    op.check("manage_codebook")
    check_pair(tag, into)
    ids = carried_by(tag)
    both = carry(op, tag, into, ids)
    retired = changes(tag, {"deprecated": True, "merged_into": into, "key": ""})
    tag.version += 1
    tag.save()
    views = view_tags.exchange(op, tag, into)
    _log(op, "codebook.tag_merged", tag, into, ids, both, {"changes": retired, "views": views})
    editions.close(op)
    return into


def check_pair(tag: Tag, into: Tag) -> None:
    if tag.pk == into.pk or tag.tag_set.scope != into.tag_set.scope or tag.corpus_id != into.corpus_id:
        raise Refused("merge_unlike", noop("Only two different tags of the same kind can be merged."))
    if into.deprecated:
        raise Refused("into_retired", noop("“%(label)s” is retired. Bring it back first."), label=into.label)


def split_tag(op: Op, tag: Tag, parts: Sequence[Part], *, retire: bool = False) -> list[Tag]:
    """Some of the things of a tag go to other tags, new ones or some that are there; with `retire` the tag is offered
    no longer, which needs that nothing is left with it."""
    op.check("manage_codebook")
    if not parts:
        raise Invalid("split_needs_parts", noop("Say which tag the passages go to."), field="parts")
    _check_parts(tag, parts)
    made = [_split(op, tag, part) for part in parts]
    left = len(carried_by(tag)) if retire else 0
    if left:
        raise Refused("split_leaves", noop("%(count)s still carry “%(label)s”; it cannot be retired yet."),
                      count=left, label=tag.label)  # fmt: skip
    if retire:
        codebook.update_tag(op, tag, deprecated=True, key="")
    editions.close(op)
    return made


def _check_parts(tag: Tag, parts: Sequence[Part]) -> None:
    present, seen = set(carried_by(tag)), set[int]()
    for part in parts:
        for pk in part.ids:
            if pk not in present:
                raise Invalid("not_with_tag", noop("Number %(id)s does not carry “%(label)s”."), field="parts", id=pk,
                              label=tag.label)  # fmt: skip
            if pk in seen:
                raise Invalid("in_two_parts", noop("Number %(id)s can go to one tag only."), field="parts", id=pk)
            seen.add(pk)


def _split(op: Op, tag: Tag, part: Part) -> Tag:
    into = part.into
    if into is None:
        into = codebook.add_tag(
            op, tag.tag_set, label=part.label, definition=part.definition, parent=tag.parent, split_from=tag
        )
    check_pair(tag, into)
    ids = sorted(part.ids)
    both = carry(op, tag, into, ids)
    _log(op, "codebook.tag_split", tag, into, ids, both, {})
    return into


def place_tag(op: Op, tag: Tag, tag_set: TagSet, parent: Tag | None = None) -> Tag:
    """Put a tag, with those below it, into another set or below another tag. Into a set for other things only while
    nothing carries it."""
    op.check("manage_codebook")
    if parent is not None and parent.tag_set_id != tag_set.pk:
        raise Invalid("tag_not_in_set", noop("There is no such tag in this set."), field="parent")
    if parent is not None:
        codebook.check_parent(tag, parent)
    family = below(tag) if tag_set.pk != tag.tag_set_id else [tag]
    if tag_set.pk != tag.tag_set_id:
        check_set(tag_set, family)
    if tag_set.pk == tag.tag_set_id and (parent.pk if parent else None) == tag.parent_id:
        return tag
    before = {"tag_set": [tag.tag_set_id, tag_set.pk], "parent": [tag.parent_id, parent.pk if parent else None]}
    first = tag_set.tags.aggregate(m=models.Max("order"))["m"] or 0
    for at, one in enumerate(family, 1 if tag_set.pk != tag.tag_set_id else 0):
        one.order = first + at if tag_set.pk != one.tag_set_id else one.order
        one.tag_set, one.version = tag_set, one.version + 1
        if one.pk == tag.pk:
            one.parent = parent
        one.save(update_fields=["tag_set", "parent", "order", "version"])
    payload = {"label": tag.label, "into": tag_set.name, "changes": before, "with": [one.pk for one in family]}
    op.log("codebook.tag_placed", tag, payload)
    editions.close(op)
    return tag


def below(tag: Tag) -> list[Tag]:
    """A tag and all that stand below it, from the top."""
    found, level = [tag], [tag]
    while level:
        level = list(Tag.objects.filter(parent__in=level).select_related("tag_set"))
        found += level
    return found


def check_set(tag_set: TagSet, family: Sequence[Tag]) -> None:
    """Refused, with the reason, when these tags cannot stand in this set."""
    codes = set(tag_set.tags.values_list("code", flat=True))
    for tag in family:
        uses = len(carried_by(tag))
        if uses and tag_set.scope != tag.tag_set.scope:
            raise Refused("scope_in_use", noop("%(count)s carry “%(label)s”; only a tag that nothing carries can go to "
                          "a set for something else."), count=uses, label=tag.label)  # fmt: skip
        if tag.code in codes:
            raise Refused("code_taken", noop("“%(set)s” has a tag with the code “%(code)s” already."),
                          set=tag_set.name, code=tag.code)  # fmt: skip
        if not tag.deprecated:
            codebook.check_name(tag_set, tag.label)
        if tag_set.scope != tag.tag_set.scope:
            codebook.check_key(tag.corpus, tag.key, tag, tag_set.scope)
    if not tag_set.many:
        check_single(tag_set, family)


def check_single(tag_set: TagSet, family: Sequence[Tag]) -> None:
    """Of a set with one tag at a time, nothing may carry two."""
    held: set[int] = set()
    twice = 0
    for tag in [*tag_set.tags.all(), *family]:
        ids = set(carried_by(tag))
        twice += len(held & ids)
        held |= ids
    if twice:
        raise Refused("two_at_once", noop("%(count)s would carry two tags of “%(set)s”, which allows one at a time."),
                      count=twice, set=tag_set.name)  # fmt: skip


def _log(
    op: Op, kind: str, tag: Tag, into: Tag, ids: Sequence[int], both: Collection[int], more: Mapping[str, Any]
) -> None:
    name = tag.tag_set.scope
    payload = {
        "label": tag.label, "into": into.label, "into_id": into.pk, "count": len(ids), "both": sorted(both), **more,
    }  # fmt: skip
    op.log(kind, tag, payload, touched=[(name, pk) for pk in ids])
