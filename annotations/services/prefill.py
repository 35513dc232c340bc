"""Who says it and how, proposed from the text around a passage and carried along; what is proposed is marked so
(UX.md 4.8)."""

from __future__ import annotations

from annotations.models import Anchor, Occurrence, Statement, StatementAgent
from annotations.services import agents, statements, texts
from annotations.services.op import Op
from annotations.text import attribution

CARRIED = ("voice", "attributed_to", "reported_via", "author_stance", "modality", "utterance_date")


def fill(op: Op, occurrence: Occurrence, anchor: Anchor, like: Occurrence | None = None) -> None:
    """Set voice, speaker, via and strength on an unsaved occurrence: as on `like`, else as the text suggests."""
    if like is not None:
        for name in CARRIED:
            setattr(occurrence, name, getattr(like, name))
        occurrence.prefilled = list(like.prefilled)
        return
    found = propose(anchor, occurrence.annotation.document.authors)
    occurrence.voice, occurrence.reported_via = found.voice, found.reported_via
    occurrence.modality = found.modality
    if found.speaker:
        occurrence.attributed_to = agents.named(op, found.speaker)
    names = {
        "voice": found.voice,
        "speaker": found.speaker,
        "reported_via": found.reported_via,
        "modality": found.modality,
    }
    occurrence.prefilled = [name for name, value in names.items() if value]


def propose(anchor: Anchor, authors: list[str]) -> attribution.Attribution:
    """The attribution proposed for a passage from its own paragraph (clean text)."""
    text = texts.get(anchor.version_id)
    block = text.blocks[text.block_at(anchor.start)] if text.blocks else None
    start, end = text.map.raw_to_clean(block.start, block.end) if block else (0, len(text.clean))
    start, end = min(start, anchor.clean_start), max(end, anchor.clean_end)
    return attribution.propose(
        text.clean[start:end], anchor.clean_start - start, anchor.clean_end - start, tuple(authors)
    )


def proposer(op: Op, statement: Statement, anchor: Anchor) -> None:
    """Propose who proposes, when the passage says so and nobody has said it yet."""
    if statement.agent_rows.filter(role="proposer").exists():
        return
    found = propose(anchor, anchor.annotation.document.authors)
    name = found.proposer or found.speaker
    if name:
        agent = agents.named(op, name)
        StatementAgent.objects.create(statement=statement, agent=agent, role="proposer", prefilled=True)


def take_over(op: Op, occurrence: Occurrence, before: Occurrence) -> None:
    """`=`: voice, speaker, strength and, between proposals, proposer and actor as on the card before."""
    op.check("link_occurrence")
    changed: dict[str, list[object]] = {}
    for name in CARRIED:
        old, new = getattr(occurrence, name), getattr(before, name)
        if old != new:
            changed[name] = [getattr(old, "pk", old), getattr(new, "pk", new)]
            setattr(occurrence, name, new)
    occurrence.prefilled = []
    occurrence.version += 1
    occurrence.updated_at = op.at
    occurrence.save()
    payload = {"label": occurrence.statement.label, "changes": changed, "like": before.pk}
    op.log("occurrence.updated", occurrence, payload, document_id=occurrence.annotation.document_id)
    if occurrence.statement.kind == before.statement.kind == "proposal":
        for role in ("proposer", "actor"):
            names = [row.agent.name for row in before.statement.agent_rows.filter(role=role).select_related("agent")]
            if names:
                statements.set_agents(op, occurrence.statement, role, names)
