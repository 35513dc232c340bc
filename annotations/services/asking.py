"""A language model is asked for claims and proposals, piece by piece, in corpora whose admin agreed that their texts
are sent to it. A job does this; what it quotes is suggested, never marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from annotations.models import Asked, Corpus, Document
from annotations.rules.errors import Problem, Refused, noop
from annotations.services import corpora as corpus_verbs
from annotations.services import language_model, lessons, limits, queue, suggesting, suggestions, texts
from annotations.services.language_model import Endpoint, Unusable
from annotations.services.op import Op, writing
from annotations.services.suggestions import Offer
from annotations.text.suggest.quoted import Piece, Placed, piece_from, places

SUGGESTER = suggesting.MODEL
TRIES = 3  # of a piece that the model did not answer in time
SLACK = timedelta(seconds=30)  # behind the limit of an answer: then whoever was asking is gone
#: The piece and not the service is at fault: another try gives the same.
OF_THE_PIECE = frozenset({400, 413, 422})


def endpoint() -> Endpoint | None:
    """The model that may be asked in this installation."""
    return language_model.endpoint() if suggesting.enabled() else None


def agreed(corpus: Corpus) -> bool:
    """Whether texts of this corpus may be sent to the model that this installation has now."""
    where = endpoint()
    return where is not None and corpus.suggests and corpus.sends_to == where.host


def pending() -> QuerySet[Document]:
    """Documents of whose current text something has not been sent yet, and may be."""
    where = endpoint()
    if where is None:
        return Document.objects.none()
    done = Asked.objects.filter(done=True, text_version=F("document__current"), document__corpus__sends_to=where.host)
    rows = Document.objects.filter(removed_at=None, corpus__suggests=True, corpus__sends_to=where.host)
    return rows.exclude(current=None).exclude(pk__in=list(done.values_list("document", flat=True)))


def corpora() -> list[int]:
    """Ids of the corpora in which the model has to be asked."""
    return sorted(set(pending().order_by().values_list("corpus", flat=True).distinct()))


def step(corpus_id: int) -> bool:
    """Ask about the next piece of a corpus; whether to go on at once. Without an answer, a later turn tries again."""
    where = endpoint()
    document = pending().filter(corpus=corpus_id).select_related("corpus", "current").order_by("id").first()
    state = take(document) if document is not None else None
    if where is None or document is None or state is None:
        return False
    text = texts.get(state.text_version_id)
    piece = next_piece(text, state.upto)
    if piece is None:  # a text without a sentence
        return passed(state, text, state.upto)
    try:
        found, missing = places(text.clean, piece, language_model.ask(where, text.clean[piece.start : piece.end]))
    except Problem as problem:
        return failed(state, text, piece, problem)
    keep(document, state, text, piece, found)
    state.missing += missing
    return passed(state, text, piece.end)


def next_piece(text: texts.Text, first: int) -> Piece | None:
    return piece_from(text.clean, lessons.parts(text), first)


def take(document: Document) -> Asked | None:
    """How far the model was asked about this document; None while somebody else is asking."""
    now = timezone.now()
    assert document.current_id is not None  # pending() has only such
    with transaction.atomic():
        made = {"text_version_id": document.current_id, "updated_at": now}
        state, _ = Asked.objects.select_for_update().get_or_create(document=document, defaults=made)
        if state.lease_until is not None and state.lease_until > now:
            return None
        if state.text_version_id != document.current_id:
            state = Asked(pk=state.pk, document=document, text_version_id=document.current_id)
        state.lease_until, state.updated_at = now + timedelta(seconds=limits.of("model_seconds")) + SLACK, now
        state.save()
    return state


def release(state: Asked) -> None:
    """Book-keeping of the machine: nobody's history, so no Op. What was forgotten meanwhile stays forgotten."""
    state.lease_until, state.updated_at = None, timezone.now()
    names = [field.attname for field in Asked._meta.concrete_fields if field.name != "id"]
    columns = {name: getattr(state, name) for name in names}
    Asked.objects.filter(pk=state.pk, text_version=state.text_version_id).update(**columns)


def passed(state: Asked, text: texts.Text, upto: int, problem: dict[str, object] | None = None) -> bool:
    """So much of the text is behind us."""
    state.upto, state.tries, state.problem = upto, 0, problem or {}
    state.done = next_piece(text, upto) is None
    release(state)
    return True


def failed(state: Asked, text: texts.Text, piece: Piece, problem: Problem) -> bool:
    """Go on with the next piece when this one is to blame or was tried often; else wait for a later turn."""
    told: dict[str, object] = {"code": problem.code, "template": problem.template, "params": problem.params}
    state.tries += 1
    blame = isinstance(problem, Unusable) or getattr(problem, "http", None) in OF_THE_PIECE
    slow = problem.code in ("fetch_too_slow", "fetch_too_large") and state.tries >= TRIES
    if blame or slow:
        state.unusable += 1
        return passed(state, text, piece.end, told)
    state.problem = told
    release(state)
    return False


def keep(document: Document, state: Asked, text: texts.Text, piece: Piece, found: Sequence[Placed]) -> None:
    """Suggest what was quoted of a piece, when the corpus still agrees and somebody is there in whose name to write."""
    member = suggestions.in_whose_name(document)
    if member is None:
        return
    offers = [Offer(*text.map.clean_to_raw(one.start, one.end), score=one.score, kind=one.kind) for one in found]
    within = text.map.clean_to_raw(piece.start, piece.end)
    with writing(by=member) as op:
        if agreed(Corpus.objects.select_for_update().get(pk=document.corpus_id)):  # or it goes with what is forgotten
            suggestions.put(op, document, state.text_version_id, SUGGESTER, offers, within=within)


def switch(op: Op, on: bool) -> None:
    """Whether texts of this corpus are sent to the model. Off: what it suggested and nobody decided on goes."""
    op.check("manage_corpus")
    where = endpoint()
    if on and (where is None or not op.corpus.suggests):
        raise Refused("model_missing", noop("There is no language model here, or suggestions are switched off."))
    corpus_verbs.update(op, sends_to=where.host if on and where else "")
    if on:
        queue.enqueue("asks", op.corpus.pk)
    else:
        suggestions.forget(op.corpus, SUGGESTER)
        Asked.objects.filter(document__corpus=op.corpus).delete()


def progress(corpus: Corpus) -> dict[str, object]:
    """For people: how many documents wait, what was left out, and what went wrong last."""
    rows = Asked.objects.filter(document__corpus=corpus, document__removed_at=None)
    sums = rows.aggregate(missing=Sum("missing"), unusable=Sum("unusable"))
    last = rows.exclude(problem={}).order_by("-updated_at").first()
    problem = Problem(last.problem["code"], last.problem["template"], **last.problem["params"]) if last else None
    return {
        "waiting": pending().filter(corpus=corpus).count(), "missing": sums["missing"] or 0,
        "unusable": sums["unusable"] or 0, "problem": problem,
    }  # fmt: skip
