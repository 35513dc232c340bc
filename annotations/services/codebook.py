"""The codebook: tag sets and tags; added, renamed, redefined and retired without loss (merged, split and moved:
recoding.py)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Max

from annotations.models import AnnotationTag, Corpus, DocumentTag, StatementTag, Tag, TagSet
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, Refused, noop
from annotations.services import editions, following, limits
from annotations.services.op import Op, changes


def install(op: Op, name: str) -> TagSet | None:
    """Start from a codebook of rules.vocabulary.CODEBOOKS, e.g. `ai-governance`: nine tags in three languages on
    1-9. An empty one is an edition, too."""
    if name not in vocabulary.CODEBOOKS:
        raise Invalid("codebook_unknown", noop("There is no codebook “%(name)s”."), field="codebook", name=name)
    book = vocabulary.CODEBOOKS[name]
    editions.close(op)
    if not book.tags:
        return None
    tag_set = add_set(op, name=book.name, scope=book.scope, many=book.many)
    for row in book.tags:
        add_tag(
            op, tag_set, code=row.code, label=row.label, label_zh_hans=row.label_zh_hans,
            label_zh_hant=row.label_zh_hant, definition=row.definition, definition_zh_hans=row.definition_zh_hans,
            definition_zh_hant=row.definition_zh_hant, colour=row.colour, key=row.key,
        )  # fmt: skip
    return tag_set


def add_set(op: Op, *, name: str, scope: str, many: bool = True, uid: UUID | None = None) -> TagSet:
    op.check("manage_codebook")
    vocabulary.TAG_SCOPES.check(scope, "scope")
    if not name.strip():
        raise Invalid("tag_set_needs_name", noop("Give the tag set a name."), field="name")
    last = TagSet.objects.filter(corpus=op.corpus).aggregate(m=Max("order"))["m"] or 0
    given = {"uid": uid} if uid else {}
    tag_set = TagSet.objects.create(
        corpus=op.corpus, name=name.strip(), scope=scope, many=many, order=last + 1, **given
    )
    op.log("codebook.set_added", tag_set, {"name": tag_set.name, "scope": scope})
    editions.close(op)
    return tag_set


def update_set(op: Op, tag_set: TagSet, **values: object) -> TagSet:
    """Rename or reorder a tag set, or say whether one thing may carry several of its tags."""
    op.check("manage_codebook")
    for name in values:
        if name not in ("name", "many", "order"):
            raise Invalid("field_unknown", noop("“%(name)s” cannot be set here."), field=name, name=name)
    if not str(values.get("name", tag_set.name)).strip():
        raise Invalid("tag_set_needs_name", noop("Give the tag set a name."), field="name")
    changed = changes(tag_set, values)
    if changed:
        tag_set.save()
        op.log("codebook.set_updated", tag_set, {"name": tag_set.name, "changes": changed})
        editions.close(op)
    return tag_set


def set_removed(op: Op, tag_set: TagSet, *, gone: bool) -> None:
    """Take a tag set away that holds nothing in use, or bring it back; for undo and redo."""
    op.check("manage_codebook")
    if (tag_set.removed_at is not None) == gone:
        return
    if gone and (tag := tag_set.tags.filter(deprecated=False).first()) is not None:
        raise Refused("tag_set_in_use", noop("“%(set)s” has tags in use, such as “%(label)s”; retire them first."),
                      set=tag_set.name, label=tag.label)  # fmt: skip
    for links in (AnnotationTag, StatementTag, DocumentTag) if gone else ():
        if links._default_manager.filter(tag__tag_set=tag_set).exists():
            raise Refused("tag_set_carried", noop("Something carries a tag of “%(set)s” by now."), set=tag_set.name)
    tag_set.removed_at = op.at if gone else None
    tag_set.save(update_fields=["removed_at"])
    op.log("codebook.set_removed" if gone else "codebook.set_restored", tag_set, {"name": tag_set.name})
    editions.close(op)


def add_tag(op: Op, tag_set: TagSet, *, code: str = "", label: str, **values: object) -> Tag:
    op.check("manage_codebook")
    label = label.strip()
    if not label:
        raise Invalid("tag_needs_label", noop("Give the tag a name."), field="label")
    colour = str(values.pop("colour", "") or next_colour(tag_set))
    vocabulary.PALETTE.check(colour, "colour")
    check_name(tag_set, label)
    code = code or free_code(tag_set, label)
    if Tag.objects.filter(tag_set=tag_set, code=code).exists():
        raise Invalid("tag_exists", noop("There is a tag “%(label)s” already."), field="label", label=label)
    check_key(op.corpus, str(values.get("key", "")), None, tag_set.scope)
    limits.check("codebook_tags", Tag.objects.filter(corpus=op.corpus).count() + 1)
    last = tag_set.tags.aggregate(m=Max("order"))["m"] or 0
    tag = Tag.objects.create(
        corpus=op.corpus, tag_set=tag_set, code=code, label=label, colour=colour, order=last + 1, **values
    )
    op.log("codebook.tag_added", tag, {"label": label, "code": code})
    editions.close(op)
    return tag


def update_tag(op: Op, tag: Tag, **values: object) -> Tag:
    """Rename, recolour, redefine, retire (`deprecated`) a tag; what carries it keeps it."""
    op.check("manage_codebook")
    if "key" in values:
        check_key(op.corpus, str(values["key"]), tag, tag.tag_set.scope)
    if "label" in values:
        values["label"] = str(values["label"]).strip()
    if not values.get("deprecated", tag.deprecated):
        check_name(tag.tag_set, str(values.get("label", tag.label)), tag)
    if values.get("parent") is not None:
        check_parent(tag, values["parent"])
    vocabulary.PALETTE.check(values.get("colour", tag.colour), "colour")
    if values.get("deprecated", tag.deprecated) != tag.deprecated:
        following.check_settled(tag)
    changed = changes(tag, values)
    if changed:
        tag.version += 1
        tag.save()
        op.log("codebook.tag_updated", tag, {"label": tag.label, "changes": changed})
        editions.close(op)
    return tag


def tags_of(corpus: Corpus, ids: Iterable[int], scope: str) -> list[Tag]:
    """The tags with these ids, or those that they are merged into just now; raises Invalid naming the first that is
    not of this corpus and scope."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    rows = Tag.objects.filter(corpus=corpus, tag_set__scope=scope, pk__in=wanted).select_related("leads_to")
    found = {tag.pk: tag for tag in rows}
    for pk in wanted:
        if pk not in found:
            raise Invalid("tag_unknown", noop("There is no tag %(id)s here."), field="tags", id=pk)
    led = (found[pk].leads_to if found[pk].deprecated else None for pk in wanted)
    return list({one.pk: one for one in (there or found[pk] for there, pk in zip(led, wanted, strict=True))}.values())


def next_colour(tag_set: TagSet) -> str:
    used = list(tag_set.tags.values_list("colour", flat=True))
    return min(vocabulary.PALETTE.codes, key=used.count)


def free_code(tag_set: TagSet, label: str) -> str:
    taken = set(tag_set.tags.values_list("code", flat=True))
    code, n = label[:50], 2
    while code in taken:
        code, n = f"{label[:50]}-{n}", n + 1
    return code


def check_name(tag_set: TagSet, label: str, tag: Tag | None = None) -> None:
    """No other tag in use of this set has the name, whatever its case; retired ones do not stand in the way."""
    if tag is not None and tag.label == label and not tag.deprecated:
        return
    others = tag_set.tags.filter(deprecated=False).exclude(pk=tag.pk if tag else 0)
    same = next((one for one in others if name_key(one.label) == name_key(label)), None)
    if same is not None:
        message = noop(
            "“%(set)s” has a tag “%(label)s” already. Use that one, or choose a name that tells the two apart."
        )
        raise Invalid("tag_exists", message, field="label", set=tag_set.name, label=same.label)


def name_key(label: str) -> str:
    """Names that differ in case or spaces only are one name."""
    return " ".join(label.split()).casefold()


def check_parent(tag: Tag, parent: object) -> None:
    """A tag stands below another one of its set, never below itself or what is below it."""
    above = parent if isinstance(parent, Tag) else None
    while above is not None:
        if above.pk == tag.pk:
            raise Invalid("parent_circle", noop("A tag cannot stand below itself."), field="parent")
        above = above.parent


def check_key(corpus: Corpus, key: str, tag: Tag | None, scope: str) -> None:
    if not key:
        return
    if key not in "123456789":
        raise Invalid("key_not_digit", noop("A tag's key is one of the digits 1 to 9."), field="key")
    same = Tag.objects.filter(corpus=corpus, key=key, deprecated=False, tag_set__scope=scope)
    other = same.exclude(pk=tag.pk if tag else 0).first()
    if other:
        raise Invalid(
            "key_taken", noop("The key %(key)s belongs to “%(label)s”."), field="key", key=key, label=other.label
        )
