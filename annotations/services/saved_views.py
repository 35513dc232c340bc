"""Saved views of the Tracker: a filter with its columns and grouping, one's own or shared."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from annotations.models import Member, SavedView
from annotations.rules.errors import Forbidden, Invalid, noop
from annotations.services.op import Op, changes


def visible(member: Member) -> QuerySet[SavedView]:
    """One's own and the shared ones, by name."""
    mine = Q(created_by=member) | Q(shared=True)
    return SavedView.objects.filter(mine, corpus_id=member.corpus_id, removed_at=None).order_by("name")


def save(op: Op, *, name: str, query: str, columns: Sequence[str] = (), shared: bool = False) -> SavedView:
    """Keep a view under a name; one's own view of the same name is replaced."""
    op.check("share_view" if shared else "save_view")
    name = name.strip()
    if not name:
        raise Invalid("view_needs_name", noop("Give the view a name."), field="name")
    view = SavedView.objects.filter(corpus=op.corpus, created_by=op.by, name=name, removed_at=None).first()
    if view is None:
        view = SavedView.objects.create(
            corpus=op.corpus, name=name[:80], query=query[:2000], columns=list(columns), shared=shared,
            created_at=op.at, updated_at=op.at, created_by=op.by,
        )  # fmt: skip
        op.log("view.saved", view, {"name": view.name})
        return view
    changed = changes(view, {"query": query[:2000], "columns": list(columns), "shared": shared})
    if changed:
        view.version += 1
        view.updated_at = op.at
        view.save()
        op.log("view.saved", view, {"name": view.name, "changes": changed})
    return view


def remove(op: Op, view: SavedView) -> None:
    """Remove one's own view; an editor may remove shared ones."""
    if view.created_by_id != op.by.pk and not (view.shared and op.may("edit_others_annotation")):
        raise Forbidden("not_your_view", noop("This view is %(name)s's."), name=str(view.created_by))
    view.removed_at = op.at
    view.version += 1
    view.save()
    op.log("view.removed", view, {"name": view.name})
