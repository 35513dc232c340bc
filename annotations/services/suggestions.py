"""Suggestions: what a machine proposes to mark. Put for a document, accepted as somebody's own passage, or turned down
for good: the same words are never suggested for the same thing again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from annotations.models import Annotation, Corpus, Document, Member, Suggestion
from annotations.rules import limits, vocabulary
from annotations.rules.errors import Msgid, Refused, noop
from annotations.services import annotations, occurrences, texts
from annotations.services.anchors import current, place
from annotations.services.annotations import Span
from annotations.services.occurrences import Wanted
from annotations.services.op import Op
from annotations.services.suggested import Marks, Target, finals, rejected, target_of, twins

#: Columns of a passage that a Suggestion takes over from an Anchor.
PLACE = ("start", "end", "clean_start", "clean_end", "block", "quote", "fold_hash")
#: What may change about a suggestion that is put again.
SAID = ("score", "fit", "difference", "reasons")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a suggester found in a text: raw code points, and a new statement of `kind` or a repeat of `statement_id`.

    `reasons`: [{"code": …, "words": […]}], most telling first.
    """

    start: int
    end: int
    score: float
    kind: str = ""
    statement_id: int | None = None
    fit: str = "same"
    difference: str = ""
    reasons: Sequence[Mapping[str, object]] = ()

    def said(self) -> dict[str, object]:
        """The columns of SAID."""
        return {
            "score": round(self.score, 4), "fit": self.fit, "difference": self.difference,
            "reasons": [dict(reason) for reason in self.reasons],
        }  # fmt: skip


def put(
    op: Op, document: Document, version_id: int, suggester: str, offers: Iterable[Offer],
    within: tuple[int, int] | None = None,
) -> int:  # fmt: skip
    """These are the open suggestions of a suggester for a document from now on (`within`: for these raw code points of
    it); how many they are. A machine does this in somebody's name. Left out: what was turned down, what is marked
    already, and all when the text has changed."""
    vocabulary.SUGGESTERS.check(suggester, "suggester")
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if document.removed_at is not None or document.current_id != version_id:
        return 0
    found = _worth(document, version_id, list(offers))
    present = {}
    mine = Suggestion.objects.filter(document=document, suggester=suggester, state="open")
    if within is not None:
        mine = mine.filter(Q(start__gte=within[0], start__lt=within[1]) | ~Q(text_version=version_id))
    for row in mine.order_by("id"):
        present[_key(row)] = row
    new = [_row(op, document, suggester, made, offer) for key, (made, offer) in found.items() if key not in present]
    changed = [row for key, row in present.items() if key in found and _say(row, found[key][1])]
    old = [row for key, row in present.items() if key not in found]
    Suggestion.objects.bulk_create(new, batch_size=200)
    Suggestion.objects.bulk_update(changed, SAID, batch_size=200)
    _drop(old)
    if new or changed or old:
        told = {"title": document.title, "count": len(found), "suggester": suggester}
        op.log("suggestion.offered", document, told, document_id=document.pk)
    return len(found)


Key = tuple[int, int, int, Target]
Found = dict[Key, tuple[Mapping[str, object], Offer]]


def _key(row: Suggestion) -> Key:
    return row.text_version_id, row.start, row.end, target_of(row.statement_id, row.kind)


def _worth(document: Document, version_id: int, offers: Sequence[Offer]) -> Found:
    """The offers that somebody should see, the better of two alike, each with the columns of its place."""
    text, marks = texts.get(version_id), Marks.of(version_id)
    where = finals(one.statement_id for one in offers if one.statement_id)
    best: Found = {}
    for offer in sorted(offers, key=lambda one: -one.score):
        if offer.statement_id and offer.statement_id not in where:
            continue
        statement = where[offer.statement_id] if offer.statement_id else None
        target = target_of(statement, offer.kind)
        home = text.home(offer.start, offer.end)
        if home != (offer.start, offer.end) or marks.hold(home, target):
            continue
        best.setdefault((version_id, *home, target), (place(text, *home), offer))
    refused = rejected(document.corpus_id, {str(made["fold_hash"]) for made, _ in best.values()})
    kept = {key: pair for key, pair in best.items() if (pair[0]["fold_hash"], key[3]) not in refused}
    return dict(list(kept.items())[: limits.most("suggestions")])


def _row(op: Op, document: Document, suggester: str, made: Mapping[str, object], offer: Offer) -> Suggestion:
    found = {name: made[name] for name in PLACE}
    return Suggestion(
        corpus=op.corpus, document=document, text_version=document.current, suggester=suggester,
        kind=offer.kind, statement_id=offer.statement_id, created_at=op.at, **found, **offer.said(),
    )  # fmt: skip


def _say(row: Suggestion, offer: Offer) -> bool:
    """Whether it says something else than before."""
    before = [getattr(row, name) for name in SAID]
    for name, value in offer.said().items():
        setattr(row, name, value)
    return before != [getattr(row, name) for name in SAID]


def _drop(rows: Sequence[Suggestion]) -> None:
    """What nobody decided on was nothing; what somebody did (and took back) stays for its history."""
    touched = [row.pk for row in rows if row.version > 1]
    Suggestion.objects.filter(pk__in=[row.pk for row in rows if row.version == 1]).delete()
    Suggestion.objects.filter(pk__in=touched).update(state="gone")


def forget(corpus: Corpus, suggester: str) -> None:
    """No open suggestion of this suggester is left in the corpus."""
    waiting = Suggestion.objects.filter(corpus=corpus, suggester=suggester, state="open")
    waiting.filter(version__gt=1).update(state="gone")
    waiting.filter(version=1).delete()


def in_whose_name(document: Document) -> Member | None:
    """Somebody's name must stand at every write: who added the document, else an admin of the corpus."""
    people = Member.objects.select_related("corpus").filter(corpus=document.corpus_id, active=True).exclude(user=None)
    return people.filter(pk=document.created_by_id or 0).first() or people.filter(role="admin").order_by("id").first()


def accept(op: Op, row: Suggestion, *, kind: str = "", tags: Sequence[int] = (), note: str = "") -> Annotation:
    """Make the passage one's own: as what was suggested, or as a new statement of another `kind`."""
    op.check("decide_suggestion")
    check_open(row)
    return take(op, row, kind=kind, tags=tags, note=note)


def take(op: Op, row: Suggestion, *, kind: str = "", tags: Sequence[int] = (), note: str = "") -> Annotation:
    """The same for a row that is known to wait for this."""
    annotation = _own(op, row)
    if annotation is None:
        span = Span(row.start, row.end)
        made = annotations.mark(
            op, row.document, span, version_id=row.text_version_id, tags=tags, note=note, wanted=[wanted(row, kind)]
        )
        annotation = made.annotation
    else:
        occurrences.express(op, annotation, current(annotation), wanted(row, kind))
    decided(op, row, "accepted", annotation.pk)
    return annotation


def wanted(row: Suggestion, kind: str) -> Wanted:
    """What the passage will express. A repeat of a claim, taken for a proposal, is a proposal of its own."""
    if kind:
        vocabulary.KINDS.check(kind, "kind")
    if row.statement is None:
        return Wanted(kind=kind or row.kind)
    found = Wanted(statement_id=row.statement_id, fit=row.fit, difference=row.difference)
    return found if kind in ("", row.statement.kind) else Wanted(kind=kind)


def _own(op: Op, row: Suggestion) -> Annotation | None:
    """The member's own live annotation of exactly this passage: one passage carries several statements."""
    here = Annotation.objects.filter(
        document=row.document_id, created_by=op.by, layer=None, removed_at=None, anchors__version=row.text_version_id,
        anchors__start=row.start, anchors__end=row.end,
    )  # fmt: skip
    return here.select_related("document").order_by("id").first()


def asked_for(op: Op, document: Document, clean: tuple[int, int], offer: Offer) -> Suggestion:
    """A row for a passage that nobody suggested and somebody found by asking, at this clean span: one that waits for
    the same, or a new one, which counts as gone until it is decided on and after that was undone."""
    assert document.current_id is not None
    text = texts.get(document.current_id)
    home = text.home(*text.map.clean_to_raw(*clean))
    waiting = document.suggestions.select_for_update(of=("self",)).filter(
        text_version=document.current_id, start=home[0], end=home[1], state="open",
        statement=offer.statement_id, kind=offer.kind,
    )  # fmt: skip
    found = waiting.select_related("statement").order_by("id").first()
    if found is None:
        found = _row(op, document, "asked", place(text, *home), offer)
        found.state = "gone"
        found.save()
    found.document = document
    return found


def reject(op: Op, row: Suggestion) -> None:
    """Turn it down for good."""
    op.check("decide_suggestion")
    check_open(row)
    decided(op, row, "rejected", None)


def decided(op: Op, row: Suggestion, state: str, annotation: int | None) -> None:
    """What one suggester is told, all are told who suggest this passage as the same: people see it once."""
    for one in (row, *twins(row)):
        set_state(op, one, state, annotation)


def check_open(row: Suggestion) -> None:
    if row.state != "open":
        state = Msgid(vocabulary.SUGGESTION_STATES.label(row.state))
        raise Refused("suggestion_decided", noop("This suggestion is not open any more: %(state)s."), state=state)
    if row.text_version_id != row.document.current_id or row.document.removed_at is not None:
        raise Refused("suggestion_gone", noop("The text of the document has changed since this was suggested."))


def set_state(op: Op, row: Suggestion, state: str, annotation: int | None) -> None:
    """What became of it, from what to what; undo and redo come here, too."""
    changed = {"state": [row.state, state], "annotation": [row.annotation_id, annotation]}
    row.state, row.annotation_id = state, annotation
    row.decided_by, row.decided_at = (None, None) if state in ("open", "gone") else (op.by, op.at)
    row.version += 1
    row.save()
    told = {"changes": changed, "state": state, "quote": row.quote[:500], "statement": row.statement_id}
    op.log("suggestion.decided", row, told, document_id=row.document_id)
