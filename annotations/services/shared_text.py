"""Which documents share text with one, quickly and about right by the sketches of sentences; and what exactly two of
them share, run by run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from annotations.models import Document, Member, Sketch
from annotations.services import sketches, texts
from annotations.services.search_index import DOCUMENT, first_id
from annotations.text import shared
from annotations.text.shared import Run

#: Runs of the sketch that are looked up; of a longer document some sentences stand for the rest.
MOST_RUNS = 3000
#: Runs that two sentences have in common at least: fewer are a name or a turn of phrase.
TOGETHER = 3
#: The most documents that are told.
TOLD = 50


@dataclass(frozen=True, slots=True)
class Partner:
    """A document that shares text; `share`: about how much of the first document stands there, 0 to 1."""

    document: Document
    share: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run that two documents share: raw code points of each, and its clean code points."""

    start: int
    end: int
    other_start: int
    other_end: int
    clean: Run


@dataclass(frozen=True, slots=True)
class Shared:
    """All stretches in the order of the first document, and how much of each document they are, 0 to 1."""

    stretches: tuple[Stretch, ...]
    share: float
    other_share: float


def partners(member: Member, document: Document, limit: int = TOLD) -> list[Partner]:
    """The documents that share most with this one, the most first. Texts that wait for the job of sketches are not
    there yet; repeated bodies count once."""
    first = first_id(member.corpus_id, document.pk)
    rows = Sketch.objects.filter(sentence__gte=first, sentence__lt=first + DOCUMENT).order_by("sentence")
    pairs = list(rows.values_list("sentence", "run"))
    mine = [[run for _, run in group] for _, group in groupby(pairs, itemgetter(0))]
    mine = mine[:: len(pairs) // MOST_RUNS + 1]
    where = sketches.places(member.corpus_id, sorted({run for runs in mine for run in runs}))
    corpus, total, found = first_id(member.corpus_id), 0, Counter[int]()
    for runs in mine:
        total += len(runs)
        together = Counter(sentence for run in runs for sentence in where.get(run, ()))
        best: dict[int, int] = {}
        for sentence, many in together.items():
            if many >= TOGETHER:
                other = (sentence - corpus) // DOCUMENT
                best[other] = max(best.get(other, 0), many)
        best.pop(document.pk, None)
        found.update(best)
    live = Document.objects.filter(corpus=member.corpus_id, removed_at=None).exclude(current=None)
    documents = live.in_bulk([pk for pk, _ in found.most_common(limit)])
    return [Partner(documents[pk], many / total) for pk, many in found.most_common(limit) if pk in documents]


def between(one: Document, other: Document) -> Shared:
    """What the current texts of two documents share. Repeated bodies are compared once."""
    assert one.current_id is not None and other.current_id is not None
    left, right = texts.get(one.current_id), texts.get(other.current_id)
    mine, theirs = _words(left), _words(right)
    found = shared.runs(mine, theirs)
    turned = [Run(run.other_start, run.other_end, run.start, run.end) for run in found]
    stretches = (
        Stretch(
            *left.map.clean_to_raw(run.start, run.end), *right.map.clean_to_raw(run.other_start, run.other_end), run
        )
        for run in found
    )
    return Shared(tuple(stretches), shared.share(found, mine), shared.share(turned, theirs))


def _words(text: texts.Text) -> shared.Words:
    """The words of the first copies, block by block."""
    blocks = (block for block in text.blocks if block.duplicate_of is None)
    return shared.words_of(text.clean, (text.map.raw_to_clean(block.start, block.end) for block in blocks))
