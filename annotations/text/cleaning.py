"""Make the clean view of a raw text: a named, versioned cleaner repairs known damage and marks every repair.

Raw is never changed.  A cleaner is a list of rules that each propose edits of raw; cleaning clean text changes nothing.
A change of rules gets a new name, because stored offset maps and sentences belong to the old one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from annotations.text import glosses, lostbytes, pages
from annotations.text.offsets import Edit, OffsetMap

CLEANER = "aigov-1"
ROUNDS = 8
LONE_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


class Repair(NamedTuple):
    """One repaired place: raw[raw_start:raw_end] is shown as clean[clean_start:clean_end].

    `kind` is gloss, lost-bytes, broken-entity, pdf-line or running-head.  The clean span of something left out is the
    code point it now belongs to, the one before it.
    """

    kind: str
    raw_start: int
    raw_end: int
    clean_start: int
    clean_end: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The clean text, the way between it and raw, what was repaired, and by which cleaner."""

    text: str
    map: OffsetMap
    repairs: tuple[Repair, ...]
    cleaner: str


class Change(NamedTuple):
    """What a rule proposes for one place: the edits that mend text[start:end]."""

    kind: str
    start: int
    end: int
    edits: list[Edit]


Rule = Callable[[str], list[Change]]


def normalise(text: str) -> str:
    """What is done once, before hashing and storing: no byte order mark, line ends as \\n, nothing a database refuses.

    NUL and lone surrogates become U+FFFD; all else stays, also composed and decomposed letters.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.translate(LONE_SURROGATES)
    return text


def converter(raw: str) -> list[Change]:
    """Glosses, lost bytes and broken entities, in a text that one converter damaged."""
    glossed = glosses.find(raw)
    if not glossed.spans:
        return []
    mended = list(lostbytes.places(raw, glossed.spans, glossed.readings))
    taken = {offset for place in mended for offset in range(place.start, place.end)}
    changes = [Change("gloss", at, end, [(at, end, "")]) for at, end in glossed.spans if at not in taken]
    changes += [Change(*place) for place in mended]
    return sorted(changes, key=attrgetter("start")) if mended else changes


def pdf_lines(raw: str) -> list[Change]:
    """Line ends inside paragraphs, and running heads with page numbers, of text taken from a PDF."""
    return [Change(*join) for join in pages.joins(raw)]


CLEANERS: dict[str, tuple[Rule, ...]] = {
    "aigov-1": (converter,),
    "aigov-1+pdf-lines": (pdf_lines, converter),
}


def clean(raw: str, cleaner: str = CLEANER) -> Cleaned:
    """The clean view of a raw text.  KeyError for a cleaner that does not exist; no text makes it fail.

    The rules are asked again until none finds anything, so clean text is clean: cleaning it changes nothing.
    """
    text, offsets = raw, OffsetMap.identity(len(raw))
    changes: list[Change] = []
    rules = CLEANERS[cleaner]
    for _ in range(ROUNDS):
        again = False
        for rule in rules:
            if found := rule(text):
                again = True
                changes = compose(changes, found, offsets)
                offsets = OffsetMap.from_edits(len(raw), [edit for change in changes for edit in change.edits])
                text = apply(raw, changes)
        if not again:
            break
    return Cleaned(text, offsets, tuple(repairs(changes, offsets.clean_length)), cleaner)


def repairs(changes: list[Change], clean_length: int) -> Iterator[Repair]:
    """The changes with the clean spans that show them."""
    shift = 0  # how much shorter the clean text is so far
    for kind, start, end, edits in changes:
        first = start - shift
        for edit_start, edit_end, new in edits:
            shift += edit_end - edit_start - len(new)
        last = end - shift
        if first == last:
            if first:
                first -= 1
            last = first + 1 if first < clean_length else clean_length
        yield Repair(kind, start, end, first, last)


def apply(raw: str, changes: list[Change]) -> str:
    """The text after all edits."""
    parts, at = [], 0
    for change in changes:
        for start, end, new in change.edits:
            parts.append(raw[at:start])
            if new:
                parts.append(new)
            at = end
    return "".join(parts) + raw[at:]


def compose(done: list[Change], found: list[Change], offsets: OffsetMap) -> list[Change]:
    """Changes of raw that do what `done` did and then, on its result, what `found` does.

    A clean code point owns its stretch of raw whole, so a new change either holds an old one or does not touch it.
    """
    if not done:
        return found
    lifted = [
        Change(
            change.kind,
            *offsets.clean_to_raw(change.start, change.end),
            [(*offsets.clean_to_raw(start, end), new) for start, end, new in change.edits],
        )
        for change in found
    ]
    out: list[Change] = []
    for change in sorted([*done, *lifted], key=lambda change: (change.start, -change.end)):
        if not out or change.start >= out[-1].end:
            out.append(change)
    return out
