"""Quotations beside their originals: the words a claim says somebody said, held against snapshots of its sources.

Comparing tells nothing that is private: it sees passages and archived texts, which every member may read. What a person
makes of it (the flags) belongs to the check and is read and written with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Max, QuerySet

from annotations.models import Anchor, Evidence, Member, Occurrence, Snapshot, Source, Statement, Verification
from annotations.rules.errors import Invalid, noop
from annotations.rules.vocabulary import QUOTATION_FLAGS
from annotations.services import access, lookup, texts, verifications
from annotations.services.op import Op
from annotations.text import bare
from annotations.text.bare import Bare
from annotations.text.quotation import Comparison, compare, quoted, surroundings

#: Snapshots that one claim is held against at most; those named first win.
MOST = 20
#: Code points of a text whose words are kept for the next page.
KEPT = 1_000_000


@dataclass(frozen=True, slots=True)
class Held:
    """Claimed words beside one snapshot. `before`, `after`: the sentences around the place, empty when not found."""

    snapshot: Snapshot
    comparison: Comparison
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that somebody is said to have said. `annotations`: the passages that say so, none for a statement without
    any. `held`: the snapshots, the one that has most of the words first."""

    words: str
    annotations: tuple[int, ...]
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """All quotations of a claim; `wordless`: snapshots that hold no text to look in, such as a scan."""

    quotations: tuple[Quotation, ...]
    wordless: tuple[Snapshot, ...] = ()


def applies(statement: Statement) -> bool:
    """Whether it claims that somebody said these words."""
    return statement.kind == "claim" and statement.type == "quotation"


def of(statement: Statement, member: Member, chosen: int | None = None) -> Compared | None:
    """The quotations of a claim beside the snapshots of the sources attached to it, and first of all the one that was
    chosen (Missing, when the corpus has no such); None when it is no claim of a quotation."""
    if not applies(statement):
        return None
    first = [_chosen(member, chosen)] if chosen is not None else []
    rows = statement.evidence.filter(removed_at=None, source__removed_at=None).order_by("id")
    return compared(_claimed(statement, lookup.occurrences(statement, member)), [*first, *_snapshots(rows)])


def of_check(statement: Statement, passages: QuerySet[Occurrence], evidence: Iterable[Evidence]) -> Compared | None:
    """What these passages quote, beside the snapshots that one version of a check rests on; None without any."""
    shots = [row.snapshot for row in evidence if row.snapshot and not row.removed_at]
    return compared(_claimed(statement, passages), shots) if applies(statement) and shots else None


def compared(words: dict[str, list[int]], shots: Sequence[Snapshot]) -> Compared:
    """Words (with the passages that quote them) beside snapshots, each of which is asked once."""
    once = list({shot.pk: shot for shot in shots}.values())[:MOST]
    legible = [shot for shot in once if shot.text.strip()]
    held: dict[str, list[Held]] = {said: [] for said in words}
    for shot in legible:  # one after the other: the words of a long text take as much room as the text itself
        original = _bare(shot)
        for said, rows in held.items():
            rows.append(_held(said, shot, original))
    found = tuple(
        Quotation(said, tuple(passages), tuple(sorted(held[said], key=_best_first))) for said, passages in words.items()
    )
    return Compared(found, tuple(shot for shot in once if shot not in legible))


def _best_first(held: Held) -> tuple[int, float]:
    kind, similarity = held.comparison.rank
    return -kind, -similarity


def _bare(shot: Snapshot) -> Bare:
    return _kept(shot.text_sha256, shot.text) if len(shot.text) <= KEPT else bare.strip(shot.text)


@lru_cache(maxsize=4)
def _kept(sha256: str, text: str) -> Bare:
    """The words of a snapshot; its text is known by its hash, so that the long key is compared only when it hits."""
    return bare.strip(text)


def _held(words: str, shot: Snapshot, original: Bare) -> Held:
    found = compare(words, original, shot.text)
    if found.kind == "not_found":
        return Held(shot, found)
    return Held(shot, found, *surroundings(shot.text, found.start, found.end))


def _chosen(member: Member, pk: int) -> Snapshot:
    rows = Snapshot.objects.filter(corpus_id=member.corpus_id, source__removed_at=None).select_related("source")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise access.not_found()
    return found


def _snapshots(rows: Iterable[Evidence]) -> list[Snapshot]:
    """The snapshots that evidence was taken from, and the newest of each source: it may have changed since."""
    pairs = [(row.snapshot_id, row.source_id) for row in rows]
    sources = Source.objects.filter(pk__in={source for _, source in pairs}).annotate(last=Max("snapshots__id"))
    last = dict(sources.values_list("pk", "last"))
    named = dict.fromkeys(pk for shot, source in pairs for pk in (shot, last[source]) if pk is not None)
    wanted = list(named)[:MOST]
    found = Snapshot.objects.filter(pk__in=wanted).select_related("source").in_bulk()
    return [found[pk] for pk in wanted]


def choices(statement: Statement) -> list[Snapshot]:
    """Snapshots of the attached sources, without their texts: what a person can choose to compare with."""
    live = statement.evidence.filter(removed_at=None, source__removed_at=None)
    rows = Snapshot.objects.filter(source__in=live.values("source")).select_related("source")
    return list(rows.defer("text", "block_rows").order_by("source__title", "-id")[: MOST * 5])


def _claimed(statement: Statement, passages: QuerySet[Occurrence]) -> dict[str, list[int]]:
    """The words that a claim says were said, with the annotations that quote them: those of these passages, else of its
    own text. Variants quote something else."""
    rows = passages.filter(fit="same").select_related("annotation__document")
    ids = {row.annotation_id: row.annotation.document.current_id for row in rows.order_by("id")}
    anchors = Anchor.objects.filter(annotation__in=ids, version__in=set(ids.values()) - {None}).order_by("annotation")
    words: dict[str, list[int]] = {}
    for anchor in anchors:
        if ids[anchor.annotation_id] == anchor.version_id:
            for said in words_of(anchor):
                words.setdefault(said, []).append(anchor.annotation_id)
    return words or {said: [] for said in quoted(statement.text, 0, len(statement.text))}


def words_of(anchor: Anchor) -> list[str]:
    """What a passage says that somebody said, clean; read with its paragraph, where the quotation marks may stand."""
    text = texts.get(anchor.version_id)
    block = text.blocks[anchor.block]
    start, end = text.map.raw_to_clean(block.start, block.end)
    start, end = min(start, anchor.clean_start), max(end, anchor.clean_end)
    found = quoted(text.clean[start:end], anchor.clean_start - start, anchor.clean_end - start)
    return [said.strip() for said in found if bare.strip(said).words]


def flags(statement: Statement, member: Member) -> list[str] | None:
    """What the newest check that this member may read records of the quotation; None when they may read none."""
    check = lookup.latest_visible(statement, member)
    return None if check is None else [flag for flag in check.flags if flag in QUOTATION_FLAGS]


def record(op: Op, check: Verification, flag: str, on: bool) -> Verification:
    """Record what a person made of the quotation as a flag of the check, or take it back. Refused as any change of the
    check is: by whose it is, and in which state."""
    if flag not in QUOTATION_FLAGS:
        raise Invalid(
            "flag_unknown", noop("A quotation can be recorded as: %(allowed)s."), field="flag",
            allowed=", ".join(QUOTATION_FLAGS),
        )  # fmt: skip
    rest = [one for one in check.flags if one != flag]
    return verifications.save(op, check, flags=[*rest, flag] if on else rest)
