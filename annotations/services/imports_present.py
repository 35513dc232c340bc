"""What a corpus has already of what a file brings: by uid from an earlier import, by place from somebody's own hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import F

from annotations.models import Anchor, Annotation, Corpus, Member, Occurrence, Statement
from annotations.services import texts
from annotations.services.imports import Place

AT_ONCE = 500


def known(corpus: Corpus, uids: Sequence[UUID]) -> set[UUID]:
    """Those uids that an occurrence, an annotation or a statement of the corpus has, removed ones included: what
    somebody took away again does not come back."""
    found: set[UUID] = set()
    for start in range(0, len(uids), AT_ONCE):
        some = uids[start : start + AT_ONCE]
        for model in (Occurrence, Annotation, Statement):
            rows = model._default_manager.filter(corpus=corpus, uid__in=some)
            found.update(rows.values_list("uid", flat=True))
    return found


class ByHand:
    """The annotations that begin and end at a place, and what they express; read once a document."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self._spans: dict[int, dict[tuple[int, int], list[int]]] = {}
        self._said: dict[int, set[tuple[int, str, str]]] = {}

    def at(self, place: Place) -> list[int]:
        """Annotations at this very place, oldest first."""
        if place.document not in self._spans:
            self._read(place.document)
        return self._spans[place.document].get((place.start, place.end), [])

    def add(self, place: Place, annotation: int) -> None:
        """One more, just made."""
        self.at(place)
        self._spans[place.document].setdefault((place.start, place.end), []).append(annotation)

    def has(self, place: Place, kind: str, text: str) -> bool:
        """Whether one of them expresses this statement; without a kind, whether there is one at all."""
        there = self.at(place)
        key = texts.fold_hash(text)
        return any((pk, kind, key) in self._said[place.document] for pk in there) if kind else bool(there)

    def _read(self, document: int) -> None:
        visible = Annotation.objects.visible_to(self.member).filter(document_id=document, layer=None)
        current = Anchor.objects.filter(annotation__in=visible, version=F("annotation__document__current"))
        spans: dict[tuple[int, int], list[int]] = {}
        rows = current.order_by("annotation_id").values_list("annotation_id", "home_start", "home_end")
        for annotation_id, start, end in rows:
            spans.setdefault((start, end), []).append(annotation_id)
        links = Occurrence.objects.filter(annotation__in=visible, removed_at=None)
        fields = links.values_list("annotation_id", "statement__kind", "statement__text")
        self._spans[document] = spans
        self._said[document] = {(pk, kind, texts.fold_hash(text)) for pk, kind, text in fields}


class Statements:
    """The live statements of a corpus by kind and folded words."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._by_words = {(kind, key): pk for pk, kind, key in self._rows()}

    def _rows(self) -> Iterator[tuple[int, str, str]]:
        live = Statement.objects.filter(corpus=self.corpus, removed_at=None, redirect_to=None).order_by("-pk")
        for pk, kind, text in live.values_list("pk", "kind", "text").iterator(2000):
            yield pk, kind, texts.fold_hash(text)

    def find(self, uid: UUID, kind: str, text: str) -> Statement | None:
        """The one that an earlier import made (it may have been merged or removed since), else one of these words."""
        found = Statement.objects.filter(corpus=self.corpus, uid=uid).first()
        while found is not None and found.redirect_to_id:
            found = found.redirect_to
        if found is None and (pk := self._by_words.get((kind, texts.fold_hash(text)))):
            found = Statement.objects.filter(pk=pk).first()
        return found

    def add(self, statement: Statement) -> None:
        self._by_words[statement.kind, texts.fold_hash(statement.text)] = statement.pk
