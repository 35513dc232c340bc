"""The index of sketches: sentences of all documents of a corpus that share runs of words with a passage."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from annotations.models import Document, Sentence, Sketch
from annotations.services.run_index import RunIndex
from annotations.services.search_index import CORPUS, DOCUMENT, first_id
from annotations.text import reuse, shelf
from annotations.text.reuse import Passage

RUNS = RunIndex(Sketch._meta.db_table, "sentence")
#: The most runs of a passage that are looked up, spread over it.
MOST_RUNS = 32


def pending(corpus_id: int) -> list[int]:
    """Ids of the documents whose current text has not been looked at."""
    rows = Document.objects.filter(corpus=corpus_id, removed_at=None).exclude(current=None)
    never = list(rows.filter(sketched=None).order_by("id").values_list("pk", flat=True))
    return never + list(rows.exclude(sketched=None).exclude(sketched=F("current")).values_list("pk", flat=True))


def store(document: Document) -> None:
    """Sketch the sentences of the current text, in place of those of an older one."""
    sentences = Sentence.objects.filter(document=document, version=document.current_id, duplicate=False)
    rows = [(run, pk) for pk, folded in sentences.values_list("pk", "folded") for run in reuse.sketch(folded)]
    first = first_id(document.corpus_id, document.pk)
    with transaction.atomic():
        Document.objects.select_for_update(of=("self",)).filter(pk=document.pk).first()  # two jobs at one text
        Sketch.objects.filter(sentence__gte=first, sentence__lt=first + DOCUMENT).delete()
        RUNS.write(rows)


def looked_at(document: Document) -> None:
    """The current text has been looked at."""
    Document.objects.filter(pk=document.pk, current=document.current_id).update(sketched=document.current_id)


def like(corpus_id: int, wanted: Passage, limit: int = shelf.LOOKED_AT) -> list[int]:
    """Ids of sentences that may repeat the passage or a part of it, the likeliest first. Some may be gone."""
    runs = list(dict.fromkeys(reuse.runs(wanted.tokens)))
    if len(runs) > MOST_RUNS:
        runs = [runs[at * len(runs) // MOST_RUNS] for at in range(MOST_RUNS)]
    return shelf.ranked(places(corpus_id, runs).values(), limit) if runs else []


def places(corpus_id: int, runs: Sequence[int]) -> dict[int, list[int]]:
    """The sentences that hold each of the runs, the first COMMON of each."""
    first = first_id(corpus_id)
    return RUNS.places(runs, (first, first + CORPUS))
