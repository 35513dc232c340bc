"""The inverses of steps: a statement given to somebody or moved on, a passage put back by hand; of evidence."""

from annotations.models import Anchor, Annotation, Answer, Document, Event, Evidence, Member, Statement, Suggestion
from annotations.rules.errors import Refused, noop
from annotations.services import annotations, sources, suggestions, texts, translations, verifications, versions
from annotations.services.anchors import make_anchor
from annotations.services.inverting import Payload, check_alone, fetch, put_back
from annotations.services.op import Op

#: States before and beside a check: a step between two of them did nothing but what its event says.
DESK = frozenset({"untriaged", "set_aside", "queued", "tracked"})


def unassign(op: Op, event: Event, payload: Payload) -> None:
    """Give it back to whom it belonged."""
    row: Statement = fetch(event)
    check_alone(op, event)
    before = payload["changes"]["assignee"][0]
    member = Member.objects.filter(pk=before, corpus=op.corpus).first() if before else None
    if member is None and row.work not in DESK:
        raise Refused(
            "check_needs_owner", noop("Its check is under way and needs somebody; give it to another member.")
        )
    if member is not None and not member.active:
        message = noop("%(name)s does not belong to the corpus any more; give it to another member.")
        raise Refused("owner_gone", message, name=member.name)
    put_back(op, event, payload, to=member.name if member else "")


def unmove(op: Op, event: Event, payload: Payload) -> None:
    """Back to the state before, where the step did nothing else: no check begun or decided, nothing published."""
    changed = dict(payload["changes"])
    if "public" in changed:
        message = noop("What was published, paused or withdrawn was seen by others; take the next step instead.")
        raise Refused("cannot_undo", message)
    if "work" not in changed or not DESK.issuperset(changed["work"]):
        raise Refused("cannot_undo", noop("This step belongs to a check; go on with the check, or hand it back."))
    check_alone(op, event)
    if changed["work"][1] == "set_aside":  # older events told its reason beside the changes
        for name, key in (("triage_reason", "reason"), ("triage_note", "note")):
            if payload.get(key):
                changed.setdefault(name, ["", payload[key]])
    put_back(op, event, {**payload, "changes": changed}, to=changed["work"][0], reason="", note="")


def unanchor(op: Op, event: Event, payload: Payload) -> None:
    """The place that the passage had before in the same version, or none."""
    row: Annotation = fetch(event)
    check_alone(op, event)
    anchor = row.anchors.filter(version_id=payload["version"]).first()
    here = [anchor.start, anchor.end] if anchor else None
    if row.removed_at or row.document.current_id != payload["version"] or here != payload["to"]:
        message = noop("The passage or its document has changed since; put the passage in its place by hand.")
        raise Refused("value_moved_on", message)
    told = {"from": here, "to": payload["from"], **_state(anchor)}
    if payload["from"] is not None:
        made = _again(row, payload)
        made.pk = anchor.pk if anchor else None
        made.save()
    elif anchor:
        anchor.delete()
    annotations.touch(op, row)
    told |= {"version": payload["version"], "quote": payload["quote"]}
    op.log(event.kind, row, told, document_id=event.document_id)


def _again(row: Annotation, payload: Payload) -> Anchor:
    """The place that an event took away (services.anchors.told)."""
    return make_anchor(
        row.pk, texts.get(payload["version"]), *payload["from"], state=payload["was"],
        method=payload.get("method") or "quote", similarity=payload.get("similarity") or 1.0,
    )  # fmt: skip


def unlet(op: Op, event: Event, payload: Payload) -> None:
    """What was said to be lost is looked for again, at the place that it had until then."""
    check_alone(op, event)
    row: Annotation = fetch(event)
    if payload.get("from") is not None and row.document.current_id == payload["version"]:
        _again(row, payload).save()
    versions.seek(op, row)


def unseek(op: Op, event: Event, payload: Payload) -> None:
    check_alone(op, event)
    versions.let_go(op, fetch(event))


def _state(anchor: Anchor | None) -> dict[str, object]:
    if anchor is None:
        return {"was": "orphaned"}
    return {"was": anchor.state, "method": anchor.method, "similarity": anchor.similarity}


def uncreate_evidence(op: Op, event: Event, payload: Payload) -> None:
    row: Evidence = fetch(event)
    check_alone(op, event)
    if row.removed_at is None:
        sources.remove_evidence(op, row)


def reborn_evidence(op: Op, event: Event, payload: Payload) -> None:
    row: Evidence = fetch(event)
    if row.removed_at is not None:
        sources.restore_evidence(op, row)


def unevidence(op: Op, event: Event, payload: Payload) -> None:
    """The old stance, quote, place or words; of placed evidence only while its check is being written."""
    row: Evidence = fetch(event)
    check_alone(op, event)
    if row.answer is not None:
        verifications.check_editable(op, row.answer.question.verification)
    put_back(op, event, payload)


def unplace(op: Op, event: Event, payload: Payload) -> None:
    """Back under the answer where it stood before, or to what is not used yet."""
    row: Evidence = fetch(event)
    before, after = payload["changes"]["answer"]
    if row.answer_id != after:
        raise Refused("evidence_moved_on", noop("It was placed elsewhere since; place it by hand."))
    verifications.place(op, row, Answer.objects.filter(pk=before, corpus=op.corpus).first() if before else None)


def retranslate(op: Op, event: Event, payload: Payload) -> None:
    """The original that the document had before, or none; events of before told what was said, not what was so."""
    row: Document = fetch(event)
    said = payload["original_id"] if event.kind == "document.translates" else None
    before, after = payload.get("changes", {}).get("translation_of", [None if said else payload["original_id"], said])
    if row.translation_of_id != after:
        raise Refused("value_moved_on", noop("“%(name)s” was changed again since; undoing would undo that."),
                      name="translation_of")  # fmt: skip
    check_alone(op, event)
    row.corpus = op.corpus
    translations.say(op, row, translations.original_of(op, before) if before else None)


def undecide(op: Op, event: Event, payload: Payload) -> None:
    """Open again, or decided as before; the passage that it became comes and goes by its own events."""
    row: Suggestion = fetch(event)
    (before, after), (annotation, _) = payload["changes"]["state"], payload["changes"]["annotation"]
    if row.state != after:
        raise Refused("suggestion_moved_on", noop("This suggestion was decided on anew since."))
    suggestions.set_state(op, row, before, annotation)
