"""What the decisions of a corpus teach its suggestions: accepted and rejected ones, passages that people marked, and
sentences that they read without marking them.

Nothing of it is stored: it follows from the history, the same each time, and is kept in memory until somebody decides.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock

from django.db.models import Count, Max

from annotations.models import Anchor, Annotation, Document, Occurrence, ReadingState, Suggestion
from annotations.services import texts
from annotations.text.suggest import Example, Learned, Part, candidates, signs, trained

KINDS = ("claim", "proposal")
DECIDED = ("accepted", "rejected")
#: So many of each, the latest, are learned from.
DECISIONS, MARKS, READ = 800, 400, 30
#: What somebody read without marking it may still be one: it counts for less, and few of a document count.
UNMARKED, OF_ONE = 0.3, 16
LONGEST = 300  # characters of a passage that is one example
KEPT = 16  # corpora

Fingerprint = tuple[object, ...]
_cache: OrderedDict[int, tuple[Fingerprint, Learned]] = OrderedDict()
_lock = Lock()


def of_corpus(corpus_id: int) -> Learned:
    """What has been learned so far."""
    now = fingerprint(corpus_id)
    with _lock:
        known = _cache.get(corpus_id)
        if known is not None and known[0] == now:
            return known[1]
    learned = trained(examples(corpus_id))
    with _lock:
        _cache[corpus_id] = (now, learned)
        while len(_cache) > KEPT:
            _cache.popitem(last=False)
    return learned


def fingerprint(corpus_id: int) -> Fingerprint:
    """Another one when there is something to learn anew."""
    decided = Suggestion.objects.filter(corpus=corpus_id, state__in=DECIDED)
    marked = Occurrence.objects.filter(corpus=corpus_id, removed_at=None)
    read = ReadingState.objects.filter(document__corpus=corpus_id, state__in=("read", "nothing"))
    return (
        *decided.aggregate(number=Count("pk"), last=Max("decided_at")).values(),
        *marked.aggregate(number=Count("pk"), last=Max("pk")).values(),
        read.count(),
    )


def examples(corpus_id: int) -> list[Example]:
    """All that is learned from: what was read, then what was marked, then what was decided, which weighs most."""
    return [*unmarked(corpus_id), *marks(corpus_id), *decisions(corpus_id)]


def decisions(corpus_id: int) -> Iterator[Example]:
    """The latest decisions about suggestions, oldest first. One that was accepted as the other kind says both."""
    rows = Suggestion.objects.filter(corpus=corpus_id, state__in=DECIDED, statement=None).exclude(kind="")
    latest = list(rows.order_by("-decided_at", "-id").values_list("quote", "kind", "state", "annotation")[:DECISIONS])
    kinds = kinds_of([annotation for *_, annotation in latest if annotation])
    for quote, kind, state, annotation in reversed(latest):
        if state == "rejected":
            yield Example(quote, signs(quote), kind, right=False)
        elif found := kinds.get(annotation or 0):
            yield from (Example(quote, signs(quote), one, right=one in found) for one in KINDS)


def marks(corpus_id: int) -> Iterator[Example]:
    """Passages that people marked as claims or proposals, outside of coding rounds."""
    live = Annotation.objects.filter(corpus=corpus_id, removed_at=None, layer=None)
    latest = list(live.order_by("-id").values_list("pk", flat=True)[:MARKS])
    kinds = kinds_of(latest)
    suggested = set(Suggestion.objects.filter(annotation__in=latest).values_list("annotation", flat=True))
    quotes = dict(Anchor.objects.filter(annotation__in=latest).order_by("version").values_list("annotation", "quote"))
    for pk in reversed(latest):
        quote = quotes.get(pk, "")
        if pk in kinds and pk not in suggested and 0 < len(quote) <= LONGEST:
            yield from (Example(quote, signs(quote), one, right=one in kinds[pk]) for one in KINDS)


def kinds_of(annotations: Sequence[int]) -> dict[int, set[str]]:
    """What these passages express, by their ids."""
    found: dict[int, set[str]] = {}
    rows = Occurrence.objects.filter(annotation__in=annotations, removed_at=None)
    for annotation, kind in rows.values_list("annotation", "statement__kind"):
        found.setdefault(annotation, set()).add(kind)
    return found


def unmarked(corpus_id: int) -> Iterator[Example]:
    """Some passages of documents that were read to the end, in which nobody marked anything."""
    finished = ReadingState.objects.filter(document__corpus=corpus_id, state__in=("read", "nothing"))
    latest = finished.order_by("-updated_at", "-id").values_list("document", flat=True)[: 2 * READ]
    documents = Document.objects.filter(pk__in=list(dict.fromkeys(latest))[:READ], removed_at=None)
    for document in documents.exclude(current=None).order_by("id"):
        yield from passed_over(document)


def passed_over(document: Document) -> Iterator[Example]:
    assert document.current_id is not None
    text = texts.get(document.current_id)
    live = Anchor.objects.filter(version=document.current_id, annotation__removed_at=None)
    spans = list(live.values_list("clean_start", "clean_end"))
    free = [
        text.clean[one.start : one.end]
        for one in candidates(text.clean, parts(text))
        if all(one.end <= start or end <= one.start for start, end in spans)
    ]
    for passage in free[:: max(1, len(free) // OF_ONE)][:OF_ONE]:
        for kind in KINDS:
            yield Example(passage, signs(passage), kind, right=False, weight=UNMARKED)


def parts(text: texts.Text) -> list[Part]:
    """The blocks of a text that repeat no other, in clean offsets."""
    return [
        Part(number, block.role, *text.map.raw_to_clean(block.start, block.end))
        for number, block in enumerate(text.blocks)
        if block.duplicate_of is None
    ]
