"""What pages that act on rows share: the row behind a form, locked, and the page that somebody came from."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.http import url_has_allowed_host_and_scheme

from annotations.services import access
from annotations.views.door import PageRequest


def back_of(request: PageRequest, otherwise: str) -> str:
    """The page of ours that the form names as `back`, else the one that is given."""
    back = request.POST.get("back", "")
    return back if back.startswith("/") and url_has_allowed_host_and_scheme(back, None) else otherwise


def locked(rows: QuerySet[Any], request: PageRequest, pk: str) -> Any:
    """One of these rows in the corpus at hand, as it is now, ours until the commit; not found when it is not there."""
    mine = rows.select_for_update(of=("self",)).filter(corpus=request.member.corpus)
    row = mine.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 19 else None
    if row is None:
        raise access.not_found()
    row.corpus = request.member.corpus
    return row
