"""The page of a claim or proposal: where it stands, the check or the progress, what is still needed, its history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from annotations.forms import EvidenceForm, MilestoneForm, StatementForm, proposal_form
from annotations.models import Member, Milestone, Occurrence, Source, Statement, Tag
from annotations.rules import roles, vocabulary
from annotations.rules.errors import Invalid, Problem, noop
from annotations.services import (
    access,
    history,
    lookup,
    milestones,
    passages,
    sources,
    statements,
    texts,
    verifications,
    workflow,
)
from annotations.services.op import Op, writing
from annotations.services.workflow import Asked
from annotations.views.door import PageRequest, page, say, show
from annotations.views.telling import tell

AROUND = 60


def statement_of(request: PageRequest, label: str) -> Statement:
    """The statement with this number in the corpus; a merged one gives the one it went into."""
    kind = {"C-": "claim", "P-": "proposal"}.get(label[:2].upper())
    rows = Statement.objects.filter(
        corpus=request.member.corpus, kind=kind or "", number=int(label[2:]) if label[2:].isdecimal() else 0
    )
    found = rows.select_related("assignee", "created_by").first()
    while found is not None and found.redirect_to_id:
        found = Statement.objects.select_related("assignee", "created_by").get(pk=found.redirect_to_id)
    if found is None or found.removed_at:
        raise access.not_found()
    found.corpus = request.member.corpus
    return found


@page("tracker")
def statement_detail(request: PageRequest, label: str) -> HttpResponse:
    """Read everything about a statement; POST names an `action` of ACTIONS."""
    statement = statement_of(request, label)
    if statement.label != label.upper():
        return redirect(statement.get_absolute_url())
    if request.method == "POST":
        return act(request, statement)
    return show(request, "annotations/statement_detail.html", context_of(request, statement))


def act(request: PageRequest, statement: Statement) -> HttpResponse:
    """Do one thing and come back; a refusal is said and nothing is lost (forms keep drafts)."""
    name = request.POST.get("action", "")
    try:
        if name not in ACTIONS:
            raise Invalid("action_unknown", noop("This page is too old. Load it again."))
        with writing(by=request.member) as op:
            ACTIONS[name](op, Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk), request.POST)
        messages.success(request, _("Saved"))
    except Problem as problem:
        say(request, problem)
        for reason in getattr(problem, "reasons", ()):
            say(request, reason)
    return redirect(f"{statement.get_absolute_url()}{request.POST.get('back', '')}")


def context_of(request: PageRequest, statement: Statement) -> dict[str, Any]:
    member = request.member
    moves = workflow.moves(statement, member)
    return {
        "statement": statement,
        "status": workflow.shown(statement),
        "moves": moves,
        "primary": primary(moves),
        "places": places(statement, member),
        "form": StatementForm(instance=statement),
        "proposal_form": proposal_form(statement) if statement.kind == "proposal" else None,
        "agents": agents_by_role(statement),
        "check": check_of(statement, member),
        "milestones": [
            (m, milestones.state_of(m))
            for m in statement.milestones.filter(removed_at=None)
            .select_related("source", "created_by", "confirmed_by")
            .order_by("date", "id")
        ],
        "milestone_form": MilestoneForm(corpus=statement.corpus),
        "evidence_form": EvidenceForm(corpus=statement.corpus),
        "evidence": visible_evidence(statement, member),
        "relations": relations(statement),
        "tags": statement.tags.all(),
        "tag_choices": Tag.objects.filter(corpus=statement.corpus, tag_set__scope="statement", deprecated=False),
        "people": Member.objects.filter(corpus=statement.corpus, active=True, user__isnull=False).order_by("name"),
        "told": tell(history.of_statement(statement)[:40], member),
        "reasons": reasons(statement),
    }


def primary(moves: list[Any]) -> Any:
    """The one next step of this person: the first that is theirs, ready or not; never withdrawing or setting aside."""
    theirs = [
        move
        for move in moves
        if move.forbidden is None and move.transition.target not in ("withdrawn", "set_aside", "paused")
    ]
    return next((move for move in theirs if move.ready), theirs[0] if theirs else None)


def reasons(statement: Statement) -> list[tuple[str, str]]:
    chosen = vocabulary.TRIAGE_REASONS if statement.kind == "claim" else vocabulary.PROPOSAL_REASONS
    return chosen.choices


def places(statement: Statement, member: Member) -> list[dict[str, Any]]:
    """Every passage with the words around it, newest document last."""
    rows = Occurrence.objects.filter(statement=statement, removed_at=None, annotation__removed_at=None)
    rows = rows.select_related("annotation__document", "attributed_to", "created_by").order_by(
        "annotation__document_id", "id"
    )
    found = []
    for row in rows:
        anchor = row.annotation.anchors.filter(version_id=row.annotation.document.current_id or 0).first()
        if anchor is not None and passages.one(row.annotation, member):
            text = texts.get(anchor.version_id)
            copies = len(text.copies(anchor.home_start, anchor.home_end))
            found.append(
                {
                    "row": row,
                    "anchor": anchor,
                    "copies": copies,
                    "paragraph": anchor.block + 1,
                    "document": row.annotation.document,
                    "before": text.clean[max(0, anchor.clean_start - AROUND) : anchor.clean_start],
                    "quote": anchor.quote,
                    "after": text.clean[anchor.clean_end : anchor.clean_end + AROUND],
                }
            )
    return found


def agents_by_role(statement: Statement) -> list[tuple[str, list[Any]]]:
    rows = list(statement.agent_rows.select_related("agent"))
    return [(role, [row for row in rows if row.role == role]) for role in vocabulary.PROPOSAL_ROLES.codes]


def check_of(statement: Statement, member: Member) -> dict[str, Any] | None:
    """The newest check that this member may read, whole; for others only that there is one."""
    if statement.kind != "claim":
        return None
    check = lookup.latest_visible(statement, member)
    latest = verifications.latest(statement)
    if check is None:
        return {"row": None, "hidden": latest} if latest else None
    questions = check.questions.prefetch_related("answers__evidence__source")
    may_write = roles.allows(member.role, "verify") and check.state in ("in_progress", "changes_requested")
    return {
        "row": check,
        "questions": questions,
        "hidden": latest if latest and latest.pk != check.pk else None,
        "reviews": check.reviews.select_related("reviewer"),
        "writable": may_write and check.author_id == member.pk,
    }


def visible_evidence(statement: Statement, member: Member) -> list[tuple[Any, bool]]:
    rows = statement.evidence.filter(removed_at=None).select_related("source", "created_by", "snapshot").order_by("id")
    return [(row, lookup.may_see_stance(row, member)) for row in rows]


def relations(statement: Statement) -> list[tuple[str, Any, Any]]:
    out = statement.relations_out.filter(removed_at=None).exclude(state="rejected").select_related("target")
    into = statement.relations_in.filter(removed_at=None).exclude(state="rejected").select_related("source")
    return [("out", row, row.target) for row in out] + [("in", row, row.source) for row in into]


def _edit(op: Op, statement: Statement, data: Any) -> None:
    form = StatementForm(data, instance=statement)
    if not form.is_valid():
        raise Invalid("form", noop("%(reason)s"), reason=next(iter(form.errors.values()))[0])
    statements.update(op, Statement.objects.get(pk=statement.pk), **form.values())


def _anatomy(op: Op, statement: Statement, data: Any) -> None:
    form = proposal_form(statement, data)
    if not form.is_valid():
        raise Invalid("form", noop("%(reason)s"), reason=next(iter(form.errors.values()))[0])
    statements.update(op, statement, **form.values())
    for role in vocabulary.PROPOSAL_ROLES.codes:
        statements.set_agents(op, statement, role, form.names(role))


def _move(op: Op, statement: Statement, data: Any) -> None:
    workflow.transition(
        op,
        statement,
        data.get("to", ""),
        Asked(data.get("reason", ""), data.get("note", ""), correction_note=data.get("correction_note", "")),
    )


def _assign(op: Op, statement: Statement, data: Any) -> None:
    pk = data.get("assignee", "")
    workflow.assign(
        op, statement, Member.objects.filter(corpus=op.corpus, pk=int(pk)).first() if pk.isdecimal() else None
    )


def _tags(op: Op, statement: Statement, data: Any) -> None:
    wanted = {int(pk) for pk in data.getlist("tags") if pk.isdecimal()}
    present = set(statement.tag_rows.values_list("tag_id", flat=True))
    statements.set_tags(op, statement, add=sorted(wanted - present), remove=sorted(present - wanted))


def _evidence(op: Op, statement: Statement, data: Any) -> None:
    form = EvidenceForm(data, corpus=op.corpus)
    if not form.is_valid():
        raise Invalid("form", noop("%(reason)s"), reason=next(iter(form.errors.values()))[0])
    values = form.cleaned_data
    source = values.pop("source") or sources.create(
        op, title=values["title"], url=values["url"], type=values["type"] or "secondary", text=values["text"]
    )
    for name in ("title", "url", "type", "text"):
        values.pop(name)
    sources.add_evidence(op, statement, Source.objects.get(pk=source.pk), **values)


def _drop_evidence(op: Op, statement: Statement, data: Any) -> None:
    row = statement.evidence.filter(removed_at=None, pk=data.get("evidence") or 0).first()
    if row is None:
        raise access.not_found()
    sources.remove_evidence(op, row)


def _milestone(op: Op, statement: Statement, data: Any) -> None:
    form = MilestoneForm(data, corpus=op.corpus)
    if not form.is_valid():
        raise Invalid("form", noop("%(reason)s"), reason=next(iter(form.errors.values()))[0])
    milestones.propose(op, statement, **form.cleaned_data)


def _settle(op: Op, statement: Statement, data: Any) -> None:
    row = Milestone.objects.filter(statement=statement, pk=data.get("milestone") or 0).first()
    if row is None:
        raise access.not_found()
    milestones.confirm(op, row) if data.get("decision") == "confirm" else milestones.refuse(
        op, row, data.get("reason", "")
    )


ACTIONS = {
    "edit": _edit,
    "anatomy": _anatomy,
    "move": _move,
    "assign": _assign,
    "tags": _tags,
    "evidence": _evidence,
    "drop_evidence": _drop_evidence,
    "milestone": _milestone,
    "settle": _settle,
}
urls: list[Any] = [path("statements/<str:label>/", statement_detail, name="statement_detail")]
