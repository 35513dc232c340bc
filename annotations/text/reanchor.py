"""Carry passages from one version of a text to the next: every one ends as ok, moved, changed, ambiguous or orphaned.

A passage goes where most of its characters went; sentences that stand elsewhere take their passages along; what is
left is looked for by its words and their neighbours (rescue.py). Nothing is ever rewritten: this only says where.

Both texts are compared folded, line by line: a version in the other script, without the pinyin that a converter put in,
or with other punctuation marks of the same kind holds the same words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from annotations.text.classes import Classes
from annotations.text.correspondence import SPACE, Correspondence, compare
from annotations.text.folding import Folded, fold
from annotations.text.han import HAN, TONE_MARKS, TONED
from annotations.text.rescue import Rescue, snug

KEPT = 0.3  # share of a passage's characters that must have stayed for it to go with them
ALIKE, HARDLY_ALIKE = 60.0, 25.0  # ratio of old and new words; the second is enough between neighbours that stayed
NEIGHBOURS = 16  # code points on either side; as many of them must have stayed
SLACK = 8
LINES = Classes()
LINES[ord("\n")] = "\n"  # where a line ends tells sentences apart
LETTERS = f"[a-zü{TONED}{TONE_MARKS}]"
BROKEN_GLOSS = re.compile(rf"(?<=[{HAN}])(?:\n\({LETTERS}{{1,8}}\)|\({LETTERS}{{0,8}}\n{LETTERS}{{0,8}}\))")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a passage stands in the new text; `start` and `end` are None for an orphan only.

    `state`: ok (the same words in their place; white space, script, glosses and width may differ), moved (the same
    words, elsewhere), changed (other words in their place, or much the same ones elsewhere), ambiguous (several places;
    the likeliest is given), orphaned. `method`: same, diff, moved, quote, fuzzy or none. `similarity`: of the words,
    0 to 1.
    """

    state: str
    start: int | None = None
    end: int | None = None
    method: str = "none"
    similarity: float = 0.0


ORPHAN = Landing("orphaned")


def reanchor(old: str, new: str, spans: Iterable[Span]) -> list[Landing]:
    """Where each span of `old` (half-open, code points) stands in `new`, in the same order.

    Raises ValueError for a span that is empty or leaves `old`.
    """
    wanted = list(spans)
    for start, end in wanted:
        if not 0 <= start < end <= len(old):
            raise ValueError(f"{start}-{end} is no passage of a text of {len(old)}")
    if old == new:
        return [Landing("ok", start, end, "same", 1.0) for start, end in wanted]
    ours, theirs = _folded(old), _folded(new)
    found = compare(ours.text, theirs.text)
    rescue = Rescue(ours.text, theirs.text, found)
    landings = []
    for span in wanted:
        part = _part(ours, span)
        landing = _landing(rescue, part) if part else ORPHAN
        landings.append(_unfolded(landing, old[slice(*span)], new, theirs))
    return landings


def _folded(text: str) -> Folded:
    """A gloss that a line end cuts in two, as in a PDF, is one gloss: a letter stands for the line end."""
    return fold(BROKEN_GLOSS.sub(lambda match: "(" + match[0].replace("(", "", 1).replace("\n", "g"), text), LINES)


def _part(ours: Folded, span: Span) -> Span | None:
    """The folded span; what counts as nothing stands with the code point before it. None where there is none."""
    start, end = ours.part(*span)
    start = start if start < end else end - 1
    return (start, end) if start >= 0 else None


def _unfolded(landing: Landing, words: str, new: str, theirs: Folded) -> Landing:
    """The same in offsets of the new text: the very words where they stand there, else with their last gloss."""
    if landing.start is None or landing.end is None:
        return landing
    start, end = theirs.span(landing.start, landing.end)
    if new.startswith(words, start) and start + len(words) <= end:
        end = start + len(words)
    return replace(landing, start=start, end=end)


def _land(old: str, new: str, span: Span, found: Correspondence) -> Landing | None:
    """By what became of the characters; None when too few of them stayed or moved together."""
    start, end = span
    at = found.chain.one(start, end)
    if at is not None:
        return Landing("ok", at, at + end - start, "diff", 1.0)
    kept, moved = found.chain.kept(start, end), found.moved.kept(start, end)
    if kept >= max(1, KEPT * (end - start)) and kept >= moved:
        return _in_place(old, new, span, found)
    return _elsewhere(old, new, span, found) if moved else None


def _in_place(old: str, new: str, span: Span, found: Correspondence) -> Landing | None:
    start, end = span
    first, last = found.loose.first(start, end), found.loose.last(start, end)
    if first is None or last is None or not first < last <= first + 2 * (end - start) + SLACK:
        return None
    similarity = fuzz.ratio(old[start:end], new[first:last])
    around = found.chain.kept(max(0, start - NEIGHBOURS), start) + found.chain.kept(end, end + NEIGHBOURS)
    if similarity < (HARDLY_ALIKE if around >= NEIGHBOURS else ALIKE):
        return None
    same = SPACE.sub("", old[start:end]) == SPACE.sub("", new[first:last])
    return Landing("ok" if same else "changed", first, last, "diff", 1.0 if same else _share(similarity))


def _elsewhere(old: str, new: str, span: Span, found: Correspondence) -> Landing | None:
    """With the stretch that moved."""
    start, end = span
    first, last = found.moved.first(start, end), found.moved.last(start, end)
    if first is None or last is None or not first < last <= first + 2 * (end - start) + SLACK:
        return None
    place = (first, last) if old[start:end] == new[first:last] else snug(old[start:end], new, first, last)
    similarity = fuzz.ratio(old[start:end], new[slice(*place)])
    if similarity < ALIKE:
        return None
    return Landing("moved" if similarity == 100 else "changed", *place, "moved", _share(similarity))


def _landing(rescue: Rescue, span: Span) -> Landing:
    """With its characters, else by its words, else with a copy of it: the repeated body that stayed."""
    old, new, found = rescue.old, rescue.new, rescue.found
    landing = _land(old, new, span, found) or _rescued(rescue, span)
    if landing is not None:
        return landing
    for twin in rescue.twins(*span):
        if landing := _land(old, new, twin, found):
            return replace(landing, state="moved" if landing.state == "ok" else landing.state, method="quote")
    return ORPHAN


def _rescued(rescue: Rescue, span: Span) -> Landing | None:
    """By the words alone."""
    hit = rescue.find(*span)
    if hit is None:
        return None
    state = "ambiguous" if hit.rivals else "moved" if hit.similarity == 100 else "changed"
    return Landing(state, hit.start, hit.end, hit.method, _share(hit.similarity))


def _share(ratio: float) -> float:
    """A ratio of 0 to 100 as a share, never rounded up to sameness."""
    return int(ratio * 100) / 10_000
