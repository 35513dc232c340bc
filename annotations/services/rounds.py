"""Coding rounds: opened with documents, coders and a frozen codebook; each document ended; closed with figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from annotations.models import Assignment, Document, Layer, Member, Round, Tag
from annotations.rules import roles, vocabulary
from annotations.rules import rounds as rules
from annotations.rules.errors import Invalid, Refused, noop
from annotations.services import agreement, limits, queue
from annotations.services.op import Op, changes

#: What the frozen codebook keeps of a tag.
FROZEN = (
    "id", "uid", "code", "label", "label_zh_hans", "label_zh_hant", "definition", "definition_zh_hans",
    "definition_zh_hant", "colour", "key",
)  # fmt: skip


def open_round(
    op: Op, *, name: str, documents: Sequence[Document], coders: Sequence[Member], each: int = 2, blind: bool = True,
    guide: str = "",
) -> Round:  # fmt: skip
    """Share the documents out among the coders, `each` of them a document, and freeze the codebook."""
    op.check("manage_rounds")
    check_opening(op, name, documents, coders, each, guide)
    texts = {document.pk: document.current for document in documents}
    row = Round.objects.create(
        corpus=op.corpus, name=name.strip(), blind=blind, codebook_version=op.corpus.codebook_version,
        codebook=frozen(op), guide=guide, coders_per_document=each, created_at=op.at, created_by=op.by,
    )  # fmt: skip
    row.documents.set(documents)
    layers = {coder.pk: Layer.objects.create(round=row, member=coder) for coder in coders}
    sizes = {pk: text.clean_length for pk, text in texts.items() if text is not None}
    shared = rules.share_out(sizes, sorted(layers), each)
    Assignment.objects.bulk_create(
        Assignment(layer=layers[coder], document_id=pk, text=texts[pk])
        for pk, group in shared.items()
        for coder in group
    )  # fmt: skip
    payload = {"name": row.name, "documents": len(documents), "coders": [coder.name for coder in coders], "each": each}
    op.log("round.opened", row, payload, touched=[("document", document.pk) for document in documents])
    op.tell((coder.pk for coder in coders), "assigned")
    return row


def check_opening(
    op: Op, name: str, documents: Sequence[Document], coders: Sequence[Member], each: int, guide: str
) -> None:
    if not name.strip():
        raise Invalid("round_needs_name", noop("Give the round a name."), field="name")
    limits.check("name", len(name), "name")
    limits.check("note", len(guide), "guide")
    if not documents:
        raise Invalid("round_needs_documents", noop("Choose the documents of the round."), field="documents")
    if any(row.corpus_id != op.corpus.pk or row.removed_at or row.current_id is None for row in documents):
        raise Invalid("document_unknown", noop("One of these documents is not in this corpus."), field="documents")
    if not 1 <= each <= len(coders):
        message = noop("Each document needs %(each)s coders; there are %(count)s.")
        raise Invalid("round_needs_coders", message, field="coders", each=each, count=len(coders))
    for coder in coders:
        if coder.corpus_id != op.corpus.pk or not coder.active or not roles.allows(coder.role, "code_round"):
            raise Invalid("cannot_code", noop("%(name)s may not code here."), field="coders", name=coder.name)


def frozen(op: Op) -> list[dict[str, Any]]:
    """The tags for passages as they are now."""
    rows = Tag.objects.filter(
        corpus=op.corpus, tag_set__scope="annotation", tag_set__removed_at=None, deprecated=False
    ).order_by("tag_set__order", "order", "id")
    return [{name: str(getattr(row, name)) if name == "uid" else getattr(row, name) for name in FROZEN} for row in rows]


def update(op: Op, round: Round, **values: object) -> Round:
    """Its name and guide."""
    op.check("manage_rounds")
    if not str(values.get("name", round.name)).strip():
        raise Invalid("round_needs_name", noop("Give the round a name."), field="name")
    limits.check("name", len(str(values.get("name", ""))), "name")
    limits.check("note", len(str(values.get("guide", ""))), "guide")
    if changed := changes(round, {name: values[name] for name in ("name", "guide") if name in values}):
        touch(round)
        op.log("round.updated", round, {"name": round.name, "changes": changed})
    return round


def touch(round: Round) -> None:
    round.version += 1
    round.save()


def finish(op: Op, assignment: Assignment, state: str) -> Assignment:
    """`done`, or `nothing`: read to the end and found nothing to mark."""
    op.check("code_round")
    vocabulary.ASSIGNMENT_STATES.check(state, "state")
    check_own(op, assignment)
    if assignment.state == state:
        return assignment
    marked = assignment.layer.annotations.filter(document=assignment.document_id, removed_at=None)
    if state == "nothing" and marked.exists():
        raise Refused("something_found", noop("You marked passages here: end the document with “done”."), field="state")
    assignment.state = state
    assignment.done_at = None if state == "open" else op.at
    assignment.save(update_fields=["state", "done_at"])
    round = assignment.layer.round
    payload = {"name": round.name, "document": assignment.document.title, "state": state}
    kind = "layer.reopened" if state == "open" else "layer.done"
    op.log(kind, round, payload, document_id=assignment.document_id)
    return assignment


def check_own(op: Op, assignment: Assignment) -> None:
    if assignment.layer.member_id != op.by.pk:
        raise Refused("not_assigned", noop("This document is not yours to code in this round."))
    if assignment.layer.round.closed_at is not None:
        raise Refused("round_closed", noop("This round is closed; its passages stay as they are."))


def waiting(round: Round) -> QuerySet[Assignment]:
    """Who is not done with what."""
    rows = Assignment.objects.filter(layer__round=round, state="open").select_related("layer__member", "document")
    return rows.order_by("layer__member__name", "document__title")


def close(op: Op, round: Round, *, anyway: bool = False) -> Round:
    """Everybody may see all layers from now on; the figures are worked out once and kept.

    Refused while somebody is not done, unless it is to be closed `anyway`: then only what was ended counts.
    """
    op.check("manage_rounds")
    if round.closed_at is not None:
        raise Refused("round_closed_already", noop("This round is closed already."))
    missing = waiting(round).count()
    if missing and not anyway:
        message = noop("%(count)s documents are not finished yet. Wait for them, or close the round without them.")
        raise Refused("round_not_finished", message, field="anyway", count=missing)
    round.closed_at = op.at
    round.report = agreement.report(round)
    touch(round)
    op.log("round.closed", round, {"name": round.name, "without": missing})
    layers = round.layers.values_list("annotations__pk", flat=True)
    touched = [("annotation", pk) for pk in layers if pk]
    round.documents.update(sketched=None)  # watches may tell now what coders were not to know
    queue.enqueue("repeats", op.corpus.pk)
    op.log("revealed", round, {"label": round.name}, touched=touched)
    return round


def visible(member: Member) -> QuerySet[Round]:
    """Rounds of the corpus with how far each is, the newest first."""
    done = Count("layers__assignments", filter=~Q(layers__assignments__state="open"))
    rows = Round.objects.filter(corpus_id=member.corpus_id).annotate(
        all_of_them=Count("layers__assignments"), ended=done
    )
    return rows.order_by("-id")


def own(round: Round, member: Member) -> QuerySet[Assignment]:
    """What one member codes in a round, the open ones first."""
    rows = Assignment.objects.filter(layer__round=round, layer__member=member).select_related(
        "document", "layer__round"
    )
    return rows.order_by("done_at", "document__title", "pk")


def progress(round: Round) -> list[Mapping[str, Any]]:
    """How far each coder is: counts only, nothing of what was marked."""
    rows = round.layers.annotate(
        all_of_them=Count("assignments"), ended=Count("assignments", filter=~Q(assignments__state="open"))
    )
    return list(rows.order_by("member__name").values("member__name", "member_id", "all_of_them", "ended"))


def coders(members: Iterable[Member]) -> list[Member]:
    """Who may be asked to code."""
    return [member for member in members if roles.allows(member.role, "code_round")]
