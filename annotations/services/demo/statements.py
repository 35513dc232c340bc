"""The statements of the demo with their anatomy, and the relations between them."""

from __future__ import annotations

from annotations.models import Relation
from annotations.services import bulk, statements
from annotations.services.demo.content import Demo, Entry
from annotations.services.op import Op, writing

ROLES = ("proposer", "actor", "addressee", "beneficiary", "enforcer", "monitor")
PLAIN = (
    "gloss_en", "wording", "priority", "about_date", "resolution_criteria", "mechanism", "instrument", "bindingness",
    "target", "deadline", "specificity", "note",
)  # fmt: skip


def make(demo: Demo) -> None:
    """Every statement, untriaged, in the order of the files: their numbers follow it."""
    with writing(by=demo.by_role("annotator")) as op:
        for entry in demo.tables["statements"]:
            _statement(op, demo, entry)


def _statement(op: Op, demo: Demo, entry: Entry) -> None:
    values = {name: entry[name] for name in PLAIN if entry.get(name) not in (None, "")}
    types = entry.get("types", [])
    if types:
        values |= {"type": types[0], "more_types": types[1:]}
    for name in ("due", "resolve_by"):
        if entry.get(name):
            values[name] = bulk.parse_date(entry[name])
    statement = statements.create(op, entry["kind"], entry["text"], language=entry["language"], **values)
    demo.statements[entry["key"]] = statement
    for role in ROLES:
        if entry.get(role):
            statements.set_agents(op, statement, role, demo.agent_names(entry[role]))
    if entry.get("tags"):
        statements.set_tags(op, statement, add=[demo.topics[code].pk for code in entry["tags"]])


def relate(demo: Demo) -> None:
    for entry in demo.tables["relations"]:
        with writing(by=demo.members[entry["by"]]) as op:
            relation = Relation.objects.create(
                corpus=demo.corpus, source=demo.statements[entry["from"]], target=demo.statements[entry["to"]],
                type=entry["type"], state=entry["state"], rationale=entry.get("rationale", ""),
                created_at=op.at, updated_at=op.at, created_by=op.by,
            )  # fmt: skip
            labels = {"from": relation.source.label, "to": relation.target.label, "type": relation.type}
            op.log("relation.created", relation, labels)
