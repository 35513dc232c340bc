"""Finding statements: most similar first in either script, and what a person may see of an unreviewed check."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from annotations.models import Answer, Evidence, Member, Occurrence, Statement, Verification
from annotations.rules import roles
from annotations.services.tracker.links import links, number_of
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


def by_label(member: Member, label: str) -> Statement | None:
    """The statement with this number (C-12) in the member's corpus; a merged one gives the one it went into."""
    asked = number_of(label)
    if asked is None:
        return None
    rows = Statement.objects.filter(corpus_id=member.corpus_id)
    row = rows.filter(kind=asked[0], number=asked[1]).first()
    while row is not None and row.redirect_to_id:
        row = rows.get(pk=row.redirect_to_id)
    if row is None or row.removed_at:
        return None
    row.corpus = member.corpus
    return row


def may_see_stance(evidence: Evidence, member: Member) -> bool:
    """The stance of evidence is part of an unreviewed verdict: its contributors see it, others after approval."""
    return bool(stances_seen([evidence], member))


def stances_seen(rows: Sequence[Evidence], member: Member) -> set[int]:
    """Ids of those pieces of evidence whose stance this member may know (UX.md 4.6).

    One's own; placed evidence as its check; what waits unplaced as the check under way, if there is one.
    """
    checks = Verification.objects.filter(statement__in={row.statement_id for row in rows})
    readable = set(checks.readable_by(member).values_list("pk", flat=True))
    open_ones = dict(checks.exclude(state="approved").values_list("statement_id", "pk"))
    answers = {row.answer_id for row in rows if row.answer_id}
    placed = dict(Answer.objects.filter(pk__in=answers).values_list("pk", "question__verification_id"))
    found = set()
    for row in rows:
        check = placed.get(row.answer_id) if row.answer_id else open_ones.get(row.statement_id)
        if row.created_by_id == member.pk or check is None or check in readable:
            found.add(row.pk)
    return found


def latest_visible(statement: Statement, member: Member) -> Verification | None:
    """The newest check of a claim that this member may read."""
    return statement.verifications.all().visible_to(member).order_by("-number").first()


def blind(check: Verification, member: Member) -> bool:
    """Whether this member may look at the questions and quotes of a check in review, to judge for themselves."""
    return check.state == "in_review" and roles.allows(member.role, "review")


def occurrences(statement: Statement, member: Member) -> QuerySet[Occurrence]:
    """The passages of a statement that this member may see."""
    return links(member).filter(statement=statement).select_related("annotation", "attributed_to", "statement")
