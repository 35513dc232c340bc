"""The home of a corpus: continue reading, one's own work, what changed, the corpus at a glance."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from annotations.models import Document, Event, Member
from annotations.rules import vocabulary
from annotations.services import activity, notices, overview, visits
from annotations.services.activity import Sum
from annotations.services.visits import Mark
from annotations.views.door import PageRequest, page, show
from annotations.views.telling import tell
from annotations.views.visiting import visit

SHOWN = 5
SUMS = 12  # sentences on what changed; the activity has everything

LATEST = ("-priority", "-updated_at")
BY_DATE = (F("due").asc(nulls_last=True), "-priority", "id")
ORDERS: dict[str, Any] = {"given": BY_DATE, "due": BY_DATE}


@page("home")
def corpus_home(request: PageRequest) -> HttpResponse:
    """Everything of UX.md 1.6; an empty corpus shows three steps and nothing else."""
    member, mark = request.member, visit(request)
    if not Document.objects.filter(corpus=member.corpus, removed_at=None).exists():
        return show(request, "annotations/corpus_empty.html")
    lists = overview.mine(member, timezone.localdate())
    chosen = request.GET.get("list", "") if request.GET.get("list", "") in lists else first_filled(lists)
    news = changed(member, mark)
    context = {
        "reading": overview.reading(member),
        "place": place(member),
        "lists": list_heads(request, lists, chosen),
        "rows": lists[chosen].order_by(*ORDERS.get(chosen, LATEST))[:SHOWN] if chosen else (),
        "today": timezone.localdate(),
        "mentions": notices.count(member, "mention"),
        "chosen": chosen,
        "news": news,
        "mark": mark,
        "unread": visits.unread(member, mark.seq, request.seq),
        "told": () if news else tell(overview.lately(member), member),
        "matrix": matrix(member),
        "claims": bars(member, overview.by_status(member, "claim")),
        "verdicts": bars(member, overview.by_verdict(member)),
        "progress": bars(member, overview.by_progress(member)),
        "documents": overview.documents_progress(member),
    }
    return show(request, "annotations/corpus_home.html", context)


def changed(member: Member, mark: Mark) -> list[tuple[Sum, str]]:
    """What others did since the last visit, in a few sentences; what is a single event tells itself."""
    found = activity.digest(member, mark.seq)[:SUMS]
    single = Event.objects.filter(corpus=member.corpus, seq__in=[one.last for one in found if one.events == 1])
    told = {row.seq: row.sentence for row in tell(single.select_related("actor"), member)}
    return [(one, told.get(one.last, "")) for one in found if one.events > 1 or one.last in told]


def first_filled(lists: dict[str, Any]) -> str:
    return next((name for name, rows in lists.items() if rows.exists()), next(iter(lists), ""))


def list_heads(request: PageRequest, lists: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    words = {
        "triage": _("To triage"),
        "check": _("To check"),
        "review": _("To review"),
        "given": _("Given to me"),
        "due": _("Due"),
    }
    return [
        {"code": name, "label": words[name], "count": rows.count(), "current": name == chosen}
        for name, rows in lists.items()
    ]


def place(member: Member) -> dict[str, Any] | None:
    found = overview.continue_reading(member)
    if found is None:
        return None
    found.document.corpus = member.corpus
    return {"state": found, "document": found.document, "marked": overview.marked_by(member, found.document)}


def bars(member: Member, rows: list[overview.Bar]) -> list[tuple[str, int, str, str]]:
    """Rows for {% bars %}: words, number, code, address of the Tracker that lists them."""
    tracker = reverse("tracker", args=[member.corpus.slug])
    return [(gettext(label_of(row.code)), row.count, row.code, f"{tracker}?{row.query}") for row in rows]


def label_of(code: str) -> str:
    """The msgid of a status, verdict or progress code."""
    found = next(v for v in (vocabulary.STATUSES, vocabulary.VERDICTS, vocabulary.PROGRESS) if code in v)
    return found.label(code)


def matrix(member: Member) -> list[dict[str, Any]]:
    tracker = reverse("tracker", args=[member.corpus.slug])
    return [
        {"code": code, "claims": claims, "proposals": proposals, "url": f"{tracker}?status={code}"}
        for code, claims, proposals in overview.matrix(member)
    ]


urls: list[Any] = [path("", corpus_home, name="corpus_home")]
