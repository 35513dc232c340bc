"""Recurrence: known statements are looked for in each new text, and new passages in all texts; what repeats them is
suggested, never marked. A job does this; `more_like` answers at once."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import orjson

from annotations.models import (
    CorpusHead,
    Document,
    Event,
    EventObject,
    Member,
    Occurrence,
    Recurrence,
    Sentence,
    Statement,
)
from annotations.services import feed, known, lookalikes, sketches, suggestions, texts, watching
from annotations.services.known import Known
from annotations.services.op import writing
from annotations.services.suggested import overlap
from annotations.services.suggestions import Offer
from annotations.text import restating, reuse
from annotations.text.restating import Verdict
from annotations.text.reuse import Passage
from annotations.text.sentences import STOP
from annotations.text.shelf import Shelf

SUGGESTER = "recurrence"
#: A step of the job takes about so long; what is left is a job of its own, so that others come in between.
SECONDS = 5.0
#: Events after which a statement may be found in other places than before.
TELLING = (
    "statement.created", "statement.restored", "statement.updated", "occurrence.created", "occurrence.restored",
    "occurrence.updated", "occurrence.removed", "annotation.removed", "annotation.restored", "document.removed",
    "document.restored",
)  # fmt: skip
#: Of the fields of a statement those whose change makes it another one to look for.
WORDS = ("text", "gloss_en")
#: How many statements one place may repeat.
AT_ONE_PLACE = 3
#: What is shown to somebody who asks for more like this may be further off than what is suggested unasked.
NEAR = 0.5
#: So many more are compared than are asked for: some are less alike than the runs they share make them look.
SPARE = 7
#: How many changed words are told.
TOLD = 4


def catch_up(corpus_id: int, seconds: float = SECONDS) -> bool:
    """Look through texts that are new and for passages that are new; whether nothing is left to be done."""
    until = time.monotonic() + seconds
    head = feed.head(corpus_id)
    cursor, _ = Recurrence.objects.get_or_create(pk=corpus_id)
    fresh = new_statements(corpus_id, cursor.seq) if cursor.seq else set()
    if not _texts(corpus_id, fresh, until) or not lookalikes.catch_up(cursor, fresh, until):
        return False
    Recurrence.objects.filter(pk=corpus_id).update(seq=head)
    return True


def _texts(corpus_id: int, fresh: Collection[int], until: float) -> bool:
    """Look through the texts that are new, and for new passages through all; whether that was all."""
    waiting = sketches.pending(corpus_id)
    if not waiting and not fresh:
        return True
    wordings = known.on_shelf(known.of_corpus(corpus_id))
    for pk in waiting:
        look_through(pk, wordings)
        if time.monotonic() >= until:
            return False
    for pk in sorted(holding(corpus_id, [one for one in wordings.passages if one.statement in fresh])):
        look_through(pk, wordings)
    return True


def corpora() -> list[int]:
    """Ids of the corpora in which something may have to be looked at."""
    heads = dict(CorpusHead.objects.values_list("pk", "seq"))
    seen = {pk: (seq, compared) for pk, seq, compared in Recurrence.objects.values_list("pk", "seq", "compared")}
    newest = lookalikes.newest()
    never = (-1, 0)
    return sorted(
        pk for pk, seq in heads.items()
        if seen.get(pk, never)[0] != seq or seen.get(pk, never)[1] < newest.get(pk, 0)
    )  # fmt: skip


def new_statements(corpus_id: int, seq: int) -> set[int]:
    """Ids of the statements that were made, reworded, brought back, or got or lost a passage after event `seq`."""
    found: set[int | None] = set()
    places: dict[str, set[int]] = {"occurrence": set(), "annotation": set(), "document": set()}
    events = Event.objects.filter(corpus=corpus_id, seq__gt=seq, kind__in=TELLING)
    for kind, pk, payload in events.values_list("kind", "object_id", "payload"):
        thing = kind.partition(".")[0]
        if thing in places:
            places[thing].add(pk)
            moved = orjson.loads(payload or "{}").get("changes", {}) if kind == "occurrence.updated" else {}
            found.update(moved.get("statement", ()))
        elif kind != "statement.updated" or any(name in orjson.loads(payload or "{}")["changes"] for name in WORDS):
            found.add(pk)
    links = Occurrence.objects.filter(corpus=corpus_id)
    for thing, column in (("occurrence", "pk"), ("annotation", "annotation"), ("document", "annotation__document")):
        if places[thing]:
            found.update(links.filter(**{f"{column}__in": places[thing]}).values_list("statement", flat=True))
    bulk = EventObject.objects.filter(event__corpus=corpus_id, event__seq__gt=seq, object_type="statement")
    found.update(bulk.values_list("object_id", flat=True))
    return {pk for pk in found if pk is not None}


def holding(corpus_id: int, wordings: Collection[Known]) -> set[int]:
    """Ids of the documents in which one of these may be repeated."""
    sentences = {pk for one in wordings for pk in sketches.like(corpus_id, reuse.passage(one.words))}
    return set(Sentence.objects.filter(pk__in=sentences).values_list("document", flat=True))


def look_through(document_id: int, wordings: Shelf[Known]) -> int:
    """Sketch a document that has not been looked at, and suggest what repeats a known statement; how many places."""
    document = Document.objects.select_related("corpus", "current").filter(pk=document_id, removed_at=None).first()
    if document is None or document.current_id is None:
        return 0
    if document.sketched != document.current_id:
        sketches.store(document)
    found = offers(document, wordings) if len(wordings) else []
    member = suggestions.in_whose_name(document)
    count = 0
    if member is not None and (found or document.suggestions.filter(suggester=SUGGESTER, state="open").exists()):
        with writing(by=member) as op:
            count = suggestions.put(op, document, document.current_id, SUGGESTER, found)
    watching.look(document)  # before the mark: who is killed in between looks once more, and tells nothing twice
    sketches.looked_at(document)
    return count


def offers(document: Document, wordings: Shelf[Known]) -> list[Offer]:
    """The places of the current text that repeat a known statement, each statement at each place once."""
    version = document.current_id
    assert version is not None
    text = texts.get(version)
    kept: list[tuple[Known, int, int, Verdict]] = []
    for one in sorted(_repeats(text, version, wordings), key=lambda found: -found[3].score):
        statement, start, end, _ = one
        here = [other for other in kept if overlap((start, end), (other[1], other[2])) >= 0.5]
        if len(here) < AT_ONE_PLACE and all(other[0].statement != statement.statement for other in here):
            kept.append(one)
    return [_offer(text, *one) for one in kept]


def _offer(text: texts.Text, one: Known, start: int, end: int, verdict: Verdict) -> Offer:
    """What repeats a variant in the same words is that variant, too."""
    fit, difference = verdict.fit, verdict.difference
    if fit == "same":
        fit, difference = one.fit, one.difference
    raw = text.map.clean_to_raw(start, end)
    return Offer(
        *raw, score=verdict.score, statement_id=one.statement, fit=fit, difference=difference, reasons=reasons(verdict)
    )


def _repeats(text: texts.Text, version: int, wordings: Shelf[Known]) -> Iterator[tuple[Known, int, int, Verdict]]:
    """Every known wording with the clean span that repeats it."""
    rows = Sentence.objects.filter(version=version, duplicate=False).order_by("clean_start")
    ends = [text.map.raw_to_clean(block.start, block.end)[1] for block in text.blocks]
    for block, start, end in rows.values_list("block", "clean_start", "clean_end"):
        sentence = reuse.passage(text.clean[start:end])
        for one in wordings.like(sentence):
            wanted = wordings.passages[one]
            goes_on = STOP.search(wanted.text, 0, len(wanted.text) - 1)  # it may end in one of the next sentences
            last = min(ends[block], end + len(wanted.text)) if goes_on else end
            where = sentence if last == end else reuse.passage(text.clean[start:last])
            spot = reuse.spot(wanted, where)
            if spot is not None:
                span = (start + spot.start, start + spot.end)
                verdict = restating.compare(one.words, text.clean[slice(*span)])
                if verdict.repeats:
                    yield one, *span, verdict


def reasons(verdict: Verdict) -> list[dict[str, object]]:
    """Why: the same words, or what has changed."""
    if not verdict.changes:
        return [{"code": "same_words", "words": []}]
    told = sorted(verdict.changes, key=lambda change: -len(change.gone + change.new))[:TOLD]
    return [
        {"code": "changed", "words": [change.gone, change.new]} if change.gone and change.new
        else {"code": "left_out", "words": [change.gone]} if change.gone
        else {"code": "added", "words": [change.new]}
        for change in verdict.changes if change in told
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alike:
    """A passage of a document that is like the one asked for; offsets in the clean text."""

    document: int
    version: int
    block: int
    start: int
    end: int
    quote: str
    verdict: Verdict


def more_like(member: Member, words: str, *, limit: int = 20) -> list[Alike]:
    """The passages of the corpus most like these words, best first, the words' own place included."""
    asked = reuse.passage(words)
    ids = sketches.like(member.corpus_id, asked, limit + SPARE)
    rows = Sentence.objects.filter(pk__in=ids, document__removed_at=None)
    found: list[tuple[float, tuple[int, int, int, int, int]]] = []
    columns = ("document", "version", "block", "clean_start", "clean_end", "folded")
    for document, version, block, start, end, folded in rows.values_list(*columns):
        if score := reuse.near(asked, folded, NEAR):
            found.append((score, (document, version, block, start, end)))
    best = [row for _, row in sorted(found, reverse=True)[:limit]]
    sentences = texts.parts([(version, start, end) for _, version, _, start, end in best])
    likely = (_alike(asked, *row, sentence) for row, sentence in zip(best, sentences, strict=True))
    return sorted(filter(None, likely), key=lambda one: (-one.verdict.score, one.document, one.start))


def like_statement(member: Member, statement: Statement, limit: int = 50) -> list[Alike]:
    """The same for each wording of a statement; a passage that is like several of them stands there once."""
    best: dict[tuple[int, int], Alike] = {}
    for one in known.of_corpus(member.corpus_id, [statement.pk]):
        for alike in more_like(member, one.words):
            place = (alike.version, alike.start)
            if place not in best or best[place].verdict.score < alike.verdict.score:
                best[place] = alike
    return sorted(best.values(), key=lambda one: (-one.verdict.score, one.document, one.start))[:limit]


def _alike(
    asked: Passage, document: int, version: int, block: int, start: int, end: int, words: str
) -> Alike | None:  # fmt: skip
    """Where in a sentence, whose clean text is `words`, the passage stands."""
    spot = reuse.spot(asked, reuse.passage(words), NEAR)
    if spot is None:
        return None
    quote = words[spot.start : spot.end]
    verdict = restating.compare(asked.text, quote)
    return Alike(document, version, block, start + spot.start, start + spot.end, quote, verdict)
