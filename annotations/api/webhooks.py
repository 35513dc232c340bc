"""Webhooks over HTTP: which addresses outside are told what watches find, and what became of each message."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies_watches as bodies
from annotations.api.door import SAFE, answer, api
from annotations.api.rows import add as row_add
from annotations.api.rows import item as row_item
from annotations.api.rows import make
from annotations.http import requests
from annotations.http.paging import page_of
from annotations.models import Delivery, Member, Webhook
from annotations.rules import roles
from annotations.services import access, webhooks
from annotations.services.op import Op


def shape(row: Webhook) -> dict[str, Any]:
    """`site`, not the address: that may hold a key, and is told to nobody any more."""
    return {
        "id": row.pk, "uid": str(row.uid), "version": row.version, "site": row.host, "note": row.note,
        "active": row.active, "failures": row.failures, "stopped_at": row.stopped_at, "created_at": row.created_at,
    }  # fmt: skip


class Once:
    """The secret that a verb gave, told in the answer to this request and to no replay of it."""

    secret = ""

    def made(self, found: tuple[Webhook, str]) -> Webhook:
        row, self.secret = found
        return row

    def shape(self, row: Webhook) -> dict[str, Any]:
        return {**shape(row), **({"secret": self.secret} if self.secret else {})}


@api("GET", "POST")
def collection(request: HttpRequest, corpus: int) -> HttpResponse:
    """The webhooks of a corpus (editor). POST {url, note?} (admin): the answer holds the secret, once."""
    member = access.member_in(request.user, corpus_id=corpus)
    roles.check(member.role, "manage_webhooks" if request.method == "POST" else "send_webhooks")
    if request.method == "POST":
        body, once = requests.body_of(request, bodies.WEBHOOK_NEW), Once()
        return make(request, member, Webhook, lambda op: once.made(webhooks.add(op, **body)), once.shape)
    requests.check_query(request, ())
    return answer(page_of(request, webhooks.live(member), shape))


@api("GET", "PATCH", "DELETE")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """PATCH {note?, active?} (admin)."""
    row, member = hook_for(request, pk, "send_webhooks" if request.method in SAFE else "manage_webhooks")
    body = requests.body_of(request, bodies.WEBHOOK) if request.method == "PATCH" else {}
    return row_item(
        request, member, row, shape, change=lambda op, found: webhooks.update(op, found, **body), remove=webhooks.remove
    )


def hook_for(request: HttpRequest, pk: int, verb: str = "send_webhooks") -> tuple[Webhook, Member]:
    row, member = access.row_for(request.user, Webhook.objects.filter(removed_at=None), pk)
    roles.check(member.role, verb)
    return row, member


@api("POST")
def secret(request: HttpRequest, pk: int) -> HttpResponse:
    """A new secret in place of the old one (admin); the answer holds it, once."""
    row, member = hook_for(request, pk, "manage_webhooks")
    requests.body_of(request, {})
    once = Once()

    def renew(op: Op, found: Webhook) -> None:
        once.secret = webhooks.renew(op, found)

    return row_add(request, member, row, renew, once.shape)


@api("GET", "POST")
def deliveries(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent to a webhook, the newest first. POST {again?}: one of them once more, or a test."""
    row, member = hook_for(request, pk)
    if request.method != "POST":
        requests.check_query(request, ())
        return answer(page_of(request, row.deliveries.order_by("-id"), delivery_shape))
    again = requests.body_of(request, bodies.DELIVERY_NEW).get("again")
    sent: list[Delivery] = []

    def send(op: Op, found: Webhook) -> None:
        sent.append(webhooks.try_out(op, found) if again is None else webhooks.again(op, found, again))

    def told(found: Webhook) -> dict[str, Any]:
        """On a replay the last message, as it is now."""
        return delivery_shape(sent[0] if sent else found.deliveries.latest("id"))

    return row_add(request, member, row, send, told)


def delivery_shape(row: Delivery) -> dict[str, Any]:
    return {
        "id": row.pk, "uid": str(row.uid), "topic": row.topic, "state": row.state, "tries": row.tries,
        "status": row.status, "next_at": row.next_at, "created_at": row.created_at, "ended_at": row.ended_at,
    }  # fmt: skip


urls: list[Any] = [
    path("corpora/<int:corpus>/webhooks/", collection, name="api_webhooks"),
    path("webhooks/<int:pk>/", item, name="api_webhook"),
    path("webhooks/<int:pk>/secret/", secret, name="api_webhook_secret"),
    path("webhooks/<int:pk>/deliveries/", deliveries, name="api_deliveries"),
]
