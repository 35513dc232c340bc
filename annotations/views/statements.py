"""The page of a claim or proposal: where it stands, the check or the progress, what is still needed, its history."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from annotations.forms import EvidenceForm, GiveForm, MilestoneForm, StatementForm, proposal_form
from annotations.models import Member, Milestone, Occurrence, Statement, Tag
from annotations.rules import roles, vocabulary
from annotations.rules.errors import Problem
from annotations.services import (
    access,
    duplicates,
    following,
    history,
    lookup,
    milestones,
    passages,
    public,
    texts,
    undo,
    verifications,
    watches,
    workflow,
)
from annotations.services.op import writing
from annotations.views import relating, statement_actions
from annotations.views.comments import discussion
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.meeting import MOVES, both_versions, lately
from annotations.views.telling import tell
from annotations.views.typed import typed_words

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
    """Do one thing and come back; after a refusal the page is shown again, with what was typed."""
    name = request.POST.get("action", "")
    try:
        with writing(by=request.member) as op:
            statement_actions.act(op, statement, name, request.POST)
    except Problem as problem:
        status = refuse(request, problem)
        statement.refresh_from_db()
        context = context_of(request, statement, name)
        if name in WITH_WORDS:
            context["typed_words"] = typed_words(request.POST)
            context["meanwhile"] = lately(request, statement, WITH_WORDS[name]) if status == 409 else ()
        return show(request, "annotations/statement_detail.html", context, status=status)
    messages.success(request, _("Saved"))
    return redirect(f"{statement.get_absolute_url()}{request.POST.get('back', '')}")


#: Forms that may be gone when the page comes back, with the events that took them away.
WITH_WORDS = {
    "move": MOVES, "relation": ("relation.updated", "relation.removed"),
    "settle": ("milestone.confirmed", "milestone.refused", "milestone.removed"),
}  # fmt: skip


def context_of(request: PageRequest, statement: Statement, sent: str = "") -> dict[str, Any]:
    """Everything the page shows. `sent` names the form that came back refused; it keeps what was typed."""
    member = request.member
    moves = workflow.moves(statement, member)
    return {
        "statement": statement,
        "sent": sent,
        "status": workflow.shown(statement),
        "moves": moves,
        "primary": primary(statement, moves),
        "places": places(statement, member),
        "agents": agents_by_role(statement),
        "check": check_of(statement, member),
        "milestones": steps(statement),
        "evidence": visible_evidence(statement, member),
        **relating.context(statement, member, request, sent),
        "merged_here": statement.redirects.filter(removed_at=None).order_by("number"),
        "done": undo.done(member, request.GET.get("done", "")),
        "tags": Tag.objects.filter(pk__in=following.carried(statement)),
        "tag_choices": Tag.objects.filter(corpus=statement.corpus, tag_set__scope="statement", deprecated=False),
        "told": tell(history.of_statement(statement)[:40], member),
        "reasons": reasons(statement),
        "watched": watches.of(member, statement=statement),
        "in_dialog": IN_DIALOG,
        "lookalikes": duplicates.waiting(statement, member),
        "is_public": public.is_public(statement),
        **discussion(member, statement),
        **forms(request, statement, sent),
    }


#: What a step still needs and its own dialog asks for: not said once more as missing.
IN_DIALOG = ("reason", "note", "comment", "triage_reason", "duplicate_link", "resolution")


def forms(request: PageRequest, statement: Statement, sent: str) -> dict[str, Any]:
    """The forms of the page, empty but the one that was sent."""

    def data(name: str) -> Any:
        return request.POST if sent == name else None

    form = StatementForm(data("edit"), instance=copy(statement))  # checking it writes into its instance
    anatomy = proposal_form(statement, data("anatomy")) if statement.kind == "proposal" else None
    give = GiveForm(data("assign"), statement=statement, me=request.member)
    return {
        "form": form,
        "proposal_form": anatomy,
        "give_form": give,
        **({} if sent == "relation" else both_versions({"edit": form, "anatomy": anatomy, "assign": give}.get(sent))),
        "milestone_form": MilestoneForm(data("milestone"), corpus=statement.corpus),
        "evidence_form": EvidenceForm(data("evidence"), corpus=statement.corpus),
        "typed": request.POST if sent == "move" else {},
    }


def steps(statement: Statement) -> list[tuple[Milestone, str]]:
    """The milestones, each with its state."""
    rows = statement.milestones.filter(removed_at=None).select_related("source", "created_by", "confirmed_by")
    return [(row, milestones.state_of(row)) for row in rows.order_by("date", "id")]


def primary(statement: Statement, moves: list[Any]) -> Any:
    """The one next step of this person: the first that is theirs, ready or not. What lies aside, is tracked or public
    has none, unless a newer check waits to be published."""
    theirs = [move for move in moves if move.forbidden is None and move.transition.target not in NEVER_NEXT]
    ready = next((move for move in theirs if move.ready), None)
    settled = statement.work in ("set_aside", "tracked") or statement.public in ("published", "withdrawn")
    return ready or (None if settled or not theirs else theirs[0])


#: Steps back or out: never what the page proposes.
NEVER_NEXT = ("withdrawn", "set_aside", "paused")


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
    rows = verifications.newest_evidence(statement.evidence.filter(removed_at=None), member)
    rows = rows.select_related("source", "created_by", "snapshot").order_by("id")
    return [(row, lookup.may_see_stance(row, member)) for row in rows]


urls: list[Any] = [path("statements/<str:label>/", statement_detail, name="statement_detail")]
