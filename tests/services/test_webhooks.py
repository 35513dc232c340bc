"""Webhooks: signed as Standard Webhooks asks, sent again until taken, one message a find, to its address only."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from annotations.models import Delivery, Event, Notice, Webhook
from annotations.rules.errors import Forbidden, Problem, Refused
from annotations.services import deliveries, notices, watches, webhook_secrets, webhooks
from annotations.services.op import writing
from tests.factories import Cast, make_cast, make_document, mark
from tests.services.test_recurrence import CLAIM, FIRST, SAME, look
from tests.services.test_watches import watch
from tests.web import Handler, Web, web

pytestmark = pytest.mark.django_db(transaction=True)
URL = "https://site.test/hook?from=aigov"


class Receiver:
    """What came, and which status is given next."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []

    def page(self, handler: Handler) -> None:
        self.got.append(({key.lower(): value for key, value in handler.headers.items()}, handler.content))
        handler.give(b"a long answer that nobody reads", status=self.answers.pop(0) if self.answers else 204)


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> Iterator[Web]:
    settings.AIGOV_FETCH = True
    with web(monkeypatch, tmp_path) as found:
        yield found


@pytest.fixture
def receiver(outside: Web) -> Receiver:
    found = Receiver()
    outside.pages["/hook?from=aigov"] = found.page
    return found


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def hook(cast: Cast, url: str = URL) -> tuple[Webhook, str]:
    """A webhook and its secret."""
    with writing(by=cast["admin"]) as op:
        return webhooks.add(op, url=url, note="the newsroom")


def find(cast: Cast, title: str = "Press", watchers: tuple[str, ...] = ("viewer",)) -> None:
    """Something that is watched is found in one new text; jobs run at once here."""
    for role in watchers:
        watch(cast[role], "事故通报", name=f"{role}'s", outside=True)
    make_document(cast["annotator"], FIRST, title=title)
    look(cast)


def test_a_find_is_told_signed(cast: Cast, receiver: Receiver) -> None:
    _, secret = hook(cast)
    find(cast)
    ((headers, body),) = receiver.got
    told = json.loads(body)
    assert told["type"] == "watch.found" and told["data"]["query"] == "事故通报" and told["data"]["count"] == 1
    document = told["data"]["document"]
    assert document["title"] == "Press" and document["url"].startswith("http") and "#t=" in document["url"]
    assert "viewer's" not in body.decode() and cast["viewer"].name not in body.decode()
    row = Delivery.objects.get()
    assert headers["webhook-id"] == str(row.uid) and headers["content-type"] == "application/json"
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{row.uid}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert (row.state, row.tries, row.status) == ("delivered", 1, 204)
    look(cast)
    deliveries.due(timezone.now() + timedelta(days=9))
    assert len(receiver.got) == 1


def test_a_repeat_is_told_by_its_number(cast: Cast, receiver: Receiver) -> None:
    hook(cast)
    made = mark(cast["annotator"], make_document(cast["annotator"], FIRST), CLAIM, "claim")
    for role in ("viewer", "checker"):  # two who watch the same are one message
        watch(cast[role], statement=made.occurrences.get().statement)
    make_document(cast["annotator"], SAME, title="Press")
    look(cast)
    ((_, body),) = receiver.got
    told = json.loads(body)
    assert told["type"] == "watch.repeated" and told["data"]["statement"]["label"] == "C-1"
    assert told["data"]["query"] is None and told["data"]["document"]["title"] == "Press"
    assert Notice.objects.filter(reason="watch").count() == 2


def test_what_one_searches_for_is_ones_own_unless_one_says_otherwise(cast: Cast, receiver: Receiver) -> None:
    hook(cast)
    row = watch(cast["viewer"], "事故通报")
    make_document(cast["annotator"], FIRST)
    look(cast)
    assert receiver.got == []
    with writing(by=cast["viewer"]) as op:
        watches.update(op, row, outside=True)
    make_document(cast["annotator"], FIRST.replace("序言", "前言"))
    look(cast)
    assert len(receiver.got) == 1


def test_the_reference_value_of_the_standard() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - of the documentation of Standard Webhooks
    made = webhook_secrets.sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_sent_again_until_it_is_taken(cast: Cast, receiver: Receiver) -> None:
    receiver.answers = [500, 302, 200]
    made, _ = hook(cast)
    find(cast)
    for _ in range(4):
        run_due()
    assert len(receiver.got) == 3  # the redirection was not followed
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert len({body for _, body in receiver.got}) == 1
    assert Delivery.objects.get().state == "delivered"
    made.refresh_from_db()
    assert (made.failures, made.paused_until, made.active) == (0, None, True)


def run_due() -> None:
    """As if the pause were over."""
    Delivery.objects.filter(state="waiting").update(next_at=timezone.now())
    Webhook.objects.update(paused_until=None)
    deliveries.due()


def test_given_up_after_two_days_and_switched_off(cast: Cast, receiver: Receiver) -> None:
    receiver.answers = [503] * 8
    made, _ = hook(cast)
    find(cast)
    for _ in range(20):
        run_due()
    row = Delivery.objects.get()
    assert (row.state, row.tries, row.status) == ("given_up", deliveries.TRIES, 503)
    assert len(receiver.got) == row.tries == 8 and row.ended_at is not None
    made.refresh_from_db()
    assert not made.active and made.stopped_at is not None
    (item,) = notices.items(cast["admin"])
    assert item.sentence == "site.test was switched off: tries that failed in a row: 8"
    assert item.path == made.get_absolute_url() and notices.items(cast["editor"]) == []
    find(cast, "Later")
    assert Delivery.objects.count() == 1  # who is off is told nothing
    with writing(by=cast["admin"]) as op:
        webhooks.update(op, made, active=True)
        webhooks.again(op, made, row.pk)
    assert len(receiver.got) == 9 and Delivery.objects.get().state == "delivered"
    assert receiver.got[0][0]["webhook-id"] == receiver.got[8][0]["webhook-id"]


def test_a_dead_address_is_asked_for_one_message_only(cast: Cast, receiver: Receiver) -> None:
    """A load of a hundred texts must not switch it off within a minute, nor keep the jobs busy."""
    receiver.answers = [500]
    made, _ = hook(cast)
    watch(cast["viewer"], "事故通报", outside=True)
    for n in range(5):
        make_document(cast["annotator"], FIRST.replace("序言", f"序言{n}"))
    look(cast)
    deliveries.due()
    assert len(receiver.got) == 1 and Delivery.objects.filter(state="waiting").count() == 5
    made.refresh_from_db()
    assert made.failures == 1 and made.paused_until is not None
    Delivery.objects.filter(tries=1).update(next_at=timezone.now())
    Webhook.objects.update(paused_until=timezone.now())
    deliveries.due()  # the first one is taken, the others follow at once
    assert len(receiver.got) == 6 and not Delivery.objects.exclude(state="delivered").exists()
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 5


def test_gone_means_gone(cast: Cast, receiver: Receiver) -> None:
    receiver.answers = [410]
    hook(cast)
    find(cast)
    row = Webhook.objects.get()
    assert not row.active and Delivery.objects.get().state == "waiting"
    run_due()
    assert len(receiver.got) == 1
    with writing(by=cast["admin"]) as op:
        webhooks.update(op, row, active=True)
    assert len(receiver.got) == 2 and Delivery.objects.get().state == "delivered"


def test_nobody_answers(cast: Cast, outside: Web) -> None:
    hook(cast, "https://nowhere.test/hook")
    find(cast)
    row = Delivery.objects.get()
    assert row.state == "waiting" and row.tries == 1 and row.reason["code"] == "fetch_unknown_host"
    assert row.status is None


def test_never_into_the_house(cast: Cast, outside: Web) -> None:
    outside.names["inside.test"] = ["10.0.0.7"]
    hook(cast, "https://inside.test/hook")
    find(cast)
    assert Delivery.objects.get().reason["code"] == "fetch_not_public" and outside.connected == []


def test_a_lease_keeps_a_second_job_away(cast: Cast, receiver: Receiver) -> None:
    receiver.answers = [500]
    hook(cast)
    find(cast)
    Webhook.objects.update(paused_until=None)
    Delivery.objects.update(next_at=timezone.now(), lease_until=timezone.now() + timedelta(minutes=1))
    deliveries.run(Delivery.objects.get().pk)
    assert len(receiver.got) == 1
    Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    deliveries.due()
    assert len(receiver.got) == 2


@pytest.mark.parametrize("where", ["post", "end"])
def test_killed_between(cast: Cast, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """Before it was sent: sent once. After it was taken: sent again under the same id, which the receiver knows."""
    with monkeypatch.context() as killed:
        killed.setattr(deliveries, where, cut_off)
        hook(cast)
        with pytest.raises(KeyboardInterrupt):
            find(cast)
    deliveries.due()  # the lease still runs
    before = 0 if where == "post" else 1
    assert len(receiver.got) == before
    deliveries.due(timezone.now() + deliveries.LEASE * 2)
    assert len(receiver.got) == before  # it is enqueued, and then refused by the lease
    Delivery.objects.update(lease_until=timezone.now())
    deliveries.due()
    deliveries.due()
    assert len(receiver.got) == before + 1 and len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert Delivery.objects.get().state == "delivered"


def cut_off(*args: object, **more: object) -> None:
    raise KeyboardInterrupt


def test_switched_off_and_removed(cast: Cast, receiver: Receiver) -> None:
    made, _ = hook(cast)
    with writing(by=cast["admin"]) as op:
        webhooks.update(op, made, active=False)
    find(cast)
    assert receiver.got == [] and not Delivery.objects.exists()
    with pytest.raises(Refused, match="switched off"), writing(by=cast["editor"]) as op:
        webhooks.try_out(op, made)
    with writing(by=cast["admin"]) as op:
        webhooks.update(op, made, active=True)
    receiver.answers = [500]
    make_document(cast["annotator"], FIRST, title="Again")
    look(cast)
    with writing(by=cast["admin"]) as op:
        webhooks.remove(op, made)
    run_due()
    assert len(receiver.got) == 1 and Delivery.objects.get().state == "given_up"
    assert Webhook.objects.get().secret == ""


def test_a_test_is_sent_once(cast: Cast, receiver: Receiver) -> None:
    receiver.answers = [500]
    made, _ = hook(cast)
    with writing(by=cast["editor"]) as op:
        webhooks.try_out(op, made)
    row = Delivery.objects.get()
    assert (row.state, row.status) == ("given_up", 500) and json.loads(receiver.got[0][1])["type"] == "webhook.test"
    made.refresh_from_db()
    assert made.failures == 0 and made.active
    with pytest.raises(Forbidden), writing(by=cast["reviewer"]) as op:
        webhooks.try_out(op, made)


@pytest.mark.parametrize("url", [
    "http://site.test/", "https://site.test:8443/", "https://site.test:80/", "ftp://site.test/", "https://u:p@a.test/",
    "https://localhost/", "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.7/hook", "https://169.254.169.254/",
    "not an address", "",
])  # fmt: skip
def test_addresses_that_are_not_asked(cast: Cast, outside: Web, url: str) -> None:
    with pytest.raises(Problem) as refused:
        hook(cast, url)
    assert refused.value.field == "url" and not Webhook.objects.exists()


def test_who_may_and_once(cast: Cast, outside: Web, settings: Any) -> None:
    with pytest.raises(Forbidden), writing(by=cast["editor"]) as op:
        webhooks.add(op, url=URL)
    made, _ = hook(cast)
    with pytest.raises(Refused, match="already"):
        hook(cast)
    settings.AIGOV_FETCH = False
    with pytest.raises(Refused, match="does not ask the web"):
        hook(cast, "https://site.test/other")
    with pytest.raises(Refused, match="does not ask the web"), writing(by=cast["editor"]) as op:
        webhooks.try_out(op, made)


def test_the_secret_stands_nowhere(cast: Cast, receiver: Receiver, settings: Any) -> None:
    made, secret = hook(cast)
    find(cast)
    told = "".join(Event.objects.values_list("payload", flat=True)) + Delivery.objects.get().body
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM annotations_webhook")
        written = repr(cursor.fetchall())
    for place in (told, written):
        assert secret not in place and secret.removeprefix("whsec_") not in place
    assert "/hook?from" not in told  # an address may hold a key, too
    assert webhook_secrets.opened(made) == secret
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key " * 5, [settings.SECRET_KEY]
    assert webhook_secrets.opened(made) == secret  # the former key still opens
    settings.SECRET_KEY_FALLBACKS = []
    find(cast, "Later")
    row = Delivery.objects.latest("pk")
    assert row.reason["code"] == "webhook_secret_lost" and len(receiver.got) == 1
    with writing(by=cast["admin"]) as op:
        fresh = webhooks.renew(op, made)
        webhooks.again(op, made, row.pk)
    assert fresh != secret and len(receiver.got) == 2
