"""How a state looks: an icon (symbol of _icons.html) and a tone (class tone-*). Its word comes from the vocabulary."""

from __future__ import annotations

from typing import NamedTuple


class Look(NamedTuple):
    """`icon` without the leading "i-"; `tone` one of rest, plain, active, good, caution, stop."""

    icon: str
    tone: str


PLAIN = Look("ring", "plain")

#: The fuller the ring, the further the work; a colour only repeats what the shape and the word say.
LOOKS: dict[str, Look] = {
    # claims: work and public state
    "untriaged": Look("ring-dashed", "plain"),
    "set_aside": Look("ring-minus", "rest"),
    "queued": Look("ring", "active"),
    "in_progress": Look("ring-half", "active"),
    "in_review": Look("ring-most", "active"),
    "changes_requested": Look("ring-return", "caution"),
    "approved": Look("ring-check", "good"),
    "published": Look("disc-check", "good"),
    "paused": Look("ring-pause", "caution"),
    "withdrawn": Look("stop", "rest"),
    # proposals
    "tracked": Look("ring-dot", "active"),
    # verdicts
    "supported": Look("ring-check", "good"),
    "mostly_supported": Look("ring-most", "good"),
    "mixed": Look("ring-half", "caution"),
    "conflicting": Look("ring-split", "caution"),
    "refuted": Look("stop", "stop"),
    "not_enough_evidence": Look("ring-question", "plain"),
    # progress of proposals
    "not_yet_rated": Look("ring-dashed", "plain"),
    "in_the_works": Look("ring-half", "active"),
    "adopted": Look("ring-check", "active"),
    "implemented": Look("disc-check", "good"),
    "partly_implemented": Look("ring-most", "good"),
    "stalled": Look("ring-pause", "caution"),
    "rejected": Look("stop", "stop"),
    "superseded": Look("replace", "rest"),
    "not_trackable": Look("ring-minus", "rest"),
    # stance of evidence
    "supports": Look("plus", "good"),
    "refutes": Look("close", "stop"),
    "context": Look("info", "plain"),
    # quotations beside their original
    "exact": Look("ring-check", "good"),
    "elided": Look("ring-half", "caution"),
    "altered": Look("alert", "caution"),
    "not_found": Look("ring-question", "plain"),
    # messages to webhooks
    "waiting": Look("clock", "plain"),
    "delivered": Look("ring-check", "good"),
    "given_up": Look("stop", "stop"),
    # anchors that are not ok, milestones, invitations, reading
    "moved": Look("fall", "plain"),
    "changed": Look("alert", "caution"),
    "ambiguous": Look("ring-question", "caution"),
    "orphaned": Look("stop", "stop"),
    "ok": Look("check", "good"),
    "lost": Look("ring-minus", "rest"),
    "proposed": Look("ring-dashed", "plain"),
    "confirmed": Look("ring-check", "good"),
    "refused": Look("stop", "stop"),
    "fetching": Look("ring-half", "active"),
    "fetched": Look("ring-check", "good"),
    "blocked": Look("stop", "caution"),
    "failed": Look("alert", "caution"),
    "unread": Look("ring-dashed", "plain"),
    "reading": Look("ring-half", "active"),
    "read": Look("ring-check", "good"),
    "nothing": Look("ring-minus", "rest"),
}


def look(code: str) -> Look:
    """The look of a code; an unknown code is a plain ring, so that a new state never breaks a page."""
    return LOOKS.get(code, PLAIN)
