"""What hangs on a tag: how much, where, whose work; and choosing some of it: for the previews of merging and
splitting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from annotations.models import (
    Anchor,
    Annotation,
    AnnotationTag,
    Corpus,
    Document,
    DocumentTag,
    Member,
    Statement,
    StatementTag,
    Tag,
)
from annotations.services import following, view_tags
from annotations.services.recoding import CARRIERS
from annotations.text.folding import fold_text

PEOPLE = 8


@dataclass(frozen=True, slots=True)
class Reach:
    """What a change of the tag touches; `both` of it carries the other tag already, `people` made most of it."""

    passages: int
    statements: int
    documents: int  # that carry the tag themselves, or whose passages do
    views: int
    both: int
    people: tuple[tuple[str, int], ...]

    @property
    def things(self) -> int:
        return self.passages or self.statements or self.documents


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the things of a tag: with these words, in this document, made by this member, with this tag besides."""

    q: str = ""
    document: int | None = None
    by: int | None = None
    tag: int | None = None


def reach(tag: Tag, into: Tag | None = None) -> Reach:
    """Counts of what is there now; what was removed is moved along, and not counted."""
    scope = tag.tag_set.scope
    carrier = CARRIERS[scope]
    live: QuerySet[Any] = carrier.links._default_manager.filter(tag=tag, **{f"{carrier.name}__removed_at": None})
    count = live.count()
    documents = 0
    if scope == "annotation":
        documents = live.values("document").distinct().count()
    both = 0
    if into is not None:
        other = carrier.links._default_manager.filter(tag=into, **{carrier.name: OuterRef(carrier.name)})
        both = live.filter(Exists(other)).count()
    return Reach(
        passages=count if scope == "annotation" else 0, statements=count if scope == "statement" else 0,
        documents=count if scope == "document" else documents, views=len(view_tags.asking_for(tag)), both=both,
        people=_people(live, carrier.name),
    )  # fmt: skip


def uses(corpus: Corpus) -> dict[int, int]:
    """How much carries each tag, as it is read; what was removed is not counted."""
    found: Counter[int] = Counter()
    leading = following.leads(corpus.pk)
    for carrier in CARRIERS.values():
        live = {"tag__corpus": corpus, f"{carrier.name}__removed_at": None}
        rows = carrier.links._default_manager.filter(**live).values_list("tag_id").annotate(n=Count("pk")).order_by()
        for tag, number in rows:
            found[leading.get(tag, tag)] += number
        for old, new in leading.items():  # what carries both carries the new one once
            other = carrier.links._default_manager.filter(tag=new, **{carrier.name: OuterRef(carrier.name)})
            found[new] -= carrier.links._default_manager.filter(Exists(other), tag=old).count()
    return dict(found)


def _people(live: QuerySet[Any], name: str) -> tuple[tuple[str, int], ...]:
    rows = live.values(f"{name}__created_by").annotate(n=Count("pk")).order_by("-n")[:PEOPLE]
    found = [(row[f"{name}__created_by"], row["n"]) for row in rows]
    names = dict(Member.objects.filter(pk__in=[pk for pk, _ in found]).values_list("pk", "name"))
    return tuple((names[pk], n) for pk, n in found if pk in names)


def chosen(tag: Tag, member: Member, choice: Choice) -> QuerySet[Any]:
    """The things of a tag that this member sees and that the choice names, in order."""
    found = {"annotation": _annotations, "statement": _statements, "document": _documents}[tag.tag_set.scope](
        tag, member, choice
    )
    return found.order_by("pk")


def _annotations(tag: Tag, member: Member, choice: Choice) -> QuerySet[Any]:
    rows = Annotation.objects.visible_to(member).filter(_carries(AnnotationTag, "annotation", tag.pk))
    if choice.q:
        said = Anchor.objects.filter(annotation=OuterRef("pk"), quote__icontains=choice.q)
        rows = rows.filter(Exists(said) | Q(note__icontains=choice.q))
    if choice.document:
        rows = rows.filter(document_id=choice.document)
    if choice.tag:
        rows = rows.filter(_carries(AnnotationTag, "annotation", choice.tag))
    return _by(rows, choice)


def _statements(tag: Tag, member: Member, choice: Choice) -> QuerySet[Any]:
    rows = Statement.objects.visible_to(member).filter(_carries(StatementTag, "statement", tag.pk))
    if choice.q:
        rows = rows.filter(fold__contains=fold_text(choice.q))
    if choice.tag:
        rows = rows.filter(_carries(StatementTag, "statement", choice.tag))
    return _by(rows, choice)


def _documents(tag: Tag, member: Member, choice: Choice) -> QuerySet[Any]:
    rows = Document.objects.filter(corpus_id=member.corpus_id, removed_at=None)
    rows = rows.filter(_carries(DocumentTag, "document", tag.pk))
    if choice.q:
        rows = rows.filter(fold__contains=fold_text(choice.q))
    if choice.tag:
        rows = rows.filter(_carries(DocumentTag, "document", choice.tag))
    return _by(rows, choice)


def _carries(links: Any, name: str, tag: int) -> Exists:
    return Exists(links.objects.filter(tag_id=tag, **{name: OuterRef("pk")}))


def _by(rows: QuerySet[Any], choice: Choice) -> QuerySet[Any]:
    return rows.filter(created_by_id=choice.by) if choice.by else rows


def words(tag: Tag, rows: Sequence[Any]) -> list[tuple[int, str, str]]:
    """(id, its words, where it stands or what it is) of some things of a tag."""
    if tag.tag_set.scope == "statement":
        return [(row.pk, row.text, row.label) for row in rows]
    if tag.tag_set.scope == "document":
        return [(row.pk, row.title, "") for row in rows]
    ids = [row.pk for row in rows]
    newest = Anchor.objects.filter(annotation_id__in=ids).order_by("version__number")
    quotes = dict(newest.values_list("annotation_id", "quote"))
    titles = dict(Document.objects.filter(pk__in={row.document_id for row in rows}).values_list("pk", "title"))
    return [(row.pk, quotes.get(row.pk, ""), titles.get(row.document_id, "")) for row in rows]
