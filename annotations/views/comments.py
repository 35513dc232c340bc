"""Comments on pages: threads as templates show them, and the one address to which their forms are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path

from annotations.forms import CommentForm
from annotations.forms.meeting import lines
from annotations.models import Comment, Member, Statement, Verification
from annotations.rules import roles
from annotations.rules.errors import Invalid, Problem, Stale, noop
from annotations.services import access, comments
from annotations.services.comments import Target
from annotations.services.op import Op, writing
from annotations.views.acts_on import back_of
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.meeting import alone, both_versions, check_seen

TARGETS: dict[str, Any] = {"statement": Statement, "verification": Verification}


@dataclass(frozen=True, slots=True)
class Thread:
    """The first comment and its answers; `number` of the check that it stands on, when that is not the page's own."""

    first: Comment
    replies: list[Comment] = field(default_factory=list)
    number: int | None = None


def discussion(member: Member, on: Target) -> dict[str, Any]:
    """What _comments.html expects: open and settled threads about a statement or a check, and what a new one is on."""
    whole = isinstance(on, Statement)
    rows = comments.of_statement(on, member) if isinstance(on, Statement) else comments.of_target(on, member)
    threads = in_threads(rows, whole)
    return {
        "threads": [thread for thread in threads if thread.first.resolved_at is None],
        "settled": [thread for thread in threads if thread.first.resolved_at is not None],
        "comment_on": f"{on._meta.model_name}:{on.pk}",
        "remove_any": roles.allows(member.role, "remove_others_comment"),
    }


def in_threads(rows: Iterable[Comment], whole: bool) -> list[Thread]:
    found: dict[int, Thread] = {}
    for row in rows:
        if row.parent_id is None:
            number = row.verification.number if whole and row.verification else None
            found[row.pk] = Thread(row, number=number)
        elif row.parent_id in found:
            found[row.parent_id].replies.append(row)
    return list(found.values())


@page("tracker", post="comment")
def comment_send(request: PageRequest) -> HttpResponse:
    """Do what a form of _comments.html asks and lead back; after a refusal the form is shown with what was typed."""
    back = back_of(request, request.member.corpus.get_absolute_url())
    if request.method != "POST":
        return redirect(back)
    try:
        with writing(by=request.member) as op:
            act(op, request.POST)
    except Problem as problem:
        status = refuse(request, problem)
        context = {"typed": request.POST, "back": back, **again(request)}
        return show(request, "annotations/comment_again.html", context, status=status if status == 409 else 400)
    return redirect(f"{back.partition('#')[0]}#comments")


def again(request: PageRequest) -> dict[str, Any]:
    """The words that came back; of a comment that was changed meanwhile how it is now, or both versions."""
    pk = request.POST.get("comment", "")
    row = Comment.objects.unhidden(request.member).filter(pk=pk if pk.isdecimal() else 0).first()
    form = CommentForm(request.POST, body=row.body) if row and request.POST.get("action") == "edit" else None
    return {"form": form, "row": row, **both_versions(form)}


def act(op: Op, data: QueryDict) -> None:
    name = data.get("action", "")
    if name == "say":
        first = comment_of(op, data.get("parent", "")) if data.get("parent") else None
        comments.create(op, first.target if first else target_of(op, data.get("on", "")), data.get("body", ""), first)
        return
    if name not in ACTIONS:
        raise Invalid("action_unknown", noop("This page is too old. Load it again."))
    ACTIONS[name](op, comment_of(op, data.get("comment", "")), data)


def target_of(op: Op, name: str) -> Target:
    """What "statement:12" names, in this corpus."""
    kind, _, pk = name.partition(":")
    model = TARGETS.get(kind)
    found = model.objects.filter(corpus=op.corpus, pk=pk).first() if model and pk.isdecimal() else None
    if found is None:
        raise access.not_found()
    target: Target = found
    return target


def comment_of(op: Op, pk: str) -> Comment:
    """A comment that this member may read, theirs until commit; a removed one may still be answered to."""
    rows = Comment.objects.unhidden(op.by).filter(pk=pk if pk.isdecimal() else 0)
    found = Comment.objects.select_for_update().filter(pk__in=rows.values("pk")).first()
    if found is None:
        raise access.not_found()
    return found


def edit(op: Op, row: Comment, data: QueryDict) -> None:
    form = CommentForm(data, body=row.body)
    if row.created_by_id == op.by.pk:  # of others' words it is said that they are theirs
        alone(op, form, row)
    comments.edit(op, row, lines(form.data.get("body", "")))


def remove(op: Op, row: Comment, data: QueryDict) -> None:
    said = noop("This comment was changed meanwhile. Read it again before you remove it.")
    check_seen(data, row.version, Stale("changed_meanwhile", said))
    comments.remove(op, row)


ACTIONS: dict[str, Callable[[Op, Comment, QueryDict], object]] = {
    "edit": edit,
    "settle": lambda op, row, data: comments.settle(op, row, True),
    "reopen": lambda op, row, data: comments.settle(op, row, False),
    "remove": remove,
}

urls: list[Any] = [path("comments/", comment_send, name="comment_send")]
