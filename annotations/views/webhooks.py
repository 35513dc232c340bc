"""Pages of webhooks: which addresses outside are told what watches find, and what became of each message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Delivery, Watch, Webhook
from annotations.rules import roles
from annotations.rules.errors import Invalid, Problem, Stale, noop
from annotations.services import captures, webhooks
from annotations.services.op import Op, writing
from annotations.views.acts_on import locked
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.meeting import check_seen

PAGE = 25
SOON = timedelta(seconds=30)  # a message that is tried so soon is worth looking for again


@page("settings", verb="send_webhooks", post="manage_webhooks")
def webhook_list(request: PageRequest) -> HttpResponse:
    """The addresses that are told. POST adds one, and shows its page with the secret, this once."""
    status = 200
    if request.method == "POST":
        try:
            with writing(by=request.member) as op:
                made, secret = webhooks.add(op, url=request.POST.get("url", ""), note=request.POST.get("note", ""))
        except Problem as problem:
            status = refuse(request, problem)
        else:
            return detail(request, made, secret)
    rows = webhooks.live(request.member)
    context = {
        "hooks": rows.annotate(last=Max("deliveries__ended_at", filter=Q(deliveries__state="delivered"))),
        "enabled": captures.enabled(),
        "outside": Watch.objects.filter(corpus=request.member.corpus, removed_at=None, outside=True).count(),
        "typed": request.POST,
    }
    return show(request, "annotations/webhook_list.html", context, status=status)


@page("settings")
def webhook_detail(request: PageRequest, pk: int) -> HttpResponse:
    """What was sent and what became of it. POST `action`: test, again, off, on, note, renew, remove."""
    action = request.POST.get("action", "")
    roles.check(request.member.role, "manage_webhooks" if action in MANAGING else "send_webhooks")
    row = webhooks.get(request.member, pk)
    if request.method != "POST":
        return detail(request, row)
    try:
        with writing(by=request.member) as op:
            row = locked(Webhook.objects.filter(removed_at=None), request, str(pk))
            done = ACTIONS.get(action, unknown)(op, request, row)
    except Problem as problem:
        return detail(request, webhooks.get(request.member, pk), status=refuse(request, problem))
    if action == "renew":
        return detail(request, row, done)
    messages.success(request, done)
    return redirect("webhook_list", row.corpus.slug) if action == "remove" else redirect(row)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as the page shows it: what it told, and why it was not taken."""

    row: Delivery
    label: str
    query: str
    title: str
    why: str


def detail(request: PageRequest, row: Webhook, secret: str = "", status: int = 200) -> HttpResponse:
    sent = Paginator(row.deliveries.order_by("-id"), PAGE).get_page(request.GET.get("page"))
    soon = timezone.now() + SOON
    busy = row.deliveries.filter(state="waiting", next_at__lte=soon).exists()
    context = {
        "hook": row, "page": sent, "sent": [shown(one) for one in sent], "secret": secret, "busy": row.active and busy,
        "waiting": row.deliveries.filter(state="waiting").count(), "enabled": captures.enabled(),
    }  # fmt: skip
    return show(request, "annotations/webhook_detail.html", context, status=status)


def shown(row: Delivery) -> Sent:
    data = orjson.loads(row.body)["data"]
    statement, document = data.get("statement") or {}, data.get("document") or {}
    return Sent(row, statement.get("label", ""), data.get("query") or "", document.get("title", ""), why(row))


def why(row: Delivery) -> str:
    """What the address answered, or why nothing came back, in the language of the page."""
    problem = captures.problem_of(row.reason)
    if problem is not None:
        return problem.sentence(_)
    return _("The address answered %(status)s.") % {"status": row.status} if row.status else ""


def unknown(op: Op, request: PageRequest, row: Webhook) -> str:
    raise Invalid("action_unknown", noop("This page is too old. Load it again."))


def test(op: Op, request: PageRequest, row: Webhook) -> str:
    webhooks.try_out(op, row)
    return _("A test is on its way.")


def again(op: Op, request: PageRequest, row: Webhook) -> str:
    number = request.POST.get("delivery", "")
    webhooks.again(op, row, int(number) if number.isdecimal() and len(number) < 19 else 0)
    return _("It is sent once more.")


def switch_off(op: Op, request: PageRequest, row: Webhook) -> str:
    webhooks.update(op, row, active=False)
    return _("The webhook is off. Nothing is sent until somebody switches it on.")


def switch_on(op: Op, request: PageRequest, row: Webhook) -> str:
    webhooks.update(op, row, active=True)
    return _("The webhook is on.")


def note(op: Op, request: PageRequest, row: Webhook) -> str:
    said = noop("Somebody changed this meanwhile. Look at it again.")
    check_seen(request.POST, row.version, Stale("changed_meanwhile", said))
    webhooks.update(op, row, note=request.POST.get("note", ""))
    return _("Saved")


def renew(op: Op, request: PageRequest, row: Webhook) -> str:
    return webhooks.renew(op, row)


def remove(op: Op, request: PageRequest, row: Webhook) -> str:
    webhooks.remove(op, row)
    return _("The webhook is gone; %(site)s is told nothing more.") % {"site": row.host}


ACTIONS = {
    "test": test, "again": again, "off": switch_off, "on": switch_on, "note": note, "renew": renew, "remove": remove,
}  # fmt: skip
MANAGING = ("off", "on", "note", "renew", "remove")
urls: list[Any] = [
    path("webhooks/", webhook_list, name="webhook_list"),
    path("webhooks/<int:pk>/", webhook_detail, name="webhook_detail"),
]
