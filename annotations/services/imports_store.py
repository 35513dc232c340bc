"""Storing what a file brings, in short transactions; a row that a rule refuses is named and the others go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction

from annotations.models import Anchor, Annotation, Document, Member
from annotations.rules import roles
from annotations.rules.errors import Problem, Refused, noop
from annotations.services.annotations import Marked, Span, mark
from annotations.services.imports import Item, Place, Report, batches, told_as_one
from annotations.services.imports_tags import Tags
from annotations.services.op import Op, writing


class File(NamedTuple):
    """What the history calls it."""

    name: str
    format: str  # code of rules.vocabulary.IMPORTS


Store = Callable[[Op, Item, "Counter[str]"], None]


def run(member: Member, items: Sequence[Item], file: File, tags: Tags, names: Sequence[str], store: Store) -> Report:
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
            told_as_one(op, made, file.name, file.format)
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


class Documents:
    """The documents of places, read once a transaction."""

    def __init__(self) -> None:
        self._op = ""
        self._rows: dict[int, Document] = {}

    def at(self, op: Op, place: Place) -> Document:
        """The document of a place, as long as its text is the one in which the place was found."""
        if self._op != op.key:
            self._op, self._rows = op.key, {}
        if place.document not in self._rows:
            row = Document.objects.filter(corpus=op.corpus, pk=place.document, removed_at=None).first()
            if row is None or row.current_id != place.version:
                raise Refused("text_moved_on", noop("The document got another text meanwhile. Import the file again."))
            row.corpus = op.corpus
            self._rows[place.document] = row
        return self._rows[place.document]


def put(op: Op, document: Document, place: Place, uid: UUID | None, tags: Sequence[int], note: str) -> Marked:
    """A new annotation at a place; a passage whose words differ is marked as one to look at."""
    made = mark(op, document, Span(place.start, place.end), tags=tags, note=note)
    if uid is not None:
        Annotation.objects.filter(pk=made.annotation.pk).update(uid=uid)
        made.annotation.uid = uid
    if place.state != "ok":
        anchors = Anchor.objects.filter(pk=made.anchor.pk)
        anchors.update(state=place.state, method=place.method[:12], similarity=place.similarity)
    return made
