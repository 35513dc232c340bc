"""Whether a quotation stands in a text, and where: width, script and white space do not matter, words and numbers
do."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Max

from annotations.models import Corpus, Evidence, Snapshot, Source
from annotations.rules.errors import Invalid, Refused, noop
from annotations.services.op import Op
from annotations.text.folding import Folded, fold, fold_text

_LETTER = r"[^\W⺀-鿿가-힣豈-﫿\U00020000-\U0003ffff]"  # of scripts that part words by spaces
#: Not the one in “in 2024, 56.4 %”, without which those were one number.
_NEEDLESS = re.compile(rf"(?<!{_LETTER})(?<!\d[.,]) | (?!{_LETTER})|(?<=\d[.,]) (?!\d)")
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Folded; a space only where two words of a spaced script or two numbers meet, wherever lines were broken."""
    return _NEEDLESS.sub("", _SPACES.sub(" ", fold_text(text)).strip())


@lru_cache(maxsize=16)
def plain_of(sha256: str, text: str) -> str:
    """The same of a snapshot; its text is known by its hash, so that the long key is compared only when it hits."""
    return plain(text)


@dataclass(frozen=True, slots=True)
class Plain:
    """A `plain` text with the way back: `at` is where each of its pieces begins, `origins` where that was in `folded`.
    White space that was left out lies between pieces."""

    text: str
    at: list[int]
    origins: list[int]
    folded: Folded

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the input for plain[start:end], both in code points."""
        return self.folded.span(self._folded(start), self._folded(end - 1) + 1)

    def _folded(self, offset: int) -> int:
        piece = bisect_right(self.at, offset) - 1
        return self.origins[piece] + offset - self.at[piece]


@lru_cache(maxsize=4)
def mapped(sha256: str, text: str) -> Plain:
    """A snapshot's text as `plain` gives it, with the way back."""
    folded = fold(text)
    pieces, at, origins = [""], [0], [0]
    length = done = 0
    for gap in _SPACES.finditer(folded.text):
        before, after = folded.text[max(gap.start() - 2, 0) : gap.start()], folded.text[gap.end() : gap.end() + 1]
        kept = " " in _NEEDLESS.sub("", f"{before} {after}")
        pieces += [folded.text[done : gap.start()], " " if kept else ""]
        length += len(pieces[-2]) + len(pieces[-1])
        done = gap.end()
        at.append(length)
        origins.append(done)
        if kept:  # the one space that stands for all of the gap is its last
            at[-1], origins[-1] = length - 1, done - 1
    pieces.append(folded.text[done:])
    return Plain("".join(pieces), at, origins, folded)


def stands(quote: str, text: str) -> bool:
    """Whether the quote stands in a `plain` text; 33 does not stand in 233."""
    return _search(quote, text) is not None


def _search(quote: str, text: str) -> re.Match[str] | None:
    wanted = plain(quote)
    if not wanted:
        return None
    before = r"(?<!\d)(?<!\d[.,])" if wanted[0].isdigit() else ""
    after = r"(?!\d|[.,]\d)" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, text)


def place_in(snapshot: Snapshot, evidence: Evidence) -> tuple[int, int] | None:
    """Where the quote of a piece of evidence stands in a snapshot, in code points of its text: where it was selected
    there, else where the same words stand first; None when they do not."""
    if evidence.start is not None and evidence.end is not None and evidence.snapshot_id == snapshot.pk:
        return evidence.start, evidence.end
    hit = _search(evidence.quote, mapped(snapshot.text_sha256, snapshot.text).text) if evidence.quote.strip() else None
    return mapped(snapshot.text_sha256, snapshot.text).span(*hit.span()) if hit else None


def settle_place(evidence: Evidence) -> None:
    """Check, before it is saved, that the quote is what stands at its place in its snapshot; new evidence without a
    quote takes it from there. Invalid when the place is none, Refused (409) when other words stand there."""
    start, end, snapshot = evidence.start, evidence.end, evidence.snapshot
    if start is None and end is None:
        return
    if start is None or end is None or snapshot is None:
        message = noop("A place needs “start” and “end”, and a snapshot in which they count.")
        raise Invalid("place_incomplete", message, field="end" if end is None else "start")
    length = len(snapshot.text)
    if not 0 <= start < end <= length:
        raise Invalid(
            "span_outside", noop("The passage %(start)s–%(end)s does not lie in this text of %(length)s characters."),
            field="start", start=start, end=end, length=length,
        )  # fmt: skip
    found = snapshot.text[start:end]
    if evidence.pk is None:
        evidence.quote = evidence.quote or found
    if evidence.quote != found:
        raise Refused(
            "other_words", noop("Other words stand at %(start)s–%(end)s: “%(found)s”. Load the page again."),
            start=start, end=end, found=found,
        )  # fmt: skip


def found_in(quote: str, snapshot: Snapshot | None) -> bool | None:
    """None when there is nothing to look for or nothing to look in, such as a scanned page."""
    if snapshot is None or not quote.strip() or not snapshot.text.strip():
        return None
    return stands(quote, plain_of(snapshot.text_sha256, snapshot.text))


def newest(source: Source) -> Snapshot | None:
    return source.snapshots.order_by("-id").first()


def newest_by_source(corpus: Corpus) -> dict[int, Snapshot]:
    """The newest snapshot of every source of a corpus, whose texts are loaded when they are needed."""
    last = Source.objects.filter(corpus=corpus).annotate(last=Max("snapshots__id")).values("last")
    rows = Snapshot.objects.filter(pk__in=last).defer("text", "block_rows")
    return {row.source_id: row for row in rows}


def judge(evidence: Evidence, latest: Snapshot | None) -> None:
    """Set, without saving, whether the quote stands in its own snapshot and in the newest one of its source."""
    selected = evidence.start is not None
    evidence.quote_found = True if selected else found_in(evidence.quote, evidence.snapshot)
    same = latest is not None and latest.pk == evidence.snapshot_id
    evidence.quote_stands = evidence.quote_found if same else found_in(evidence.quote, latest)


def follow(op: Op, source: Source, snapshot: Snapshot) -> list[Evidence]:
    """A snapshot has come: judge all evidence from the source once more; those whose judgement changed, saved.
    Evidence that had no snapshot yet takes this one when its quote stands in it."""
    changed = []
    rows = source.evidence.filter(removed_at=None).select_related("snapshot", "statement").order_by("id")
    for row in rows.select_for_update(of=("self",)):
        before = (row.snapshot_id, row.quote_found, row.quote_stands)
        row.quote_stands = found_in(row.quote, snapshot)
        if row.snapshot is None:
            row.quote_found = row.quote_stands
            row.snapshot = snapshot if row.quote_stands or not row.quote.strip() else None
        if (row.snapshot_id, row.quote_found, row.quote_stands) != before:
            row.version += 1
            row.updated_at = op.at
            row.save(update_fields=["snapshot", "quote_found", "quote_stands", "version", "updated_at"])
            changed.append(row)
    return changed
