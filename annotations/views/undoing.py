"""Lists in which one decides and takes back without leaving them: the step stands in the address as `done`."""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.services import undo
from annotations.services.op import Op
from annotations.views.door import PageRequest


def done(request: PageRequest) -> dict[str, object] | None:
    """What this person decided last and may take back, or, `undone`, decide again."""
    key = request.GET.get("done", "")
    if not key:
        return None
    undone = undo.is_undone(request.member, key)
    return {"key": key, "undone": undone} if undone or undo.can_undo(request.member, key) else None


def taken_back(request: PageRequest, op: Op) -> tuple[str, str] | None:
    """Do what a form with {undo} or {redo} asks: (the step, what to say of it). None when the form asks for neither."""
    for name, act, said in (("undo", undo.undo, _("Undone")), ("redo", undo.redo, _("Done again"))):
        if key := request.POST.get(name):
            op.check("undo_own")
            act(op, key)
            return key, said
    return None
