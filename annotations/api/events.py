"""The feed of a corpus as JSON: GET ?after=SEQ. The stream of the same events follows the same rules."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from annotations.api.door import answer, api
from annotations.models import CorpusHead
from annotations.rules.errors import Invalid, noop
from annotations.services import access, feed

LIMIT = 500


@api("GET")
def events(request: HttpRequest, corpus: int) -> HttpResponse:
    member = access.member_in(request.user, corpus_id=corpus)
    after = request.GET.get("after", "0")
    if not after.isdecimal() or len(after) > 18:
        raise Invalid("after_not_seq", noop("“after” is the seq of the last event you have."), field="after")
    seq = CorpusHead.objects.values_list("seq", flat=True).get(pk=corpus)
    found = feed.page(member, int(after), LIMIT)
    return answer({"seq": seq, "more": bool(found) and found[-1]["seq"] < seq, "results": found})
