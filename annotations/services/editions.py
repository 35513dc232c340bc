"""Editions of the codebook: whatever an op changed in it, the whole of it is kept once, under the next number."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

from django.db.models import F

from annotations.models import CodebookVersion, Corpus, Tag, TagSet
from annotations.records import TagRecord, TagSetRecord
from annotations.rules.errors import Invalid, Missing, noop
from annotations.services.op import Op

Content = Mapping[str, Any]
RELATED = ("tag_set", "parent", "merged_into", "split_from")
NOTE = 200


def close(op: Op) -> None:
    """Something of the codebook changed: once the op is through, there is a new edition."""
    op.closing["codebook"] = _keep


def _keep(op: Op) -> None:
    """The number first: it locks the corpus, so that two editors at once have an edition each."""
    Corpus.objects.filter(pk=op.corpus.pk).update(codebook_version=F("codebook_version") + 1)
    op.corpus.refresh_from_db(fields=["codebook_version"])
    number = op.corpus.codebook_version
    CodebookVersion.objects.create(
        corpus=op.corpus, number=number, at=op.at, by=op.by, op=op.key, content=content(op.corpus)
    )


def content(corpus: Corpus) -> dict[str, Any]:
    """The codebook as it is now: sets and tags in their order, references by uid."""
    sets = list(TagSet.objects.filter(corpus=corpus, removed_at=None).order_by("order", "id"))
    live = {row.pk for row in sets}
    tags = Tag.objects.filter(tag_set_id__in=live).select_related(*RELATED)
    ordered = tags.order_by("tag_set__order", "tag_set_id", "order", "id")
    return {
        "tag_sets": [asdict(set_record(row)) for row in sets],
        "tags": [asdict(tag_record(row, live)) for row in ordered],
    }


def set_record(row: TagSet) -> TagSetRecord:
    return TagSetRecord(str(row.uid), row.name, row.scope, row.many, row.closed, row.order)


def tag_record(row: Tag, live: Collection[int]) -> TagRecord:
    """A tag without ids; `live` are the sets that are not removed, which take their tags along."""

    def there(other: Tag | None) -> str | None:
        return str(other.uid) if other is not None and other.tag_set_id in live else None

    return TagRecord(
        uid=str(row.uid), tag_set=str(row.tag_set.uid), code=row.code, label=row.label,
        label_zh_hans=row.label_zh_hans, label_zh_hant=row.label_zh_hant, definition=row.definition,
        definition_zh_hans=row.definition_zh_hans, definition_zh_hant=row.definition_zh_hant,
        examples=row.examples, colour=row.colour, key=row.key, parent=there(row.parent), deprecated=row.deprecated,
        order=row.order, merged_into=there(row.merged_into), use_when=row.use_when, not_when=row.not_when,
        split_from=there(row.split_from),
    )  # fmt: skip


def get(corpus: Corpus, number: int) -> CodebookVersion:
    """The edition of this number; Missing when it is not kept (older houses kept the newest only)."""
    found = CodebookVersion.objects.filter(corpus=corpus, number=number).select_related("by").first()
    if found is None:
        raise Missing("edition_unknown", noop("Edition %(number)s of the codebook is not kept."), number=number)
    return found


def name(op: Op, number: int, note: str) -> CodebookVersion:
    """Give an edition a name, such as “before the pilot”, or take it away; its content never changes."""
    op.check("manage_codebook")
    edition = get(op.corpus, number)
    note = " ".join(note.split())
    if len(note) > NOTE:
        raise Invalid("edition_name_long", noop("The name is longer than %(limit)s characters."), field="note",
                      limit=NOTE)  # fmt: skip
    if note != edition.note:
        before, edition.note = edition.note, note
        edition.save(update_fields=["note"])
        op.log("codebook.named", edition, {"number": number, "name": note, "changes": {"note": [before, note]}})
    return edition
