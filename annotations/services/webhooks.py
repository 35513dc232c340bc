"""Webhooks: which addresses outside are told what watches find. What is sent to them: services/deliveries.py."""

from __future__ import annotations

from ipaddress import ip_address

from django.db.models import QuerySet

from annotations.models import Delivery, Member, Webhook
from annotations.rules.errors import Invalid, Refused, noop
from annotations.services import access, captures, deliveries, limits
from annotations.services.op import Op, changes
from annotations.services.webhook_secrets import new_secret, seal

NOTE = 120


def live(member: Member) -> QuerySet[Webhook]:
    """The webhooks of the corpus, the oldest first."""
    return Webhook.objects.filter(corpus_id=member.corpus_id, removed_at=None).order_by("id")


def get(member: Member, pk: int) -> Webhook:
    found = live(member).select_related("created_by", "corpus").filter(pk=pk).first()
    if found is None:
        raise access.not_found()
    return found


def add(op: Op, *, url: str, note: str = "") -> tuple[Webhook, str]:
    """A new address and its secret, which is shown once."""
    check_enabled()
    return make(op, url=url, note=note)


def make(op: Op, *, url: str, note: str = "") -> tuple[Webhook, str]:
    """The same where the web is not asked: the row alone."""
    op.check("manage_webhooks")
    url = checked(url)
    rows = live(op.by)
    if rows.filter(url=url).exists():
        raise Refused("webhook_there", noop("This address is told already."), field="url")
    limits.check("webhooks", rows.count() + 1)
    secret = new_secret()
    row = Webhook.objects.create(
        corpus=op.corpus, url=url, note=noted(note), secret=seal(secret),
        created_at=op.at, updated_at=op.at, created_by=op.by,
    )  # fmt: skip
    op.log("webhook.added", row, {"host": row.host})
    return row, secret


def check_enabled() -> None:
    if not captures.enabled():
        raise Refused("webhooks_off", noop("This installation does not ask the web, so it reaches no webhook."))


def checked(url: str) -> str:
    """The address as it is asked. Refused when it is not https, or names a machine of this house outright; a name
    that leads into it is found out when it is asked (services/fetching)."""
    from annotations.services.fetching import FetchProblem  # its parts cost a quarter of a second
    from annotations.services.fetching.addresses import is_public
    from annotations.services.fetching.target import parse

    try:
        target = parse(url.strip())
    except FetchProblem as problem:
        problem.field = "url"
        raise
    if target.scheme != "https" or target.port != 443:
        raise Refused("webhook_https", noop("A webhook is asked by https on port 443 only."), field="url")
    if target.host == "localhost" or (_is_number(target.host) and not is_public(target.host)):
        raise Refused("webhook_private", noop("This address leads into a private network."), field="url")
    return target.url


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def noted(note: str) -> str:
    note = " ".join(note.split())
    if len(note) > NOTE:
        raise Invalid(
            "webhook_note_long", noop("The note is longer than %(limit)s characters."), field="note", limit=NOTE
        )
    return note


def update(op: Op, row: Webhook, *, note: str | None = None, active: bool | None = None) -> Webhook:
    """Its note, and whether it is told anything at present; switched on, it gets what waited meanwhile."""
    op.check("manage_webhooks")
    values: dict[str, object] = {} if note is None else {"note": noted(note)}
    if active is not None:
        values["active"] = active
    if changed := changes(row, values):
        if "active" in changed:
            row.failures, row.paused_until, row.stopped_at = 0, None, None
        _save(op, row)
        op.log("webhook.updated", row, {"host": row.host, "changes": changed})
        if changed.get("active") == [False, True]:
            deliveries.hurry(row, op.at)
    return row


def renew(op: Op, row: Webhook) -> str:
    """A new secret in place of the old one, which signs nothing more from now on; shown once."""
    op.check("manage_webhooks")
    secret = new_secret()
    row.secret = seal(secret)
    _save(op, row)
    op.log("webhook.renewed", row, {"host": row.host})
    return secret


def remove(op: Op, row: Webhook) -> None:
    """No longer told anything; what waited for it is dropped."""
    op.check("manage_webhooks")
    if row.removed_at is None:
        row.removed_at, row.secret = op.at, ""
        _save(op, row)
        row.deliveries.filter(state="waiting").update(state="given_up", next_at=None, ended_at=op.at)
        op.log("webhook.removed", row, {"host": row.host})


def try_out(op: Op, row: Webhook) -> Delivery:
    """Send a message that tells nothing, to see whether it is taken."""
    op.check("send_webhooks")
    _check_on(row)
    made = deliveries.test(op, row)
    op.log("webhook.tested", row, {"host": row.host})
    return made


def again(op: Op, row: Webhook, delivery: int) -> Delivery:
    """Send one message once more, now, under its old id: a receiver that took it knows it."""
    op.check("send_webhooks")
    _check_on(row)
    found = row.deliveries.select_for_update(of=("self",)).filter(pk=delivery).first()
    if found is None:
        raise access.not_found()
    deliveries.restart(found, op.at)
    op.log("webhook.resent", row, {"host": row.host, "delivery": str(found.uid)})
    return found


def _check_on(row: Webhook) -> None:
    check_enabled()
    if not row.active:
        raise Refused("webhook_off", noop("This webhook is switched off. Switch it on first."))


def _save(op: Op, row: Webhook) -> None:
    row.version += 1
    row.updated_at = op.at
    row.save()
