"""Merging a tag of 200,000 passages, taking that back, and splitting it: how long anybody waits for the write lock.

    python -m benchmarks.codebook [--passages 200000] [--json]

A third of the passages carries both tags. The steps are those of a page; their batches run as the job runs them, in a
process of their own over SQLite at synchronous=FULL. Each transaction is timed from its first statement to the end of
its commit. Promise: 99 of 100 hold the lock for at most 40 ms, the transaction of the step itself included.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

PASSAGES = 200_000
PER_DOCUMENT = 2_000
BATCH = 5_000


def run(passages: int = PASSAGES) -> dict[str, Any]:
    """{step: {seconds, first ms, p50 ms, p99 ms, longest ms, batches}} and over all of them p99 and longest."""
    with tempfile.TemporaryDirectory(prefix="aigov-bench-") as folder:
        environment = {**os.environ, "AIGOV_DATA": folder, "DJANGO_SETTINGS_MODULE": "aigov.settings"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "benchmarks.codebook", "--inside", "--passages", str(passages)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def inside(passages: int) -> dict[str, Any]:
    """The same in a process whose data folder is empty."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from annotations.models import Tag
    from annotations.services import recoding, undo
    from annotations.services.op import Op

    member, tag, into = build(passages)

    def fresh(row: Any) -> Any:
        return Tag.objects.select_related("tag_set").get(pk=row.pk)

    ids = recoding.carried_by(tag)  # as a page does: before the lock

    def split(op: Op) -> None:
        recoding.split_tag(op, fresh(tag), [recoding.Part(ids[: passages // 2], label="Half")])

    holds: list[float] = []
    found = {}
    last = ""
    steps: dict[str, Callable[[Op], object]] = {
        "merge": lambda op: recoding.merge_tag(op, fresh(tag), fresh(into)),
        "merge taken back": lambda op: undo.undo(op, last),
        "split of a half": split,
        "split taken back": lambda op: undo.undo(op, last),
    }
    for name, verb in steps.items():
        last, took, figures = step(member, verb)
        holds += took
        found[name] = figures
    return {**found, "write lock p99 ms": percentile(holds, 99), "write lock longest ms": round(max(holds) * 1000, 1)}


def build(passages: int) -> tuple[Any, Any, Any]:
    """A member, and two tags on so many passages, written without the services: only recoding is measured."""
    from django.utils import timezone

    from annotations.models import Annotation, AnnotationTag, Document, Member, Tag, User
    from annotations.services import corpora

    user = User.objects.create_user(username="bench", password="a long enough password")
    corpus = corpora.create(user=user, name="Bench")
    member = Member.objects.select_related("corpus").get(corpus=corpus)
    tag, into = Tag.objects.select_related("tag_set").filter(corpus=corpus)[:2]
    now = timezone.now()
    common = {"corpus": corpus, "created_at": now, "updated_at": now, "created_by": member}
    documents = Document.objects.bulk_create(
        Document(title=f"文件 {number}", **common) for number in range(-(-passages // PER_DOCUMENT))
    )
    for at in range(0, passages, BATCH):
        rows = Annotation.objects.bulk_create(
            Annotation(document=documents[number // PER_DOCUMENT], **common)
            for number in range(at, min(at + BATCH, passages))
        )
        links = [(row, one) for row in rows for one in ((tag, into) if row.pk % 3 == 0 else (tag,))]
        AnnotationTag.objects.bulk_create(
            AnnotationTag(annotation=row, tag=one, document_id=row.document_id, corpus=corpus) for row, one in links
        )
    return member, tag, into


def step(member: Any, verb: Callable[[Any], object]) -> tuple[str, list[float], dict[str, float]]:
    """The key of the step, the seconds of each of its transactions, the figures."""
    from annotations.models import Recoding
    from annotations.services import recoding_run
    from annotations.services.op import writing

    holds: list[float] = []
    begun = time.perf_counter()
    with writing(by=member) as op:
        entered = time.perf_counter()
        verb(op)
    holds.append(time.perf_counter() - entered)
    row = Recoding.objects.latest("pk")
    while not recoding_run.run(row.pk, hold=holds.append):
        pass
    seconds = time.perf_counter() - begun
    row.refresh_from_db()
    assert row.done == row.total, f"{row.done} of {row.total} went over"
    return op.key, holds, {
        "seconds": round(seconds, 1), "first ms": round(holds[0] * 1000, 1), "p50 ms": percentile(holds, 50),
        "p99 ms": percentile(holds, 99), "longest ms": round(max(holds) * 1000, 1), "batches": len(holds) - 1,
    }  # fmt: skip


def percentile(seconds: list[float], of: int) -> float:
    """In milliseconds."""
    return round(statistics.quantiles(seconds, n=100, method="inclusive")[of - 1] * 1000, 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=PASSAGES)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(inside(options.passages)))
    else:
        print(json.dumps(run(options.passages), indent=1))
