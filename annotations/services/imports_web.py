"""Annotations of other programs (W3C Web Annotation, Hypothesis): anchored by their selectors, or reported.

Who wrote them stays visible: an author becomes a member without an account, who cannot log in and is never taken for a
member who can. Only somebody who imports their own annotations, under their own name, is their author here, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import orjson

from annotations.formats.foreign import ForeignAnnotation, Rejected
from annotations.models import Annotation, Corpus, Member
from annotations.rules import roles
from annotations.rules.errors import Invalid, noop
from annotations.services import imports_store
from annotations.services.imports import Item, Report, derived
from annotations.services.imports_find import Finder
from annotations.services.imports_present import known
from annotations.services.imports_tags import Tags
from annotations.services.op import Op
from annotations.text.folding import fold_text

_OURS = re.compile(r"(?:urn:uuid:|/annotations/[^/]+/)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$")


@dataclass(slots=True)
class WebItem(Item):
    """One annotation of a file. `uid` is its identity here: a second import finds it."""

    foreign: ForeignAnnotation = field(default_factory=ForeignAnnotation)
    uid: UUID | None = None


def examine(
    member: Member, found: Sequence[ForeignAnnotation | Rejected], document: int | None = None
) -> list[WebItem]:
    """Each annotation with its state. `document` holds the passages whose own document is not known here."""
    roles.check(member.role, "import_annotations")
    finder = Finder(member)
    items = [_examine(finder, number, one, document) for number, one in enumerate(found, 1)]
    present = known(member.corpus, [item.uid for item in items if item.uid])
    seen: set[UUID | None] = set()
    for item in items:
        if item.wanted and (item.uid in present or item.uid in seen):
            item.state = "here"
        seen.add(item.uid)
    return items


def _examine(finder: Finder, number: int, one: ForeignAnnotation | Rejected, document: int | None) -> WebItem:
    if isinstance(one, Rejected):
        return WebItem(one.number, "refused", one.id, problems=[one.problem])
    item = WebItem(number, "no_document", one.id, _quote(one), one.title or one.source, foreign=one)
    item.uid = uid_of(finder.member.corpus, one)
    item.problems = [Invalid("part_left", noop("Left out: %(part)s."), part=part) for part in one.left]
    documents = finder.library.called(one.version, one.source, one.title)
    documents = documents or ([document] if document is not None else [])
    if documents:
        sought = finder.seek(one.selectors, documents)
        item.state, item.place, item.places = sought.state, sought.place, sought.places
        item.title = finder.library.titles[documents[0]]
        if not item.quote and item.place:
            item.quote = finder.text(item.place.document).quote(item.place.start, item.place.end)
    return item


def _quote(one: ForeignAnnotation) -> str:
    return next((str(selector["exact"]) for selector in one.selectors if selector.get("exact")), "")


def uid_of(corpus: Corpus, one: ForeignAnnotation) -> UUID:
    """One of our own annotations keeps its uid; another's is derived from its address, else from what it says."""
    if match := _OURS.search(one.id):
        return UUID(match[1])
    if one.id:
        return derived(corpus, "annotation", one.id)
    said = orjson.dumps([one.source, [dict(s) for s in one.selectors], one.tags, one.note, one.creator, one.created])
    return derived(corpus, "annotation", said.decode())


def store(member: Member, items: Sequence[WebItem], name: str) -> Report:
    """Store those that were found in one place; what several places hold, and what none does, is only reported."""
    writer = Writer(member)
    ready = [item for item in items if item.place is not None]
    names = [tag for item in ready if item.wanted for tag in item.foreign.tags]
    file = imports_store.File(name, "web-annotation")
    report = imports_store.run(member, ready, file, writer.tags, names, writer.store)
    report.items = items
    return report


class Writer:
    """What the annotations of one import share."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.tags = Tags(member.corpus)
        self.documents = imports_store.Documents()
        self._authors: dict[str, int] = {}

    def store(self, op: Op, item: Item, made: Counter[str]) -> None:
        assert isinstance(item, WebItem) and item.place is not None
        tags, others, problems = self.tags.sorted(item.foreign.tags)
        if others:
            message = noop("A tag for statements does not go on a passage; it was left out.")
            problems.append(Invalid("tag_scope", message, field="tags"))
        document = self.documents.at(op, item.place)
        annotation = imports_store.put(op, document, item.place, item.uid, tags, item.foreign.note).annotation
        created = _moment(item.foreign.created, op.at) or op.at
        modified = _moment(item.foreign.modified, op.at) or created
        Annotation.objects.filter(pk=annotation.pk).update(
            created_by_id=self._author(op, item.foreign.creator), created_at=created, updated_at=max(created, modified)
        )
        made["annotations"] += 1
        item.problems += problems

    def _author(self, op: Op, name: str) -> int:
        """The importer for their own name or none, else a member without an account."""
        name = " ".join(name.split())[:120]
        if not name or fold_text(name) == fold_text(op.by.name):
            return op.by.pk
        if name not in self._authors:
            row, _ = Member.objects.get_or_create(
                corpus=op.corpus, user=None, name=name,
                defaults={"role": "annotator", "active": False, "joined_at": op.at},
            )  # fmt: skip
            self._authors[name] = row.pk
        return self._authors[name]


def _moment(text: str, now: datetime) -> datetime | None:
    """A time of the file, None when it says none; one to come is now."""
    return min(datetime.fromisoformat(text), now) if text else None
