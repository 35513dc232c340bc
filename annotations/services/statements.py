"""Statements and occurrences: make a claim or proposal of a passage, link a passage to one, word it, merge, split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from annotations.models import Agent, Anchor, Annotation, Event, Occurrence, Statement, StatementAgent, StatementTag
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, Missing, Refused, noop
from annotations.services import agents, codebook, limits, prefill
from annotations.services.op import Op, changes
from annotations.text.folding import fold_text

COUNTER = {"claim": "last_claim", "proposal": "last_proposal"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a passage should express: a new statement of `kind`, or the existing `statement_id` with its fit."""

    kind: str = ""
    statement_id: int | None = None
    fit: str = "same"
    difference: str = ""
    like: Occurrence | None = None  # take voice, speaker, strength over from this one


def take_number(corpus_id: int, kind: str) -> int:
    """The next number of this kind in the corpus; numbers are never used again."""
    column = COUNTER[kind]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE annotations_corpushead SET {column} = {column} + 1 WHERE corpus_id = %s RETURNING {column}",
            [corpus_id],
        )
        return int(cursor.fetchone()[0])


def check_text(text: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid("statement_needs_text", noop("A statement needs words."), field="text")
    limits.check("statement_text", len(text), "text")
    return text


def create(op: Op, kind: str, text: str, *, language: str = "und", **values: object) -> Statement:
    """A new untriaged statement with the next number of its kind."""
    op.check("create_statement")
    vocabulary.KINDS.check(kind, "kind")
    text = check_text(text)
    statement = Statement(
        corpus=op.corpus, kind=kind, text=text, fold=fold_text(text), language=language,
        created_at=op.at, updated_at=op.at, created_by=op.by,
    )  # fmt: skip
    changes(statement, check_values(values))
    statement.number = take_number(op.corpus.pk, kind)
    if kind == "proposal":
        statement.progress = "not_yet_rated"
    statement.save(force_insert=True)
    op.log("statement.created", statement, {"label": statement.label, "kind": kind, "text": text[:500]})
    return statement


def express(op: Op, annotation: Annotation, anchor: Anchor, wanted: Wanted) -> Occurrence:
    """Let this passage express a statement: a new one with the clean quote as its text, or an existing one."""
    if wanted.statement_id is None:
        statement = create(op, wanted.kind, anchor.quote, language=annotation.document.language)
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
    if is_untouched(op, statement):
        set_removed(op, statement, gone=True)
    elif statement.kind == "proposal":
        strengthen(statement)


def is_untouched(op: Op, statement: Statement) -> bool:
    """No passage left, still untriaged, and no other member ever changed it."""
    if statement.work != "untriaged" or statement.occurrences.filter(removed_at=None).exists():
        return False
    if statement.evidence.filter(removed_at=None).exists():
        return False
    others = Event.objects.filter(corpus=op.corpus, object_type="statement", object_id=statement.pk)
    return not others.exclude(actor=op.by).exists()


def set_removed(op: Op, statement: Statement, *, gone: bool) -> None:
    statement.removed_at = op.at if gone else None
    touch(op, statement)
    kind = "statement.removed" if gone else "statement.restored"
    op.log(kind, statement, {"label": statement.label})


def touch(op: Op, statement: Statement) -> None:
    statement.version += 1
    statement.updated_at = op.at
    statement.save()


CODED: Mapping[str, vocabulary.Vocabulary[Any]] = {
    "type": vocabulary.CLAIM_TYPES, "wording": vocabulary.WORDINGS, "mechanism": vocabulary.MECHANISMS,
    "instrument": vocabulary.INSTRUMENTS, "bindingness": vocabulary.BINDINGNESS,
}  # fmt: skip
EDITABLE = {
    "text", "gloss_en", "type", "more_types", "wording", "note", "priority", "due", "about_date", "reference_year",
    "resolve_by", "resolution_criteria", "mechanism", "instrument", "bindingness", "target", "deadline", "specificity",
}  # fmt: skip


def check_values(values: Mapping[str, object]) -> dict[str, object]:
    """Only editable fields, with codes of their vocabularies; raises Invalid naming the field."""
    for name, value in values.items():
        if name not in EDITABLE:
            raise Invalid("field_unknown", noop("“%(name)s” cannot be set here."), field=name, name=name)
        if name in CODED and value:
            CODED[name].check(str(value), name)
    found = dict(values)
    if "text" in found:
        found["text"] = check_text(str(found["text"]))
    for code in found.get("more_types") or []:  # type: ignore[attr-defined]
        vocabulary.CLAIM_TYPES.check(str(code), "more_types")
    return found


def update(op: Op, statement: Statement, **values: object) -> Statement:
    """Edit fields of a statement. New words must be confirmed as standing alone again unless that is said along."""
    op.check("edit_statement")
    checked = check_values(values)
    if "text" in checked:
        checked["fold"] = fold_text(str(checked["text"]))
    changed = changes(statement, checked)
    changed.pop("fold", None)
    if changed:
        touch(op, statement)
        op.log("statement.updated", statement, {"label": statement.label, "changes": changed})
    return statement


def set_agents(op: Op, statement: Statement, role: str, names: Sequence[str]) -> None:
    """Say who proposes, should act, is addressed ... (roles of a proposal), by name."""
    op.check("edit_statement")
    vocabulary.PROPOSAL_ROLES.check(role, "role")
    present = {row.agent_id: row for row in statement.agent_rows.filter(role=role)}
    wanted = [agents.named(op, name) for name in names if name.strip()]
    before = [row.agent.name for row in present.values()]
    for agent in wanted:
        if agent.pk not in present:
            StatementAgent.objects.create(statement=statement, agent=agent, role=role)
    keep = {agent.pk for agent in wanted}
    statement.agent_rows.filter(role=role).exclude(agent_id__in=keep).delete()
    statement.agent_rows.filter(role=role, agent_id__in=keep).update(prefilled=False)
    after = [agent.name for agent in wanted]
    if before != after:
        touch(op, statement)
        op.log(
            "statement.agents", statement, {"label": statement.label, "role": role, "changes": {role: [before, after]}}
        )


def set_tags(op: Op, statement: Statement, add: Sequence[int] = (), remove: Sequence[int] = ()) -> None:
    """Own columns: tags of the corpus's statement sets. A single-choice set keeps the newest."""
    op.check("edit_statement")
    new = codebook.tags_of(op.corpus, add, "statement")
    single = {tag.tag_set_id for tag in new if not tag.tag_set.many}
    gone = set(remove) | set(
        statement.tag_rows.filter(tag__tag_set_id__in=single).exclude(tag__in=new).values_list("tag_id", flat=True)
    )
    present = set(statement.tag_rows.values_list("tag_id", flat=True))
    rows = [StatementTag(statement=statement, tag=tag, corpus=op.corpus) for tag in new if tag.pk not in present]
    gone &= present
    if not rows and not gone:
        return
    StatementTag.objects.bulk_create(rows)
    statement.tag_rows.filter(tag_id__in=gone).delete()
    touch(op, statement)
    payload = {"tags": {"add": [row.tag_id for row in rows], "remove": sorted(gone)}}
    op.log("statement.tagged", statement, {"label": statement.label, **payload})


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


def speaker_of(occurrence: Occurrence) -> Agent | None:
    return occurrence.attributed_to
