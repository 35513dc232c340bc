"""The codebook changed together with what carries its tags: merged and split (moved: placing.py). One Op, one event for
each pair of tags; the rows it touched stand beside the event, so that undo knows them (recoding_undo.py). What is too
much for one transaction follows in batches (recoding_run.py), each with an event of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.models import QuerySet

from annotations.models import (
    Annotation,
    AnnotationTag,
    Document,
    DocumentTag,
    Statement,
    StatementTag,
    Tag,
)
from annotations.rules.errors import Invalid, Refused, noop
from annotations.services import bulk_rows, codebook, editions, following, view_tags
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

    @property
    def table(self) -> str:
        return str(self.links._meta.db_table)

    @property
    def owner(self) -> str:
        """The column that names the thing."""
        return f"{self.name}_id"


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


def rows_of(tag: Tag) -> QuerySet[Any]:
    """The links of this tag."""
    return CARRIERS[tag.tag_set.scope].links._default_manager.filter(tag=tag)


def carried_by_many(tag: Tag) -> bool:
    """Whether so many things carry the tag that they go over in batches."""
    return len(rows_of(tag).values_list("pk")[: following.SMALL + 1]) > following.SMALL


def carry(op: Op, tag: Tag, into: Tag, ids: Sequence[int]) -> list[int]:
    """These things, which carry the tag, carry `into` instead; answers those that carried both before. By cursor: the
    ORM takes longer for a list of ids than the database does."""
    carrier = CARRIERS[tag.tag_set.scope]
    both: list[int] = []
    for some in steps(ids):
        twice = holders(carrier, into, some)
        run(f"DELETE FROM {carrier.table} WHERE tag_id = %s AND {carrier.owner} IN ({{marks}})", [tag.pk], twice)
        run(
            f"UPDATE {carrier.table} SET tag_id = %s WHERE tag_id = %s AND {carrier.owner} IN ({{marks}})",
            [into.pk, tag.pk], some,
        )  # fmt: skip
        both += twice
        touch(op, carrier, some)
    return both


def holders(carrier: Carrier, tag: Tag, ids: Sequence[int]) -> list[int]:
    """Those of the things that carry the tag, in order."""
    query = f"SELECT {carrier.owner} FROM {carrier.table} WHERE tag_id = %s AND {carrier.owner} IN ({{marks}})"
    return sorted(pk for (pk,) in bulk_rows.fetch(query, [tag.pk], ids))


def touch(op: Op, carrier: Carrier, ids: Sequence[int]) -> None:
    """What somebody has open is no longer what is stored: their next change meets this one."""
    things = carrier.things._meta.db_table
    at = connection.ops.adapt_datetimefield_value(op.at)
    run(f"UPDATE {things} SET version = version + 1, updated_at = %s WHERE id IN ({{marks}})", [at], ids)


def run(sql: str, before: Sequence[int | str | datetime | None], ids: Sequence[int]) -> None:
    """A statement that ends in these ids; nothing without any."""
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(sql.format(marks=", ".join(["%s"] * len(ids))), [*before, *ids])


def merge_tag(op: Op, tag: Tag, into: Tag) -> Tag:
    """Everything tagged `tag` becomes tagged `into`, saved views too; `tag` is retired and remembers where it went."""
    op.check("manage_codebook")
    check_pair(tag, into)
    following.check_idle(tag, into)
    many = carried_by_many(tag)
    ids = [] if many else carried_by(tag)
    both = carry(op, tag, into, ids)
    retired = changes(tag, {"deprecated": True, "merged_into": into, "key": ""})
    tag.leads_to = into if many else None
    tag.version += 1
    tag.save()
    views = view_tags.exchange(op, tag, into)
    more: dict[str, Any] = {"changes": retired, "views": views}
    if many:
        begun = following.begin(op, "merge", tag, into, rows_of(tag).count())
        more |= {"recoding": begun.pk, "count": begun.total}
    log(op, "codebook.tag_merged", tag, into, ids, both, more)
    editions.close(op)
    return into


def check_pair(tag: Tag, into: Tag) -> None:
    if tag.pk == into.pk or tag.tag_set.scope != into.tag_set.scope or tag.corpus_id != into.corpus_id:
        raise Refused("merge_unlike", noop("Only two different tags of the same kind can be merged."))
    if into.deprecated:
        raise Refused("into_retired", noop("“%(label)s” is retired. Bring it back first."), label=into.label)


def split_tag(op: Op, tag: Tag, parts: Sequence[Part], *, retire: bool = False) -> list[Tag]:
    """Some of the things of a tag go to other tags, new ones or some that are there; with `retire` the tag is offered
    no longer, which needs that nothing is left with it. Many go over in batches, which pass over what lost the tag."""
    op.check("manage_codebook")
    if not parts:
        raise Invalid("split_needs_parts", noop("Say which tag the passages go to."), field="parts")
    following.check_idle(tag, *(part.into for part in parts if part.into is not None))
    check_parts(tag, parts)
    before = rows_of(tag).count() if retire else 0
    made = [_split(op, tag, part) for part in parts]
    left = before - sum(len(part.ids) for part in parts)
    if retire and left > 0:
        raise Refused("split_leaves", noop("%(count)s still carry “%(label)s”; it cannot be retired yet."),
                      count=left, label=tag.label)  # fmt: skip
    if retire:
        codebook.update_tag(op, tag, deprecated=True, key="")
    editions.close(op)
    return made


def check_parts(tag: Tag, parts: Sequence[Part]) -> None:
    """Nothing goes to two tags; of few things each has to carry the tag."""
    taken: set[int] = set()
    for part in parts:
        for pk in part.ids:
            if pk in taken:
                raise Invalid("in_two_parts", noop("Number %(id)s can go to one tag only."), field="parts", id=pk)
            taken.add(pk)
        if len(part.ids) > following.SMALL:
            continue
        present = set(holders(CARRIERS[tag.tag_set.scope], tag, part.ids))
        lacking = next((pk for pk in part.ids if pk not in present), None)
        if lacking is not None:
            raise Invalid("not_with_tag", noop("Number %(id)s does not carry “%(label)s”."), field="parts", id=lacking,
                          label=tag.label)  # fmt: skip


def _split(op: Op, tag: Tag, part: Part) -> Tag:
    into = part.into
    if into is None:
        into = codebook.add_tag(
            op, tag.tag_set, label=part.label, definition=part.definition, parent=tag.parent, split_from=tag
        )
    check_pair(tag, into)
    ids = sorted(part.ids)
    if len(ids) > following.SMALL:
        begun = following.begin(op, "split", tag, into, len(ids), ids=ids)
        log(op, "codebook.tag_split", tag, into, [], [], {"recoding": begun.pk, "count": len(ids)})
    else:
        log(op, "codebook.tag_split", tag, into, ids, carry(op, tag, into, ids), {})
    return into


def log(
    op: Op, kind: str, tag: Tag, into: Tag, ids: Sequence[int], both: Collection[int], more: Mapping[str, Any]
) -> None:
    name = tag.tag_set.scope
    payload = {
        "label": tag.label, "into": into.label, "into_id": into.pk, "count": len(ids), "both": sorted(both), **more,
    }  # fmt: skip
    op.log(kind, tag, payload, touched=[(name, pk) for pk in ids])
