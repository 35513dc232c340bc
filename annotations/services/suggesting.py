"""Claims and proposals are looked for in each new text, by rules and by what the corpus taught; what is found is
suggested, never marked. A job does this; nothing leaves the house."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db.models import F, Q, QuerySet

from annotations.models import Asked, Corpus, Document, Member
from annotations.services import corpora as corpus_verbs
from annotations.services import lessons, meaning, queue, suggestions, texts
from annotations.services.op import Op, writing
from annotations.services.suggestions import Offer
from annotations.text.suggest import Candidate, Cue, Teaching, candidates, choose

SUGGESTER = "cues"
MODEL = "model"  # services/asking.py
#: A step of the job takes about so long; what is left is a job of its own, so that others come in between.
SECONDS = 5.0


def enabled() -> bool:
    """Whether this installation suggests claims at all (AIGOV_SUGGEST)."""
    return bool(settings.AIGOV_SUGGEST)


def pending() -> QuerySet[Document]:
    """Documents in whose current text claims have not been looked for."""
    rows = Document.objects.filter(removed_at=None, corpus__suggests=True).exclude(current=None)
    return rows.filter(Q(suggested=None) | ~Q(suggested=F("current")))


def corpora() -> list[int]:
    """Ids of the corpora in which something may have to be looked at."""
    if not enabled():
        return []
    return sorted(set(pending().order_by().values_list("corpus", flat=True).distinct()))


def catch_up(corpus_id: int, seconds: float = SECONDS) -> bool:
    """Look through new texts; whether nothing is left to be done."""
    until = time.monotonic() + seconds
    waiting = pending().filter(corpus=corpus_id).order_by("id") if enabled() else Document.objects.none()
    for pk in list(waiting.values_list("pk", flat=True)):
        look_through(pk)
        if time.monotonic() >= until:
            return False
    return True


def look_through(document_id: int, by: Member | None = None) -> int:
    """Suggest what the current text of a document claims and proposes; how many suggestions there are now. `by`: who
    asked for it."""
    document = Document.objects.select_related("corpus", "current").filter(pk=document_id, removed_at=None).first()
    if document is None or document.current_id is None:
        return 0
    text = texts.get(document.current_id)
    known = meaning.taught(document.corpus_id, text, lessons.of_corpus(document.corpus_id))
    found = chosen(text, known)
    close = [offer(text, one, [reason]) for one, reason in meaning.close(text, found, known)]
    member, count = by or suggestions.in_whose_name(document), 0
    if member is not None:
        with writing(by=member) as op:
            offers = [offer(text, one, reasons(one.reasons)) for one in found]
            count = suggestions.put(op, document, document.current_id, SUGGESTER, offers)
            if close or meaning.waiting_for(document.pk):
                suggestions.put(op, document, document.current_id, meaning.SUGGESTER, close)
    Document.objects.filter(pk=document.pk, current=document.current_id).update(suggested=document.current_id)
    return count


def chosen(text: texts.Text, learned: Teaching) -> list[Candidate]:
    """The passages of a text that are worth somebody's look, within the share of the text that choose keeps to."""
    parts = lessons.parts(text)
    return choose(candidates(text.clean, parts, learned), sum(part.end - part.start for part in parts))


def offer(text: texts.Text, one: Candidate, why: Sequence[dict[str, object]]) -> Offer:
    start, end = text.map.clean_to_raw(one.start, one.end)
    return Offer(start, end, score=one.score, kind=one.kind, reasons=why)


def reasons(cues: Iterable[Cue]) -> list[dict[str, object]]:
    """Each code once, with its words, the strongest first."""
    found: dict[str, list[str]] = {}
    for cue in cues:
        words = found.setdefault(cue.code, [])
        if cue.words and cue.words not in words:
            words.append(cue.words)
    return [{"code": code, "words": words} for code, words in found.items()]


def switch(op: Op, on: bool) -> None:
    """Whether claims are suggested in this corpus. Off: what waits for a decision goes, and no text is sent to a
    language model; what was decided stays."""
    if op.corpus.suggests == on:
        op.check("manage_corpus")
        return
    corpus_verbs.update(op, suggests=on, **({} if on else {"sends_to": ""}))
    if not on:
        forget(op.corpus)


def again(op: Op) -> None:
    """Have all texts looked through again, with what was learned; what is open and still likely stays."""
    op.check("manage_corpus")
    Document.objects.filter(corpus=op.corpus).exclude(suggested=None).update(suggested=None)
    if enabled():
        queue.enqueue("claims", op.corpus.pk)


def forget(corpus: Corpus) -> None:
    """No open suggestion of new claims, and no text that was looked through."""
    for suggester in (SUGGESTER, MODEL, meaning.SUGGESTER):
        suggestions.forget(corpus, suggester)
    Asked.objects.filter(document__corpus=corpus).delete()
    Document.objects.filter(corpus=corpus).exclude(suggested=None).update(suggested=None)
