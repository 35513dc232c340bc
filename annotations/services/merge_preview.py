"""What a merge would do, before anybody says yes: what moves, what ends, which fields differ, and why it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from annotations.models import Comment, Member, Statement
from annotations.rules import status, vocabulary
from annotations.rules.errors import Problem
from annotations.rules.event_fields import FIELDS, word_of
from annotations.services import following, lookup, merging, relations
from annotations.services.op import Op
from annotations.services.relations import Seen
from annotations.text import variants

#: Fields of both that can differ, in the order in which they are shown. `wording` goes with the text.
COMPARED = (
    "text", "gloss_en", "type", "mechanism", "instrument", "bindingness", "specificity", "target", "deadline",
    "about_date", "reference_year", "resolve_by", "resolution_criteria", "due", "priority", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Differing:
    """A field in which the two differ. `theirs` goes with the loser unless it is taken; `word`: msgids of codes."""

    name: str
    label: str
    ours: str
    theirs: str
    codes: bool
    fixed: bool
    proposed: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """`passages` move, `repeated` express both and are kept once. `opposed`: codes of DIFFERENCES between the texts."""

    loser: Statement
    winner: Statement
    refusal: Problem | None
    passages: int
    repeated: int
    evidence: int
    milestones: int
    comments: int
    moved: tuple[Seen, ...]
    ended: tuple[Seen, ...]
    tags: tuple[str, ...]
    agents: tuple[tuple[str, str], ...]
    fields: tuple[Differing, ...]
    opposed: tuple[str, ...]

    @property
    def seen(self) -> str:
        """Which state of the two this is a preview of."""
        return f"{self.loser.version}.{self.winner.version}"


def preview(op: Op, loser: Statement, winner: Statement, language: str = "en") -> Preview:
    """Nothing is written; `op` is only asked who may."""
    repeated = _repeated(loser, winner, op.by)
    moved, ended = _relations(loser, winner)
    return Preview(
        loser, winner, refusal(op, loser, winner),
        passages=lookup.occurrences(loser, op.by).count() - repeated, repeated=repeated,
        evidence=loser.evidence.filter(removed_at=None).count(),
        milestones=loser.milestones.filter(removed_at=None).count(),
        comments=Comment.objects.visible_to(op.by).filter(statement=loser).count(),
        moved=tuple(moved), ended=tuple(ended),
        tags=tuple(row.label_in(language) for row in loser.tags.exclude(pk__in=following.carried(winner))),
        agents=tuple(_agents(loser, winner)), fields=tuple(_fields(loser, winner)),
        opposed=tuple(code for code in vocabulary.DIFFERENCES.codes
                      if code in variants.differences(loser.text, winner.text)),
    )  # fmt: skip


def refusal(op: Op, loser: Statement, winner: Statement) -> Problem | None:
    try:
        merging.check_mergeable(op, loser, winner)
    except Problem as problem:
        return problem
    return None


def _repeated(loser: Statement, winner: Statement, member: Member) -> int:
    """How many passages express both already."""
    ours = list(lookup.occurrences(winner, member).values_list("annotation_id", flat=True))
    return lookup.occurrences(loser, member).filter(annotation_id__in=ours).count()


def _relations(loser: Statement, winner: Statement) -> tuple[list[Seen], list[Seen]]:
    """Those that go on from the winner, and those that end: between the two, or there already."""
    moved: list[Seen] = []
    ended: list[Seen] = []
    for seen in relations.of_statement(loser):
        ends = (winner, seen.other) if seen.outward else (seen.other, winner)
        source, target = relations.ends(*ends, seen.row.type)
        known = relations.live().filter(source=source, target=target, type=seen.row.type)
        (ended if seen.other.pk == winner.pk or known.exists() else moved).append(seen)
    return moved, ended


def _agents(loser: Statement, winner: Statement) -> list[tuple[str, str]]:
    """(role, name) of those who fill a role for which the winner has nobody."""
    have = set(winner.agent_rows.values_list("role", flat=True))
    rows = loser.agent_rows.select_related("agent")
    return [(vocabulary.PROPOSAL_ROLES.label(row.role), row.agent.name) for row in rows if row.role not in have]


def _fields(loser: Statement, winner: Statement) -> list[Differing]:
    """Where the loser says something else than the winner. What the winner leaves open is proposed to be taken."""
    frozen = status.frozen(winner.work, winner.public) is not None
    found = []
    for name in COMPARED:
        theirs, ours = getattr(loser, name), getattr(winner, name)
        if theirs in (None, "") or theirs == ours:
            continue
        fixed = frozen and name in ("text", "type")
        word = word_of(name, str(theirs))
        said = (_said(name, ours), _said(name, theirs))
        proposed = ours in (None, "") and not fixed
        found.append(Differing(name, FIELDS[name], *said, codes=word is not None, fixed=fixed, proposed=proposed))
    return found


def _said(name: str, value: object) -> str:
    """A value as it is shown: the msgid of a code, a day as written."""
    if value in (None, ""):
        return ""
    return word_of(name, str(value)) or (value.isoformat() if isinstance(value, date) else str(value))
