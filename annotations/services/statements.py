"""Statements and occurrences: make a claim or proposal of a passage, link a passage to one, word it, merge, split."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from annotations.models import Event, Statement, StatementAgent, StatementTag
from annotations.rules import dates, status, vocabulary
from annotations.rules.errors import Invalid, noop
from annotations.services import agents, codebook, following, limits
from annotations.services.op import Op, changes
from annotations.text.folding import fold_text

COUNTER = {"claim": "last_claim", "proposal": "last_proposal"}


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
        if name in ("about_date", "deadline"):
            dates.check_date(str(value or ""), name)
    found = dict(values)
    if "text" in found:
        found["text"] = check_text(str(found["text"]))
    for code in found.get("more_types") or []:  # type: ignore[attr-defined]
        vocabulary.CLAIM_TYPES.check(str(code), "more_types")
    return found


#: What a check was made of: review and publication freeze it (rules/status.py).
FROZEN = frozenset({"text", "kind", "type", "more_types"})


def check_frozen(statement: Statement, names: Iterable[str]) -> None:
    """Refused, with the way out, when one of these fields may not be changed now."""
    if not FROZEN.isdisjoint(names) and (problem := status.frozen(statement.work, statement.public)):
        raise problem


def update(op: Op, statement: Statement, **values: object) -> Statement:
    """Edit fields of a statement. New words must be confirmed as standing alone again unless that is said along."""
    op.check("edit_statement")
    checked = check_values(values)
    if "text" in checked:
        checked["fold"] = fold_text(str(checked["text"]))
    check_frozen(statement, [name for name, value in checked.items() if getattr(statement, name) != value])
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
    held = set(statement.tag_rows.values_list("tag_id", flat=True))
    leading = following.leads(op.corpus.pk)
    others = statement.tag_rows.filter(tag__tag_set_id__in=single).values_list("tag_id", flat=True)
    kept = following.held_as([tag.pk for tag in new], leading)
    gone = {*remove, *(pk for pk in others if pk not in kept)}
    present = held | {leading.get(pk, pk) for pk in held}
    rows = [StatementTag(statement=statement, tag=tag, corpus=op.corpus) for tag in new if tag.pk not in present]
    gone &= present
    if not rows and not gone:
        return
    StatementTag.objects.bulk_create(rows)
    statement.tag_rows.filter(tag_id__in=following.held_as(gone, leading)).delete()
    touch(op, statement)
    payload = {"tags": {"add": [row.tag_id for row in rows], "remove": sorted(gone)}}
    op.log("statement.tagged", statement, {"label": statement.label, **payload})
