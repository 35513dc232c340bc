"""Messages to webhooks: committed with what they tell of, sent signed, again until they are taken, known by their id.

Headers and signature are those of Standard Webhooks (standardwebhooks.com, v1). A job sends one message; one that is
killed leaves a lease that passes, and `due` takes the message up again. docs/webhooks.md is for receivers.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from annotations.models import Delivery, Member, Webhook
from annotations.rules.errors import Problem, noop
from annotations.services import captures, queue
from annotations.services.op import Op, writing
from annotations.services.webhook_messages import TEST, Find, body_of, test_body
from annotations.services.webhook_secrets import opened, sign

#: After each try that failed; after the last one the message is given up, and an address that took nothing meanwhile
#: is switched off.
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 720, 1440))
TRIES = len(PAUSES) + 1
SECONDS = 10.0  # for one try; other jobs wait meanwhile
LEASE = timedelta(seconds=60)
GONE = 410  # the receiver wants nothing more
#: What was written for pages, as it is said of webhooks.
SAID = {
    "fetch_too_slow": noop("No answer within %(limit)s seconds."),
    "fetch_cut_short": noop("“%(host)s” broke off before it answered."),
    "fetch_not_public": noop("“%(host)s” leads into a private network or to this computer; nothing is sent there."),
}


def tell_all(op: Op, find: Find) -> None:
    """Queue a message for each webhook that is switched on, committed with the find; none twice about one topic in
    one text, however many watch it."""
    hooks = Webhook.objects.filter(corpus=op.corpus, active=True, removed_at=None).order_by("id")
    told = Delivery.objects.filter(text=find.version, topic=find.topic).values_list("webhook_id", flat=True)
    for hook in hooks.exclude(pk__in=list(told)):
        row = Delivery.objects.create(
            webhook=hook, text_id=find.version, topic=find.topic, body=body_of(op, find), next_at=op.at,
            created_at=op.at,
        )  # fmt: skip
        queue.enqueue("deliver", row.pk)


def test(op: Op, hook: Webhook) -> Delivery:
    """Queue a message that tells nothing. It is sent once."""
    row = Delivery.objects.create(webhook=hook, topic=TEST, body=test_body(op), next_at=op.at, created_at=op.at)
    queue.enqueue("deliver", row.pk)
    return row


def restart(row: Delivery, now: datetime) -> None:
    """All tries anew, the first one now, whatever came of it before."""
    row.state, row.tries, row.next_at, row.lease_until, row.ended_at = "waiting", 0, now, None, None
    row.save()
    Webhook.objects.filter(pk=row.webhook_id).update(paused_until=None)
    queue.enqueue("deliver", row.pk)


def hurry(hook: Webhook, now: datetime) -> None:
    """The address answers (again): what waits for it goes now."""
    rows = Delivery.objects.filter(webhook=hook, state="waiting")
    rows.filter(next_at__gt=now).update(next_at=now)
    for pk in rows.order_by("id").values_list("pk", flat=True)[:500]:
        queue.enqueue("deliver", pk)


def due(now: datetime | None = None) -> None:
    """Enqueue what waits and has no job any more: its job may have been lost with a process."""
    now = now or timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    rows = Delivery.objects.filter(free, state="waiting", next_at__lte=now, webhook__active=True)
    awake = Q(webhook__paused_until=None) | Q(webhook__paused_until__lte=now) | Q(topic=TEST)
    for pk in rows.filter(awake).order_by("next_at").values_list("pk", flat=True)[:500]:
        queue.enqueue("deliver", pk)


def run(pk: int) -> None:
    """The job: one try. Running it twice sends nothing twice within the lease, and the id tells a repeat."""
    row = take(pk)
    if row is None:
        return
    try:
        status = post(row)
    except Problem as problem:
        end(row, problem=problem)
    else:
        end(row, status=status)


def take(pk: int) -> Delivery | None:
    """Take the lease; None when there is nothing to send now, or somebody may be at it."""
    now = timezone.now()
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",)).select_related("webhook")
        row = rows.filter(pk=pk, state="waiting", next_at__lte=now, webhook__active=True).first()
        if row is None or (row.lease_until and row.lease_until > now) or not captures.enabled():
            return None
        paused = row.webhook.paused_until
        if row.topic != TEST and paused is not None and paused > now:
            row.next_at = paused
            row.save(update_fields=["next_at"])
            return None  # `due` takes it up again
        row.lease_until, row.tries = now + LEASE, row.tries + 1
        row.save(update_fields=["lease_until", "tries"])
    return row


def post(row: Delivery) -> int:
    """Send it; the status that came back."""
    from annotations.services import fetching  # its parts cost a quarter of a second, of the job alone

    stamp = int(timezone.now().timestamp())
    headers = {
        "webhook-id": str(row.uid), "webhook-timestamp": str(stamp),
        "webhook-signature": sign(opened(row.webhook), str(row.uid), stamp, row.body),
    }  # fmt: skip
    return fetching.post(row.webhook.url, row.body.encode(), headers, SECONDS)


def end(taken: Delivery, *, status: int | None = None, problem: Problem | None = None) -> None:
    """Write what came of this try: book-keeping of the machine, and nobody's history until it switches off."""
    now, good = timezone.now(), status is not None and 200 <= status < 300
    with transaction.atomic():
        hook = Webhook.objects.select_for_update(of=("self",)).get(pk=taken.webhook_id)
        rows = Delivery.objects.select_for_update(of=("self",))
        row = rows.filter(pk=taken.pk, state="waiting", tries=taken.tries).first()
        if row is None:
            return  # dropped, or the lease had passed and another took it up
        row.status, row.reason, row.lease_until = status, told(problem), None
        if good or row.topic == TEST or row.tries >= TRIES:
            row.state, row.ended_at, row.next_at = "delivered" if good else "given_up", now, None
        else:
            row.next_at = now + PAUSES[row.tries - 1]
            queue.enqueue("deliver", row.pk, after=row.next_at)
        row.save()
        if good and hook.failures:
            Webhook.objects.filter(pk=hook.pk).update(failures=0, paused_until=None)
            hurry(hook, now)
        elif not good and row.topic != TEST:
            failed(hook, row, now)


def told(problem: Problem | None) -> dict[str, object]:
    """Why nothing came, so that it can be said in every language later."""
    if problem is None:
        return {}
    params = {name: value if isinstance(value, (int, float)) else str(value) for name, value in problem.params.items()}
    return {"code": problem.code, "template": SAID.get(problem.code, problem.template), "params": params}


def failed(hook: Webhook, row: Delivery, now: datetime) -> None:
    """The address rests, longer each time; after as many failures as a message has tries it is switched off."""
    hook.failures += 1
    if row.status == GONE or hook.failures >= TRIES:
        return stop(hook)
    hook.paused_until = now + PAUSES[hook.failures - 1]
    hook.save(update_fields=["failures", "paused_until"])
    return None


def stop(hook: Webhook) -> None:
    """Switch it off and tell whoever made it, and the admins. What waits goes when somebody switches it on again."""
    people = Member.objects.filter(corpus=hook.corpus_id, active=True).exclude(user=None).select_related("corpus")
    owner = people.filter(pk=hook.created_by_id or 0).first()
    admins = list(people.filter(role="admin").order_by("id"))
    name = owner or (admins[0] if admins else None)
    hook.active, hook.paused_until, hook.stopped_at = False, None, timezone.now()
    hook.version += 1
    hook.save()
    if name is not None:  # somebody's name must stand at every write
        with writing(by=name) as op:
            op.log("webhook.stopped", hook, {"host": hook.host, "number": hook.failures})
            op.tell({*([owner.pk] if owner else []), *[one.pk for one in admins]}, "webhook", by_itself=True)
