"""Vectors of new texts are worked out by a job, a few seconds long; then their suggestions are looked for again, and
once more whenever people have decided on half as much again."""

from __future__ import annotations

import time

from django.db.models import F, Q, QuerySet

from annotations.models import Document, Embedded
from annotations.services import close_statements, embedding, meaning, suggesting, texts, vectors

#: A step of the job takes about so long; what is left is a job of its own, so that others come in between.
SECONDS = 5.0
#: Texts are looked through again after so many new decisions, and so many of those there were.
NEW, SHARE = 10, 0.5


def pending() -> QuerySet[Document]:
    """Documents whose current text has passages without vectors of this model."""
    rows = Document.objects.filter(removed_at=None, corpus__suggests=True).exclude(current=None)
    other = ~Q(embedded__text_version=F("current")) | ~Q(embedded__model=embedding.digest())
    return rows.filter(Q(embedded=None) | other)


def outdated(corpus_id: int) -> QuerySet[Embedded]:
    """Texts whose suggestions were looked for when much less was known."""
    now = meaning.decisions(corpus_id)
    rows = Embedded.objects.filter(document__corpus=corpus_id, document__removed_at=None, model=embedding.digest())
    return rows.filter(lessons__lte=int((now - NEW) / (1 + SHARE))) if now >= NEW else rows.none()


def corpora() -> list[int]:
    """Ids of the corpora in which something may have to be worked out."""
    if not (meaning.enabled() and suggesting.enabled()):
        return []
    rows = Document.objects.filter(removed_at=None, corpus__suggests=True).exclude(embedded=None)
    known = set(rows.order_by().values_list("corpus", flat=True).distinct())
    fresh = set(pending().order_by().values_list("corpus", flat=True).distinct())
    return sorted(fresh | {pk for pk in known if outdated(pk).exists()})


def catch_up(corpus_id: int, seconds: float = SECONDS) -> bool:
    """Work out vectors and look through texts; whether there is nothing left that could be done now."""
    until = time.monotonic() + seconds
    if not (meaning.enabled() and suggesting.enabled()) or embedding.load() is None:
        return True
    if not vectors.make(corpus_id, (one.words for one in close_statements.wordings(corpus_id)), until):
        return False
    waiting = list(pending().filter(corpus=corpus_id).order_by("id").values_list("pk", flat=True))
    if not waiting and not outdated(corpus_id).exists():
        return True
    if not (vectors.forget_others(corpus_id, until) and vectors.make(corpus_id, meaning.examples(corpus_id), until)):
        return False
    for pk in waiting:
        if not embed(pk, until) or time.monotonic() >= until:
            return False
    for pk in list(outdated(corpus_id).order_by("pk").values_list("pk", flat=True)):
        look_again(pk)
        if time.monotonic() >= until:
            return False
    return True


def embed(document_id: int, until: float) -> bool:
    """Work out the vectors of a document, then look for its suggestions with them; whether it is done."""
    document = Document.objects.filter(pk=document_id, removed_at=None).first()
    if document is None or document.current_id is None:
        return True
    if not vectors.make(document.corpus_id, meaning.passages(texts.get(document.current_id)), until):
        return False
    made = {"text_version_id": document.current_id, "model": embedding.digest(), "lessons": 0}
    Embedded.objects.update_or_create(document=document, defaults=made)
    if meaning.taste(document.corpus_id) is not None:
        look_again(document_id)
    return True


def look_again(document_id: int) -> None:
    document = Document.objects.get(pk=document_id)
    now = meaning.decisions(document.corpus_id)
    suggesting.look_through(document_id)
    Embedded.objects.filter(pk=document_id).update(lessons=now)


def left(corpus_id: int) -> int:
    """How many documents still have to be read by the model, for people."""
    return pending().filter(corpus=corpus_id).count() if meaning.enabled() else 0
