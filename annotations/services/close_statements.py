"""Claims and proposals that are close in meaning to some words, in whatever words or language: a guess of a machine. It
says what is about the same thing, not what says the same (docs/decisions/0045), so nothing is proposed from it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from annotations.models import Member, Statement
from annotations.services import known, meaning, nearness, vectors
from annotations.services.known import Known

#: Closeness from which on a statement is shown, seen from the middle of all wordings, and how many at most. The pairs
#: of statements of the demo are about the same thing above it; below, more and more are not.
LEAST, MOST = 0.55, 6
#: The middle of fewer wordings tells nothing.
ENOUGH = 12
STATEMENTS = 1_500  # that are compared, the newest: a statement costs a tenth of a millisecond


@dataclass(frozen=True, slots=True)
class Close:
    """A statement, in the wording that is nearest, and how near that is, 0 to 1."""

    statement: Statement
    words: str
    score: float


def of(member: Member, asked: Sequence[str], without: Collection[int] = ()) -> list[Close]:
    """Statements of the member's corpus close to these words, the closest first, but for those `without`. Only with
    vectors that are kept: of words that nobody marked and no text has as a passage, there may be none."""
    if not meaning.enabled():
        return []
    wanted = vectors.kept(member.corpus_id, asked)
    compared = wordings(member.corpus_id) if wanted else []
    there = vectors.kept(member.corpus_id, {one.words for one in compared})
    rows = [one for one in compared if one.words in there]
    if len(rows) < ENOUGH:
        return []
    scores = nearness.closest(list(wanted.values()), [there[one.words] for one in rows])
    best: dict[int, tuple[float, str]] = {}
    for one, score in zip(rows, scores, strict=True):
        if score >= LEAST and one.statement not in without:
            best[one.statement] = max(best.get(one.statement, (0.0, "")), (score, one.words))
    first = sorted(best, key=lambda pk: (-best[pk][0], pk))[:MOST]
    statements = Statement.objects.visible_to(member).in_bulk(first)
    return [Close(statements[pk], best[pk][1], best[pk][0]) for pk in first if pk in statements]


def wordings(corpus_id: int) -> list[Known]:
    """What is compared, and has to have vectors for it."""
    live = Statement.objects.filter(corpus=corpus_id, removed_at=None, redirect_to=None)
    return known.of_corpus(corpus_id, list(live.order_by("-pk").values_list("pk", flat=True)[:STATEMENTS]))
