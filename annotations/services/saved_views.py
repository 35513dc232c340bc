"""Saved views of the Tracker: a filter with its columns and grouping, one's own or shared."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from annotations.models import Member, SavedView
from annotations.rules.errors import Forbidden, Invalid, noop
from annotations.services import access, limits
from annotations.services.op import Op, changes

NAME, QUERY = 80, 2000


def visible(member: Member) -> QuerySet[SavedView]:
    """One's own and the shared ones, by name."""
    mine = Q(created_by=member) | Q(shared=True)
    rows = SavedView.objects.filter(mine, corpus_id=member.corpus_id, removed_at=None)
    return rows.select_related("created_by").order_by("name", "id")


def get(member: Member, pk: int) -> SavedView:
    """A view that this member may see; Missing otherwise."""
    found = visible(member).filter(pk=pk).first()
    if found is None:
        raise access.not_found()
    return found


def save(op: Op, *, name: str, query: str, columns: Sequence[str] = (), shared: bool = False) -> SavedView:
    """Keep a view under a name; one's own view of the same name is replaced."""
    values = checked(op, name=name, query=query, columns=list(columns), shared=shared)
    view = SavedView.objects.filter(corpus=op.corpus, created_by=op.by, name=values["name"], removed_at=None).first()
    if view is not None:
        return _write(op, view, values)
    limits.check(
        "saved_views", SavedView.objects.filter(corpus=op.corpus, created_by=op.by, removed_at=None).count() + 1
    )
    view = SavedView.objects.create(corpus=op.corpus, created_at=op.at, updated_at=op.at, created_by=op.by, **values)
    op.log("view.saved", view, {"name": view.name})
    return view


def update(op: Op, view: SavedView, **values: object) -> SavedView:
    """Change name, query, columns or sharing of a view; a shared one of somebody else only as an editor."""
    check_own(op, view)
    return _write(op, view, checked(op, **({"shared": view.shared} | values)))


def checked(op: Op, **values: object) -> dict[str, object]:
    """The values as they can be stored; Forbidden when this member may not keep or share a view."""
    op.check("share_view" if values.get("shared") else "save_view")
    if "name" in values:
        values["name"] = " ".join(str(values["name"]).split())[:NAME]
        if not values["name"]:
            raise Invalid("view_needs_name", noop("Give the view a name."), field="name")
    if len(str(values.get("query", ""))) > QUERY:
        raise Invalid("view_too_long", noop("This view has too many filters to be kept."), field="query")
    return values


def _write(op: Op, view: SavedView, values: dict[str, object]) -> SavedView:
    changed = changes(view, values)
    if changed:
        view.version += 1
        view.updated_at = op.at
        view.save()
        op.log("view.saved", view, {"name": view.name, "changes": changed})
    return view


def check_own(op: Op, view: SavedView) -> None:
    """One's own views are one's own; an editor may change shared ones."""
    if view.created_by_id != op.by.pk and not (view.shared and op.may("edit_others_annotation")):
        raise Forbidden("not_your_view", noop("This view is %(name)s's."), name=str(view.created_by))


def remove(op: Op, view: SavedView) -> None:
    """Remove one's own view; an editor may remove shared ones."""
    check_own(op, view)
    view.removed_at = op.at
    view.version += 1
    view.save()
    op.log("view.removed", view, {"name": view.name})
