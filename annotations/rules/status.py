"""What is shown of the columns work and public, and what they freeze (UX.md 4.5)."""

from __future__ import annotations

from annotations.rules.errors import Msgid, Problem, Refused, noop
from annotations.rules.vocabulary import PROPOSAL_WORK, STATUSES, WORK


def shown_status(work: str, public: str) -> str:
    """The one word shown in rows and cards: withdrawn, paused, published, else work."""
    return work if public == "none" else public


def being_rechecked(work: str, public: str) -> bool:
    """Whether a later version is open while an earlier one is public: the badge beside the status."""
    return public in ("published", "paused") and work != "approved"


def status_label(kind: str, status: str) -> str:
    """Msgid of a shown status; a proposal's set_aside reads differently from a claim's."""
    return PROPOSAL_WORK.label(status) if kind == "proposal" and status in PROPOSAL_WORK else STATUSES.label(status)


def shown_labels(kind: str, work: str, public: str) -> tuple[Msgid, ...]:
    """The words for a sentence: the shown status, and the work behind it while it is being checked again."""
    labels = [Msgid(status_label(kind, shown_status(work, public)))]
    if being_rechecked(work, public):
        labels.append(Msgid(WORK.label(work)))
    return tuple(labels)


def frozen(work: str, public: str) -> Problem | None:
    """Why text, kind and type may not be changed now; None when they may. Review and publication freeze them."""
    if public == "withdrawn":
        return Refused("frozen", noop("It is withdrawn; nothing about it changes any more."))
    if public == "published":
        return Refused("frozen", noop("It is published: pause it first."))
    if work in ("in_review", "approved"):
        return Refused("frozen", noop("Its check is under review or approved: send it back or reopen it first."))
    return None


def progress_written(kind: str, target: str, reason: str) -> str:
    """The progress that a step writes by itself: a proposal set aside as too vague is not trackable (UX.md 4.3)."""
    return "not_trackable" if (kind, target, reason) == ("proposal", "set_aside", "too_vague") else ""
