"""Deciding on passages that were found by asking for more like this: each becomes a passage of the statement, a new
statement or a plain highlight, or is turned down for good. Many at once are one op, undone as one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from annotations.models import Anchor, Annotation, Document, Statement
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, Refused, noop
from annotations.services import annotations as annotation_verbs
from annotations.services import known, suggestions, texts
from annotations.services.annotations import Span
from annotations.services.known import Known
from annotations.services.op import Op
from annotations.services.recurrence import reasons
from annotations.services.suggested import Marks, rejected
from annotations.services.suggestions import Offer
from annotations.text import restating
from annotations.text.restating import Verdict


@dataclass(frozen=True, slots=True)
class Place:
    """A passage as the list shows it: a clean span (code points) of one version of a document."""

    document: int
    version: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Decided:
    """How many were decided, and the passages that were made; `passed`: those whose text has changed since, or
    that are marked as this already."""

    count: int
    made: tuple[Annotation, ...]
    passed: int


def decide(op: Op, places: Sequence[Place], decision: str, statement: Statement | None) -> Decided:
    """`decision` is a code of ALIKE_DECISIONS. To accept or to turn down needs a statement; a `claim` or a `proposal`
    is a passage of the statement when that is one, a new one otherwise."""
    op.check("annotate" if decision == "highlight" else "decide_suggestion")
    vocabulary.ALIKE_DECISIONS.check(decision, "decision")
    if statement is None and decision in ("accept", "reject"):
        raise Invalid("statement_needed", noop("Choose the statement that these passages are to express."))
    pks = sorted({place.document for place in places})
    rows = Document.objects.select_for_update(of=("self",)).select_related("current")
    documents = {row.pk: row for row in rows.filter(corpus=op.corpus, removed_at=None, pk__in=pks).order_by("pk")}
    wordings = known.of_corpus(op.corpus.pk, [statement.pk]) if statement else []
    made: list[Annotation | None] = []
    for place in places:
        document = documents.get(place.document)
        if document is not None and document.current_id == place.version and _open(place, decision, statement):
            document.corpus = op.corpus
            made.append(_one(op, document, place, decision, statement, wordings))
    if places and not made:
        raise Refused("passages_gone", noop("These passages are decided already, or their text has changed."))
    return Decided(len(made), tuple(row for row in made if row is not None), len(places) - len(made))


def _open(place: Place, decision: str, statement: Statement | None) -> bool:
    """Whether the place lies in its text, and is not marked already as what it is to become."""
    text = texts.get(place.version)
    if not 0 <= place.start < place.end <= len(text.clean):
        return False
    if statement is None or decision not in ("accept", statement.kind):
        return True
    home = text.home(*text.map.clean_to_raw(place.start, place.end))
    return not Marks.of(place.version).hold(home, statement.pk)


def _one(
    op: Op, document: Document, place: Place, decision: str, statement: Statement | None, wordings: Collection[Known]
) -> Annotation | None:
    if decision == "highlight":
        span = Span(place.start, place.end, "clean")
        return annotation_verbs.mark(op, document, span, version_id=place.version).annotation
    quote = texts.get(place.version).clean[place.start : place.end]
    row = suggestions.asked_for(op, document, (place.start, place.end), _offer(quote, decision, statement, wordings))
    if decision == "reject":
        suggestions.decided(op, row, "rejected", None)
        return None
    kind = "" if decision == "accept" else decision
    return suggestions.take(op, row, kind=kind)


def _offer(quote: str, decision: str, statement: Statement | None, wordings: Collection[Known]) -> Offer:
    """What the passage is a repeat of, by the wording of the statement that it is most like."""
    if statement is None:
        return Offer(0, 0, score=1.0, kind=decision)
    verdict, fit, difference = fitting(quote, wordings)
    return Offer(
        0, 0, score=verdict.score, statement_id=statement.pk, fit=fit, difference=difference, reasons=reasons(verdict)
    )


def fitting(quote: str, wordings: Collection[Known]) -> tuple[Verdict, str, str]:
    """How the words fit a statement: (verdict, fit, difference). The same as a variant of it is that variant."""
    found = [(restating.compare(one.words, quote), one) for one in wordings]
    verdict, one = max(found, key=lambda pair: (pair[0].score, pair[0].fit == "same", pair[1].fit == "same"))
    return (verdict, one.fit, one.difference) if verdict.fit == "same" else (verdict, "variant", verdict.difference)


def turned_down(statement: Statement, quotes: Sequence[str]) -> set[str]:
    """Which of these words are not this statement, as somebody said for good."""
    hashes = {texts.fold_hash(quote): quote for quote in quotes}
    pairs = rejected(statement.corpus_id, list(hashes))
    return {quote for quote in quotes if (texts.fold_hash(quote), statement.pk) in pairs}


#: Clean spans of texts that are marked, each with the label of a statement; by the id of the version.
Marked = dict[int, list[tuple[tuple[int, int], str]]]


def labels(versions: Collection[int]) -> Marked:
    """The passages of these texts that everybody may see, with the labels of their statements."""
    anchors = Anchor.objects.filter(version__in=versions, annotation__removed_at=None, annotation__layer=None)
    found: Marked = {}
    for anchor in anchors.prefetch_related("annotation__occurrences__statement"):
        for link in anchor.annotation.occurrences.all():
            if link.removed_at is None:
                place = (anchor.clean_start, anchor.clean_end)
                found.setdefault(anchor.version_id, []).append((place, link.statement.label))
    return found
