"""What stands around the work of the demo: what its people say to each other, what was found to be like a statement and
decided on, and captures in every state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from annotations.models import Annotation, Capture, Source, Statement, Verification
from annotations.services import captures, comments, deciding, snapshots, verifications
from annotations.services.deciding import Place
from annotations.services.demo.content import Demo, Entry
from annotations.services.demo.documents import place
from annotations.services.op import Op, writing


def talk(demo: Demo) -> None:
    """Every thread with its replies; some are settled."""
    for entry in demo.tables["comments"]:
        target = _target(demo, entry)
        with writing(by=demo.members[entry["by"]]) as op:
            first = comments.create(op, target, entry["body"])
        for reply in entry.get("replies", ()):
            with writing(by=demo.members[reply["by"]]) as op:
                comments.create(op, target, reply["body"], first)
        if entry.get("resolved_by"):
            with writing(by=demo.members[entry["resolved_by"]]) as op:
                comments.settle(op, first, True)


def decide(demo: Demo) -> None:
    """Passages that were found by asking for more like a statement, taken to it or turned down."""
    for entry in demo.tables["decided"]:
        document = demo.documents[entry["document"]]
        span = place(document, entry["quote"])
        with writing(by=demo.members[entry["by"]]) as op:
            found = Place(document.pk, document.current_id or 0, span.start, span.end)
            deciding.decide(op, [found], entry["decision"], demo.statements[entry["statement"]])


def _target(demo: Demo, entry: Entry) -> Annotation | Statement | Verification:
    if "document" in entry:
        return demo.passages[entry["document"], entry["quote"]]
    if "statement" in entry:
        return demo.statements[entry["statement"]]
    check = verifications.open_one(demo.statements[entry["check"]])
    if check is None:
        raise ValueError(f"{entry['check']}: no check is under way")
    return check


def capture(demo: Demo) -> None:
    """Captures as they might have gone: the demo asks nobody, so what came of each is staged."""
    texts = {entry["key"]: entry.get("snapshot", "") for entry in demo.tables["sources"]}
    for entry in demo.tables["captures"]:
        source = Source.objects.get(pk=demo.sources[entry["source"]].pk)
        with writing(by=demo.members[entry["by"]]) as op:
            _stage(op, captures.wish(op, source), entry["state"], texts[entry["source"]])


def _stage(op: Op, row: Capture, state: str, text: str) -> None:
    from annotations.services.fetching import problems  # its parts cost a quarter of a second, of the demo alone

    refusals: Mapping[str, problems.FetchProblem] = {
        "blocked": problems.not_public(row.url.split("/")[2]),
        "failed": problems.of_status(404),
    }
    if state == "fetched":  # it said what was pasted before
        captures.succeed(op, row, snapshots.pasted(text))
    elif state == "fetching":  # whoever held the lease is gone; the next who asks takes it up
        row.state, row.tries, row.lease_until = state, 1, op.at - timedelta(seconds=1)
        row.save()
    elif state in refusals:
        captures.fail(op, row, refusals[state])
