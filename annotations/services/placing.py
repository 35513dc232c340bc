"""A tag put into another set or below another tag, with what stands below it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Count

from annotations.models import CorpusHead, Event, EventObject, Tag, TagSet
from annotations.rules.errors import Invalid, Refused, noop
from annotations.services import codebook, editions, following
from annotations.services.op import Op
from annotations.services.recoding import CARRIERS, rows_of


@dataclass(frozen=True, slots=True)
class Looked:
    """`twice`: how many would carry two tags, as it stood after event `seq`."""

    seq: int
    twice: int


def place_tag(op: Op, tag: Tag, tag_set: TagSet, parent: Tag | None = None, *, looked: Looked | None = None) -> Tag:
    """Put a tag, with those below it, into another set or below another tag. Into a set for other things only while
    nothing carries it. `looked`: what `look` found before the transaction."""
    op.check("manage_codebook")
    following.check_idle(tag)
    if parent is not None and parent.tag_set_id != tag_set.pk:
        raise Invalid("tag_not_in_set", noop("There is no such tag in this set."), field="parent")
    if parent is not None:
        codebook.check_parent(tag, parent)
    family = below(tag) if tag_set.pk != tag.tag_set_id else [tag]
    if tag_set.pk != tag.tag_set_id:
        check_set(tag_set, family, looked)
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


def check_set(tag_set: TagSet, family: Sequence[Tag], looked: Looked | None = None) -> None:
    """Refused, with the reason, when these tags cannot stand in this set."""
    codes = set(tag_set.tags.values_list("code", flat=True))
    for tag in family:
        uses = rows_of(tag).count() if tag_set.scope != tag.tag_set.scope else 0
        if uses:
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
        check_single(tag_set, family, looked or look(tag_set, family))


def look(tag_set: TagSet, family: Sequence[Tag]) -> Looked:
    """How many things would carry two tags of a set with one tag at a time. With many rows that takes longer than
    anybody should wait for a lock, so a door looks before it writes; what changed meanwhile is looked at again."""
    seq = CorpusHead.objects.filter(corpus=tag_set.corpus_id).values_list("seq", flat=True).first() or 0
    return Looked(seq, 0 if tag_set.many else len(_twice(tag_set, family)))


def _twice(tag_set: TagSet, family: Sequence[Tag], among: Collection[int] | None = None) -> list[int]:
    """Things (of these) with more than one tag of the set and the family."""
    carrier = CARRIERS[tag_set.scope]
    tags = [*tag_set.tags.values_list("pk", flat=True), *(tag.pk for tag in family)]
    rows = carrier.links._default_manager.filter(tag__in=tags)
    if among is not None:
        rows = rows.filter(**{f"{carrier.name}__in": among})
    counted = rows.values(f"{carrier.name}_id").annotate(n=Count("tag", distinct=True)).filter(n__gt=1).order_by()
    return list(counted.values_list(f"{carrier.name}_id", flat=True))


def check_single(tag_set: TagSet, family: Sequence[Tag], looked: Looked) -> None:
    """Of a set with one tag at a time, nothing may carry two."""
    name = tag_set.scope
    since = Event.objects.filter(corpus=tag_set.corpus_id, seq__gt=looked.seq)
    changed = set(since.filter(object_type=name).values_list("object_id", flat=True))
    touched = EventObject.objects.filter(event__in=list(since.values_list("pk", flat=True)), object_type=name)
    changed |= set(touched.values_list("object_id", flat=True))
    twice = looked.twice or (len(_twice(tag_set, family, changed)) if changed else 0)
    if twice:
        raise Refused("two_at_once", noop("%(count)s would carry two tags of “%(set)s”, which allows one at a time."),
                      count=twice, set=tag_set.name)  # fmt: skip
