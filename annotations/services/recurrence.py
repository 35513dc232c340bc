"""Recurrence: known statements are looked for in each new text, and new passages in all texts; what repeats them is
suggested, never marked. A job does this; `more_like` answers at once."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial

from rapidfuzz import fuzz

from annotations.models import Document, Member, Sentence, Statement
from annotations.services import due, known, lookalikes, sketches, suggestions, texts, watching, wordings
from annotations.services.known import Known
from annotations.services.op import writing
from annotations.services.suggested import overlap
from annotations.services.suggestions import Offer
from annotations.services.wordings import Indexed
from annotations.text import restating, reuse, shelf
from annotations.text.restating import Verdict
from annotations.text.reuse import Passage, Spot
from annotations.text.sentences import STOP

SUGGESTER = "recurrence"
#: A step of the job takes about so long; what is left is a job of its own, so that others come in between.
SECONDS = 1.0
#: So many sentences of a text are looked up at once.
SENTENCES = 200
#: How many statements one place may repeat.
AT_ONE_PLACE = 3
#: What is shown to somebody who asks for more like this may be further off than what is suggested unasked.
NEAR = 0.5
#: So many more are compared than are asked for: some are less alike than the runs they share make them look.
SPARE = 7
#: How many changed words are told.
TOLD = 4


def catch_up(corpus_id: int, seconds: float = SECONDS) -> bool:
    """Look at what is new and what changed, for about so long: statements first, then texts; whether nothing is left to
    be done."""
    until = time.monotonic() + seconds
    cursor, all_told = due.take_up(corpus_id)
    steps = (
        (due.WORDS, partial(wordings.put, corpus_id)),
        (due.ALIKE, partial(lookalikes.store, corpus_id)),
        (due.PLACES, partial(_places, corpus_id)),
    )
    done = due.enlist(cursor, until) and all(due.in_turn(corpus_id, step, until, work) for step, work in steps)
    return done and all_told and _texts(corpus_id, until)


def _places(corpus_id: int, statements: Collection[int]) -> None:
    """The documents in which one of these statements may be repeated are to be looked through again."""
    worded = [row.known.words for row in wordings.of_statements(statements) if not row.known.gloss]
    sentences = {pk for words in worded for pk in sketches.like(corpus_id, reuse.passage(words))}
    found = Sentence.objects.filter(pk__in=sentences).values_list("document", flat=True)
    due.add(corpus_id, due.TEXTS, set(found))


def _texts(corpus_id: int, until: float) -> bool:
    """Look through the texts that are new, and those in which statements that changed may be repeated."""
    waiting = sketches.pending(corpus_id)
    for at, pk in enumerate(waiting, 1):
        look_through(pk)
        if time.monotonic() >= until and at < len(waiting):
            return False

    def again(pks: list[int]) -> None:
        for pk in pks:
            look_through(pk)

    return due.in_turn(corpus_id, due.TEXTS, until, again, limit=1)


def look_through(document_id: int) -> int:
    """Sketch a document that has not been looked at, and suggest what repeats a known statement; how many places."""
    document = Document.objects.select_related("corpus", "current").filter(pk=document_id, removed_at=None).first()
    if document is None or document.current_id is None:
        return 0
    if document.sketched != document.current_id:
        sketches.store(document)
    found = offers(document) if wordings.any_of(document.corpus_id) else []
    member = suggestions.in_whose_name(document)
    count = 0
    if member is not None and (found or document.suggestions.filter(suggester=SUGGESTER, state="open").exists()):
        with writing(by=member) as op:
            count = suggestions.put(op, document, document.current_id, SUGGESTER, found)
    watching.look(document)  # before the mark: who is killed in between looks once more, and tells nothing twice
    sketches.looked_at(document)
    return count


def offers(document: Document) -> list[Offer]:
    """The places of the current text that repeat a known statement, each statement at each place once."""
    version = document.current_id
    assert version is not None
    text = texts.get(version)
    kept: list[tuple[Known, int, int, Verdict]] = []
    for one in sorted(_repeats(text, document), key=lambda found: -found[3].score):
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


def _repeats(text: texts.Text, document: Document) -> Iterator[tuple[Known, int, int, Verdict]]:
    """Every known wording with the clean span that repeats it."""
    rows = Sentence.objects.filter(version=document.current_id, duplicate=False).order_by("clean_start")
    ends = [text.map.raw_to_clean(block.start, block.end)[1] for block in text.blocks]
    places = list(rows.values_list("block", "clean_start", "clean_end"))
    for at in range(0, len(places), SENTENCES):
        some = [(place, reuse.passage(text.clean[slice(*place[1:])])) for place in places[at : at + SENTENCES]]
        found = wordings.Alike(document.corpus_id, [sentence for _, sentence in some], shelf.LOOKED_AT)
        for (block, start, end), sentence in some:
            for one in found.to(sentence):
                words = one.known.words[: reuse.LONGEST]
                goes_on = STOP.search(words, 0, len(words) - 1)  # it may end in one of the next sentences
                last = min(ends[block], end + len(words)) if goes_on else end
                where = sentence if last == end else reuse.passage(text.clean[start:last])
                if repeat := _repeat(one, where):
                    spot, verdict = repeat
                    yield one.known, start + spot.start, start + spot.end, verdict


def _repeat(one: Indexed, where: Passage) -> tuple[Spot, Verdict] | None:
    """Where a wording is repeated in a passage, and how; None when it is not."""
    if not fuzz.partial_ratio(one.bare, where.words.words, score_cutoff=reuse.ENOUGH * 90):
        return None  # as `spot` would find, before the words are cut into tokens
    spot = reuse.spot(reuse.passage(one.known.words), where)
    if spot is None:
        return None
    verdict = restating.compare(one.known.words, where.text[spot.start : spot.end])
    return (spot, verdict) if verdict.repeats else None


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
