"""Occurrences: a passage expresses a statement, new or present, in some voice; linked, worded, taken off again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotations.models import Anchor, Annotation, Occurrence, Statement
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, Missing, Refused, noop
from annotations.services import agents, prefill, statements
from annotations.services.op import Op, changes


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a passage should express: a new statement of `kind`, or the existing `statement_id` with its fit."""

    kind: str = ""
    statement_id: int | None = None
    fit: str = "same"
    difference: str = ""
    like: Occurrence | None = None  # take voice, speaker, strength over from this one


def express(op: Op, annotation: Annotation, anchor: Anchor, wanted: Wanted) -> Occurrence:
    """Let this passage express a statement: a new one with the clean quote as its text, or an existing one."""
    if wanted.statement_id is None:
        statement = statements.create(op, wanted.kind, anchor.quote, language=annotation.document.language)
    else:
        statement = resolve(op, wanted.statement_id)
    vocabulary.FITS.check(wanted.fit, "fit")
    if wanted.difference:
        vocabulary.DIFFERENCES.check(wanted.difference, "difference")
    return link(op, annotation, anchor, statement, wanted)


def resolve(op: Op, statement_id: int) -> Statement:
    """The live statement with this id, following a merge; raises Missing."""
    found = Statement.objects.filter(corpus=op.corpus, pk=statement_id).first()
    while found is not None and found.redirect_to_id:
        found = found.redirect_to
    if found is None or found.removed_at:
        raise Missing("statement_unknown", noop("There is no such statement in this corpus."), field="statements")
    return found


def link(op: Op, annotation: Annotation, anchor: Anchor, statement: Statement, wanted: Wanted) -> Occurrence:
    op.check("link_occurrence")
    present = Occurrence.objects.filter(annotation=annotation, statement=statement, removed_at=None).first()
    if present:
        raise Refused("already_linked", noop("This passage already belongs to %(label)s."), label=statement.label)
    occurrence = Occurrence(
        corpus=op.corpus, annotation=annotation, statement=statement, fit=wanted.fit, difference=wanted.difference,
        created_at=op.at, updated_at=op.at, created_by=op.by,
    )  # fmt: skip
    prefill.fill(op, occurrence, anchor, wanted.like)
    occurrence.save(force_insert=True)
    op.log("occurrence.created", occurrence, _linked(occurrence, statement), document_id=annotation.document_id)
    if statement.kind == "proposal" and wanted.fit == "same":
        prefill.proposer(op, statement, anchor)
        strengthen(statement)
    return occurrence


def _linked(occurrence: Occurrence, statement: Statement) -> dict[str, object]:
    return {
        "label": statement.label, "statement": statement.pk, "annotation": occurrence.annotation_id,
        "fit": occurrence.fit, "difference": occurrence.difference,
    }  # fmt: skip


def strengthen(statement: Statement) -> None:
    """A proposal shows the strongest modality of its same-fit passages (UX.md 4.8)."""
    worded = statement.occurrences.filter(removed_at=None, fit="same").exclude(modality="")
    order = vocabulary.MODALITIES.codes
    found = sorted(set(worded.values_list("modality", flat=True)), key=order.index)
    strongest = found[0] if found else ""
    if strongest != statement.modality:
        statement.modality = strongest
        statement.save(update_fields=["modality"])


def part(op: Op, occurrence: Occurrence) -> None:
    """Take a statement off a passage; the statement goes, too, when that was all there was and nobody touched it."""
    op.check("link_occurrence")
    statement = occurrence.statement
    occurrence.removed_at = op.at
    occurrence.version += 1
    occurrence.save(update_fields=["removed_at", "version"])
    op.log(
        "occurrence.removed", occurrence, _linked(occurrence, statement), document_id=occurrence.annotation.document_id
    )
    if statements.is_untouched(op, statement):
        statements.set_removed(op, statement, gone=True)
    elif statement.kind == "proposal":
        strengthen(statement)


OCCURRENCE_CODED: Mapping[str, vocabulary.Vocabulary[Any]] = {
    "voice": vocabulary.VOICES, "author_stance": vocabulary.AUTHOR_STANCES, "modality": vocabulary.MODALITIES,
    "fit": vocabulary.FITS, "difference": vocabulary.DIFFERENCES,
}  # fmt: skip


OCCURRENCE_EDITABLE = {*OCCURRENCE_CODED, "reported_via", "utterance_date", "speaker"}


def update_occurrence(op: Op, occurrence: Occurrence, **values: object) -> Occurrence:
    """Say how a passage expresses its statement: voice, speaker, strength, fit. What a person sets is no longer
    proposed."""
    op.check("link_occurrence")
    found: dict[str, object] = {}
    for name, value in values.items():
        if name not in OCCURRENCE_EDITABLE:
            raise Invalid("field_unknown", noop("“%(name)s” cannot be set here."), field=name, name=name)
        if name in OCCURRENCE_CODED and value:
            OCCURRENCE_CODED[name].check(str(value), name)
        found[name] = value
    if "speaker" in found:
        name = str(found.pop("speaker") or "").strip()
        found["attributed_to"] = agents.named(op, name) if name else None
    touched = {("speaker" if name == "attributed_to" else name) for name in found}
    changed = changes(occurrence, {**found, "prefilled": [n for n in occurrence.prefilled if n not in touched]})
    changed.pop("prefilled", None)
    if changed or touched:
        occurrence.version += 1
        occurrence.updated_at = op.at
        occurrence.save()
    if changed:
        payload = {"label": occurrence.statement.label, "changes": changed}
        op.log("occurrence.updated", occurrence, payload, document_id=occurrence.annotation.document_id)
        if occurrence.statement.kind == "proposal":
            strengthen(occurrence.statement)
    return occurrence
