"""What the inverses of events share: the row, whether others went on since, old values put back."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from annotations.models import (
    Annotation,
    CodebookVersion,
    Document,
    Event,
    Evidence,
    Occurrence,
    Relation,
    Ruling,
    Statement,
    Suggestion,
    Tag,
    TagSet,
)
from annotations.rules.errors import Missing, Refused, noop
from annotations.services import coding, merging, quotes, statements
from annotations.services.op import Op
from annotations.text.folding import fold_text

Payload = Mapping[str, Any]
MODELS: Mapping[str, type[models.Model]] = {
    "annotation": Annotation, "statement": Statement, "occurrence": Occurrence, "relation": Relation,
    "evidence": Evidence, "suggestion": Suggestion, "tag": Tag, "tagset": TagSet,
    "codebookversion": CodebookVersion, "ruling": Ruling,
    "document": Document,
}  # fmt: skip


def fetch(event: Event) -> Any:
    row = MODELS[event.object_type]._default_manager.filter(pk=event.object_id).first()
    if row is None:
        raise Missing("gone", noop("What this step changed is no longer there."))
    return row


def check_alone(op: Op, event: Event) -> None:
    """Refuse when another member changed the object after this event."""
    later = Event.objects.filter(
        corpus=op.corpus, object_type=event.object_type, object_id=event.object_id, seq__gt=event.seq
    )
    other = later.exclude(actor=op.by).select_related("actor").first()
    if other:
        raise Refused(
            "others_went_on",
            noop("%(name)s changed this after you; undoing would undo their work."),
            name=str(other.actor),
        )


def put_back(op: Op, event: Event, payload: Payload, **told: object) -> None:
    """Put the old values back where the new ones still stand; refuse where somebody went on. `told`: what the event of
    this says instead of what that one said."""
    row = fetch(event)
    fields = {name: pair for name, pair in payload["changes"].items() if hasattr(row, name)}
    for name, (_, new) in fields.items():
        present = getattr(row, row._meta.get_field(name).attname)
        if _same(present, new) is False:
            raise Refused(
                "value_moved_on", noop("“%(name)s” was changed again since; undoing would undo that."), name=name
            )
    if isinstance(row, Statement):
        statements.check_frozen(row, fields)
    if isinstance(row, Annotation):
        coding.check_layer(op, row)
    for name, (old, _) in fields.items():
        setattr(row, row._meta.get_field(name).attname, old)
    if isinstance(row, Evidence):
        quotes.judge(row, quotes.newest(row.source))
    row.version += 1
    row.updated_at = op.at
    row.save()
    if isinstance(row, Occurrence):
        for pk in {row.statement_id, *fields.get("statement", ())}:
            merging.settle(op, Statement.objects.get(pk=pk))
    if isinstance(row, Statement):
        row.refresh_from_db()
        row.fold = fold_text(row.text)
        row.save(update_fields=["fold"])
    flipped = {name: [new, old] for name, (old, new) in fields.items()}
    op.log(event.kind, row, {**payload_of(payload), "changes": flipped, **told}, document_id=event.document_id)


def _same(present: object, stored: object) -> bool:
    return present == stored or str(present) == str(stored)


def payload_of(payload: Payload) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name != "request"}
