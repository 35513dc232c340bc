"""How right each suggester was: what people accepted of what they decided on, over time and for each cue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotations.models import Member, Suggestion
from annotations.rules.vocabulary import CUES, SUGGESTERS

DECIDED = ("accepted", "rejected")
LAST = 50
LOOKED_AT = 5_000  # the latest decisions of a suggester
POINTS = 60  # of the curve
LATEST = 20  # decisions that are listed
FEW, CUES_SHOWN = 3, 12  # a share of fewer decisions tells nothing; the commonest cues are shown


@dataclass(frozen=True, slots=True)
class Record:
    """One suggester: how many wait, and what became of the others. Shares are from 0 to 1, None without a decision."""

    suggester: str
    waiting: int
    accepted: int
    rejected: int
    last: float | None  # of the last 50 decisions
    curve: tuple[float, ...]  # the same share after each of some decisions, oldest first

    @property
    def precision(self) -> float | None:
        return share(self.accepted, self.rejected)

    @property
    def line(self) -> str:
        """The curve as points of a picture 100 wide and 30 high."""
        step = 100 / max(1, len(self.curve) - 1)
        return " ".join(f"{at * step:.1f},{29 - 28 * value:.1f}" for at, value in enumerate(self.curve))


def share(accepted: int, rejected: int) -> float | None:
    """accepted / (accepted + rejected)."""
    return accepted / (accepted + rejected) if accepted + rejected else None


def records(member: Member) -> list[Record]:
    """Each suggester that has suggested anything this member may see, in the order of the vocabulary."""
    rows = Suggestion.objects.visible_to(member)
    counts: Counter[tuple[str, str]] = Counter(rows.order_by().values_list("suggester", "state"))
    known = [term.code for term in SUGGESTERS if any(code == term.code for code, _ in counts)]
    return [record(member, code, counts) for code in known]


def record(member: Member, code: str, counts: Mapping[tuple[str, str], int]) -> Record:
    rows = Suggestion.objects.visible_to(member).filter(suggester=code, state__in=DECIDED)
    latest = rows.order_by("-decided_at", "-id").values_list("state", flat=True)[:LOOKED_AT]
    right = [state == "accepted" for state in latest][::-1]
    points = running(right)
    return Record(
        code, counts.get((code, "open"), 0), counts.get((code, "accepted"), 0), counts.get((code, "rejected"), 0),
        points[-1] if points else None, tuple(thinned(points)),
    )  # fmt: skip


def running(right: Sequence[bool]) -> list[float]:
    """After each decision the share of right ones among the last 50."""
    found, sum_of_last = [], 0
    for at, one in enumerate(right):
        sum_of_last += one - (right[at - LAST] if at >= LAST else 0)
        found.append(sum_of_last / min(at + 1, LAST))
    return found


def thinned(points: Sequence[float]) -> list[float]:
    """So many of them that a small picture can show, the first and the last among them."""
    if len(points) <= POINTS:
        return list(points)
    return [points[at * (len(points) - 1) // (POINTS - 1)] for at in range(POINTS)]


def of_cues(member: Member) -> list[tuple[str, int, int, float]]:
    """(cue, accepted, rejected, share) of the latest decisions on new claims and proposals, the commonest first."""
    rows = Suggestion.objects.visible_to(member).filter(statement=None, state__in=DECIDED)
    counts: Counter[tuple[str, bool]] = Counter()
    for reasons, state in rows.order_by("-decided_at", "-id").values_list("reasons", "state")[:LOOKED_AT]:
        counts.update((str(reason.get("code", "")), state == "accepted") for reason in reasons)
    found = []
    for term in CUES:
        accepted, rejected = counts[term.code, True], counts[term.code, False]
        value = share(accepted, rejected)
        if value is not None and accepted + rejected >= FEW:
            found.append((term.code, accepted, rejected, value))
    return sorted(found, key=lambda row: -(row[1] + row[2]))[:CUES_SHOWN]


def latest(member: Member) -> list[Suggestion]:
    """What was decided last."""
    rows = Suggestion.objects.visible_to(member).filter(state__in=DECIDED, document__removed_at=None)
    return list(rows.select_related("document", "decided_by").order_by("-decided_at", "-id")[:LATEST])
