"""Finding statements: most similar first in either script, and what a person may see of an unreviewed check."""

from __future__ import annotations

from django.db.models import QuerySet

from annotations.models import Evidence, Member, Statement, Verification
from annotations.text import similarity

POOL = 5000


def similar(rows: QuerySet[Statement], text: str, *, limit: int = 20) -> list[Statement]:
    """Statements most like `text`, folded over scripts; the newest first where nothing is typed."""
    if not text.strip():
        return list(rows.order_by("-updated_at")[:limit])
    pool = list(rows.order_by("-id").values_list("pk", "text")[:POOL])
    found = similarity.most_similar(text, [(pk, words) for pk, words in pool], limit)
    by_id = {row.pk: row for row in rows.filter(pk__in=[match.key for match in found])}
    return [by_id[match.key] for match in found if match.key in by_id]


def may_see_stance(evidence: Evidence, member: Member) -> bool:
    """The stance of evidence is part of an unreviewed verdict: its contributors see it, others after approval
    (UX.md 4.6)."""
    if evidence.created_by_id == member.pk:
        return True
    checks = Verification.objects.filter(statement_id=evidence.statement_id)
    if evidence.answer_id:
        checks = checks.filter(questions__answers=evidence.answer_id)
    return checks.visible_to(member).exists()


def latest_visible(statement: Statement, member: Member) -> Verification | None:
    """The newest check of a claim that this member may read."""
    return statement.verifications.all().visible_to(member).order_by("-number").first()
