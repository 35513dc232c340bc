"""Statements that may contradict each other: what was found by their words, and what a person made of it.

A person's answer is a relation of the type `attacks` between the two: confirmed, or turned down for good.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from annotations.models import Document, Member, Occurrence, Relation, Statement
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, noop
from annotations.services import relations
from annotations.services.op import Op
from annotations.services.tracker.links import links
from annotations.text import contradiction
from annotations.text.contradiction import Clash
from annotations.text.folding import fold_text

TYPE = "attacks"
#: So many of the newest statements are compared with each other.
POOL = 5000
#: What a page can show: waiting for a person, related, turned down.
STATES = ("open", "related", "not")
#: Differences that make a variant of one statement a contradiction of it.
OPPOSED = ("number", "date", "negation")


@dataclass(frozen=True, slots=True)
class Side:
    """One of two, with where it stands, newest document last."""

    statement: Statement
    passages: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """`kind`: a code of DIFFERENCES, "" when only a person says so; `relation`: what is said of the two so far."""

    one: Side
    other: Side
    kind: str
    relation: Relation | None

    @property
    def seen(self) -> str:
        """Which state of the three this is."""
        row = self.relation
        versions = (self.one.statement.version, self.other.statement.version, row.version if row else 0)
        return ".".join(map(str, versions))


@dataclass(frozen=True, slots=True)
class Varied:
    """A passage that says one statement with another number, date or negation."""

    statement: Statement
    passage: Occurrence
    quote: str


def known(member: Member) -> dict[frozenset[int], Relation]:
    """Every pair of which a person (or a suggestion) said that one contradicts the other."""
    rows = relations.live().filter(corpus_id=member.corpus_id, type=TYPE)
    rows = rows.filter(source__removed_at=None, target__removed_at=None).order_by("id")
    return {frozenset((row.source_id, row.target_id)): row for row in rows}


def counts(member: Member) -> dict[str, int]:
    """How many pairs are in each state."""
    found: dict[str, int] = dict.fromkeys(STATES, 0)
    for _, _, state in _all(member):
        found[state] += 1
    return found


def pairs(member: Member, state: str, start: int, stop: int) -> list[Pair]:
    """A part of those in this state: what was found by words first, most alike first, then what only people said."""
    chosen = [(pair, kind) for pair, kind, where in _all(member) if where == state][start:stop]
    said = known(member)
    sides = _sides(member, {pk for pair, _ in chosen for pk in pair})
    return [Pair(sides[pair[0]], sides[pair[1]], kind, said.get(frozenset(pair))) for pair, kind in chosen
            if pair[0] in sides and pair[1] in sides]  # fmt: skip


def _all(member: Member) -> list[tuple[tuple[int, int], str, str]]:
    """(pair, kind, state) of everything found or said."""
    said = known(member)
    found: dict[frozenset[int], tuple[tuple[int, int], str]] = {}
    for clash in found_by_words(member):
        found[frozenset((clash.one, clash.other))] = ((clash.one, clash.other), clash.kind)
    for pair, row in said.items():
        found.setdefault(pair, ((row.source_id, row.target_id), ""))
    return [(ends, kind, _state(said.get(pair))) for pair, (ends, kind) in found.items()]


def _state(row: Relation | None) -> str:
    if row is None or row.state == "suggested":
        return "open"
    return "related" if row.state == "confirmed" else "not"


def found_by_words(member: Member) -> Sequence[Clash]:
    """Compared anew when a statement was made, worded anew or removed."""
    rows = Statement.objects.visible_to(member).filter(redirect_to=None).order_by("-id")
    return _clashes(tuple(rows.values_list("pk", "fold", "gloss_en")[:POOL]))


@lru_cache(maxsize=4)
def _clashes(rows: tuple[tuple[int, str, str], ...]) -> tuple[Clash, ...]:
    """By the words and by the English gloss: a statement in Chinese meets one in English there."""
    talks = [contradiction.talk(pk, words) for pk, words, _ in rows]
    talks += [contradiction.talk(pk, fold_text(gloss)) for pk, _, gloss in rows if gloss]
    return tuple(contradiction.clashes(talks))


def _sides(member: Member, ids: Iterable[int]) -> dict[int, Side]:
    """Statements with their passages that this member may see."""
    wanted = list(ids)
    rows = links(member).filter(statement_id__in=wanted).select_related("annotation__document", "attributed_to")
    where: dict[int, list[Occurrence]] = {}
    for row in rows.order_by("id"):
        where.setdefault(row.statement_id, []).append(row)
    found = {}
    for statement in Statement.objects.filter(corpus_id=member.corpus_id, pk__in=wanted, removed_at=None):
        statement.corpus = member.corpus
        found[statement.pk] = Side(statement, tuple(sorted(where.get(statement.pk, ()), key=_when)))
    return found


def _when(row: Occurrence) -> tuple[str, int]:
    return (said_on(row) or "9999", row.pk)


def said_on(row: Occurrence) -> str:
    """When a passage was said: its own date, else that of its document."""
    document: Document = row.annotation.document
    return row.utterance_date or document.published_date or document.not_before


def varied(member: Member, limit: int = 50) -> list[Varied]:
    """Passages that are variants of their statement by another number, date or negation; the newest first."""
    rows = links(member).filter(corpus_id=member.corpus_id, fit="variant", difference__in=OPPOSED)
    rows = rows.filter(statement__removed_at=None).select_related("statement", "annotation__document", "attributed_to")
    found = []
    for row in rows.order_by("-id")[:limit]:
        row.statement.corpus = member.corpus
        anchor = row.annotation.anchors.order_by("-version_id").first()
        found.append(Varied(row.statement, row, anchor.quote if anchor else ""))
    return found


def decide(op: Op, source: Statement, target: Statement, state: str, rationale: str) -> Relation:
    """Say that `source` contradicts `target` (confirmed), or that the two do not (rejected)."""
    if state not in ("confirmed", "rejected"):
        raise Invalid("decision_unknown", noop("This page is too old. Load it again."))
    vocabulary.RELATION_STATES.check(state, "state")
    rows = relations.live().filter(type=TYPE, source__in=(source, target), target__in=(source, target))
    present = rows.select_for_update(of=("self",)).order_by("id").first()
    if present is None:
        return relations.relate(op, source, target, TYPE, state=state, rationale=rationale)
    if state == "confirmed" and present.source_id != source.pk:  # the other way round
        relations.remove(op, present)
        return relations.relate(op, source, target, TYPE, state=state, rationale=rationale or present.rationale)
    return relations.update(op, present, state=state, **({"rationale": rationale} if rationale else {}))
