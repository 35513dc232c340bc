"""The visit of the person who asks: what is new on the pages that tell of the work of others. The session keeps it."""

from __future__ import annotations

from datetime import datetime

from annotations.services import visits
from annotations.services.visits import Mark
from annotations.views.door import PageRequest

KEY = "visits"


def visit(request: PageRequest) -> Mark:
    """The mark of this visit; what the page can know of counts as seen from now on.

    A page that keeps itself fresh (X-Live) sees nothing: nobody may be sitting before it.
    """
    looks = "X-Live" not in request.headers
    kept = _kept(request)
    mark = visits.mark_of(request.member, request.seq, kept, looks=looks)
    if looks:
        if mark != kept:
            told = {str(request.member.corpus_id): [mark.seq, mark.at.isoformat()]}
            request.session[KEY] = request.session.get(KEY, {}) | told
        visits.look(request.member, request.seq)
    return mark


def _kept(request: PageRequest) -> Mark | None:
    """The mark that this browser remembers of the corpus."""
    found = request.session.get(KEY, {}).get(str(request.member.corpus_id))
    return Mark(int(found[0]), datetime.fromisoformat(found[1])) if found else None
