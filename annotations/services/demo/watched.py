"""What the people of the demo watch, what was found since, and a webhook that did not answer; nobody is told."""

from __future__ import annotations

from annotations.models import Delivery, Document
from annotations.services import deliveries, watches, watching, webhooks
from annotations.services.demo.content import Demo
from annotations.services.op import writing
from annotations.services.webhook_messages import TEST, test_body


def watch(demo: Demo) -> None:
    """Searches and statements, each of its person, and webhooks that were switched off because nobody answered."""
    for entry in demo.tables["watches"]:
        with writing(by=demo.members[entry["by"]]) as op:
            statement = demo.statements[entry["statement"]] if "statement" in entry else None
            watches.add(op, query=entry.get("query", ""), statement=statement, name=entry.get("name", ""))
    for entry in demo.tables["webhooks"]:
        with writing(by=demo.members[entry["by"]]) as op:
            hook, _ = webhooks.make(op, url=entry["url"], note=entry["note"])
            Delivery.objects.create(
                webhook=hook, topic=TEST, body=test_body(op), state="given_up", tries=1, status=entry["status"],
                created_at=op.at, ended_at=op.at,
            )  # fmt: skip
        hook.failures = deliveries.TRIES
        deliveries.stop(hook)


def find(demo: Demo) -> None:
    """Look at the texts that came after the watches, as the job would."""
    known = [document.pk for document in demo.documents.values()]
    for document in Document.objects.filter(pk__in=known, current__number__gt=1).select_related("corpus", "current"):
        watching.look(document)
