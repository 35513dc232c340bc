"""Capturing: a wish to fetch a source's address, the job that does it, and what came of it.

`ask` writes the wish, `run` is the job: it takes the lease, fetches and reads outside any transaction, and writes the
end (snapshot or reason) in one Op under the name of whoever asked. A job that is killed leaves a lease that passes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from annotations.models import Capture, Source
from annotations.rules.errors import Problem, Refused, noop
from annotations.rules.vocabulary import OPEN_CAPTURES
from annotations.services import queue, snapshots
from annotations.services.op import Op, Replayed, writing
from annotations.services.snapshots import Material

TRIES = 3
BACK_OFF = (timedelta(seconds=20), timedelta(minutes=2))  # after the first and the second try
LEASE = timedelta(seconds=90)  # fetching and reading have limits of 20 seconds each
GIVEN_UP = noop("Capturing was cut off three times; the page may be too much for this installation.")


def enabled() -> bool:
    """Whether this installation may ask the web at all (AIGOV_FETCH)."""
    return bool(settings.AIGOV_FETCH)


def ask(op: Op, source: Source) -> Capture:
    """Have the address of the source captured; one that is under way already is given back."""
    op.check("add_source")
    if not enabled():
        raise Refused("capture_off", noop("This installation does not fetch pages. Paste the text or upload a file."))
    if not source.url:
        raise Refused("capture_no_url", noop("The source has no address that could be captured."))
    present = source.captures.filter(state__in=OPEN_CAPTURES).first()
    if present is not None:
        if stuck(present, op.at):
            queue.enqueue("capture", present.pk)
        return present
    capture = wish(op, source)
    queue.enqueue("capture", capture.pk)
    return capture


def wish(op: Op, source: Source) -> Capture:
    """The wish alone, without the job that fulfils it."""
    capture = Capture.objects.create(
        corpus=op.corpus, source=source, url=source.url, asked_at=op.at, asked_by=op.by, state="queued"
    )
    op.log("source.asked", capture, told(capture), touched=[("source", source.pk)])
    return capture


def stuck(capture: Capture, now: datetime) -> bool:
    """Whether its job may have been lost: nobody holds it and nobody has come for a while."""
    return (capture.lease_until or capture.asked_at) + LEASE < now


def told(capture: Capture, **more: object) -> dict[str, object]:
    return {"title": capture.source.title, "source": capture.source_id, "url": capture.url, **more}


def run(pk: int) -> None:
    """The job. Running it twice, or again after it was killed, does no harm."""
    capture = take(pk)
    if capture is None:
        return
    try:
        material = fetched(capture.url)
    except Problem as problem:
        end(capture, problem=problem)
    else:
        end(capture, material=material)


def take(pk: int) -> Capture | None:
    """Take the lease; None when there is nothing to do, or when somebody may still be at it (then look again later)."""
    now = timezone.now()
    with transaction.atomic():
        rows = Capture.objects.select_related("source", "asked_by__corpus", "asked_by__user")
        capture = rows.select_for_update(of=("self",)).filter(pk=pk, state__in=OPEN_CAPTURES).first()
        if capture is None:
            return None
        if capture.state == "fetching" and capture.lease_until is not None and capture.lease_until > now:
            queue.enqueue("capture", pk, after=capture.lease_until)
            return None
        # Book-keeping of the machine: nobody's history, so no Op.
        capture.state, capture.lease_until, capture.tries = "fetching", now + LEASE, capture.tries + 1
        capture.save(update_fields=["state", "lease_until", "tries"])
    if capture.tries > TRIES:
        end(capture, problem=Refused("capture_given_up", GIVEN_UP))
        return None
    return capture


def fetched(url: str) -> Material:
    """The page, read and kept in the file store; raises Problem."""
    from annotations.services import fetching  # its parts cost a quarter of a second, of the job alone

    return snapshots.captured(fetching.fetch(url), timezone.now())


def end(capture: Capture, *, material: Material | None = None, problem: Problem | None = None) -> None:
    """Write what came of this try: the snapshot, another try later, or the reason."""
    again = problem is not None and getattr(problem, "again", False) and capture.tries < TRIES
    try:
        with writing(by=capture.asked_by, key=f"{capture.uid}-{capture.tries}") as op:
            rows = Capture.objects.select_for_update(of=("self",)).select_related("source")
            present = rows.filter(pk=capture.pk, state="fetching", tries=capture.tries).first()
            if present is None:
                return  # the lease had passed and another took it up
            if problem is not None:
                retry(op, present, problem) if again else fail(op, present, problem)
            elif material is not None:
                succeed(op, present, material)
    except Replayed:
        return
    except Problem as refused:  # whoever asked may no longer do so
        if problem is None:
            end(capture, problem=refused)


def succeed(op: Op, capture: Capture, material: Material) -> None:
    source = Source.objects.select_for_update().get(pk=capture.source_id)
    stored = snapshots.store(op, source, material)
    capture.state, capture.ended_at, capture.lease_until, capture.reason = "fetched", op.at, None, {}
    capture.snapshot, capture.unchanged, capture.http_status = stored.snapshot, stored.unchanged, material.http_status
    capture.save()
    if stored.unchanged:
        op.log("source.unchanged", capture, told(capture), touched=[("source", source.pk)])


def retry(op: Op, capture: Capture, problem: Problem) -> None:
    """Once more, a while later; the page says why it takes so long."""
    note(capture, problem)
    capture.state, capture.lease_until = "queued", op.at + BACK_OFF[capture.tries - 1]
    capture.save()
    op.log("source.retried", capture, told(capture, why=capture.reason), touched=[("source", capture.source_id)])
    queue.enqueue("capture", capture.pk, after=capture.lease_until)


def fail(op: Op, capture: Capture, problem: Problem) -> None:
    note(capture, problem)
    capture.state = "blocked" if getattr(problem, "blocked", False) else "failed"
    capture.ended_at, capture.lease_until = op.at, None
    capture.save()
    op.log("source.not_captured", capture, told(capture, why=capture.reason), touched=[("source", capture.source_id)])


def note(capture: Capture, problem: Problem) -> None:
    """The reason, so that it can be said in every language later."""
    params = {name: value if isinstance(value, (int, float)) else str(value) for name, value in problem.params.items()}
    capture.reason = {"code": problem.code, "template": problem.template, "params": params}
    capture.http_status = getattr(problem, "http", None)


def problem_of(reason: Mapping[str, Any]) -> Problem | None:
    """The reason of a capture as the Problem that it was."""
    if not reason:
        return None
    return Problem(reason["code"], reason["template"], **reason["params"])


def next_try(capture: Capture) -> datetime | None:
    """When a capture that waits after a failure is tried again."""
    return capture.lease_until if capture.state == "queued" else None
