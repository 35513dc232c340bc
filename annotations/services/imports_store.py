"""Storing what a file brings, in short transactions; a row that a rule refuses is named and the others go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from annotations.models import Anchor, Annotation, Document, Member
from annotations.rules import roles
from annotations.rules.errors import Problem, Refused, noop
from annotations.services.annotations import Span, create
from annotations.services.imports import Item, Place, Report, batches, told_as_one
from annotations.services.imports_tags import Tags
from annotations.services.op import Op, writing

Store = Callable[[Op, Item, "Counter[str]"], None]


def run(member: Member, items: Sequence[Item], name: str, tags: Tags, names: Sequence[str], store: Store) -> Report:
    """Store each item that is wanted; `names` are the tags they carry. The report counts what was made."""
    roles.check(member.role, "import_annotations")
    report = Report(items)
    with writing(by=member) as op:
        report.made["tags"] += tags.make(op, names)
    for batch in batches([item for item in items if item.wanted]):
        with writing(by=member) as op:
            made: Counter[str] = Counter()
            for item in batch:
                _one(op, item, made, store)
            told_as_one(op, made, name)
        report.made += made
    return report


def _one(op: Op, item: Item, made: Counter[str], store: Store) -> None:
    lines, before = len(op.lines), made.copy()
    try:
        with transaction.atomic():
            store(op, item, made)
    except Problem as problem:
        item.state = "refused"
        item.problems.append(problem)
    except IntegrityError:  # the same file is being imported by somebody else at this moment
        item.state = "here"
    else:
        return
    del op.lines[lines:]
    made.clear()
    made.update(before)


def document_at(op: Op, place: Place) -> Document:
    """The document of a place, as long as its text is the one in which the place was found."""
    found = Document.objects.filter(corpus=op.corpus, pk=place.document, removed_at=None).first()
    if found is None or found.current_id != place.version:
        raise Refused("text_moved_on", noop("The document got another text meanwhile. Import the file again."))
    found.corpus = op.corpus
    return found


def mark(op: Op, place: Place, uid: UUID | None, tags: Sequence[int], note: str) -> Annotation:
    """A new annotation at a place; a passage whose words differ is marked as one to look at."""
    document = document_at(op, place)
    made = create(op, document, Span(place.start, place.end), tags=tags, note=note)
    if uid is not None:
        Annotation.objects.filter(pk=made.pk).update(uid=uid)
        made.uid = uid
    Anchor.objects.filter(annotation=made).update(
        state=place.state, method=place.method[:12], similarity=place.similarity
    )
    return made
