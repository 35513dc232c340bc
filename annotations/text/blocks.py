"""The blocks of a document (title, heading, paragraph ...), kept as offsets into the raw text, never as markup."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotations.text import roles
from annotations.text.folding import Folded, fold

ROLES = (
    "title",
    "heading",
    "paragraph",
    "list-item",
    "quote",
    "table-cell",
    "byline",
    "source-line",
    "footnote",
    "page-head",
)
LINE = re.compile(r"[^\n\f]+")
MOST_HEADINGS = 3  # short lines that follow each other; more of them are a list, a poem, an address
REPEAT_BLOCKS = 2
REPEAT_LENGTH = 200  # folded code points
REPEAT_SHARE = 0.4
LOOKED_AT = 8  # earlier blocks with the same text to try as the first copy


@dataclass(frozen=True, slots=True)
class Block:
    """One block: raw[start:end], half-open, in code points.

    `level` is the depth of a heading or list item (1 is the highest, 0 is none), `page` the page number it stands on.
    A block that repeats an earlier one word for word carries `duplicate_of`, the index of that earlier block in the
    same list, and `shift`, the distance between the two starts (copy start - shift == first start).
    """

    role: str
    start: int
    end: int
    level: int = 0
    page: int | None = None
    duplicate_of: int | None = None
    shift: int = 0


def from_plain(raw: str) -> list[Block]:
    """One block for each line that holds anything, white space around it left out; repeated bodies are marked.

    The first line is the title when it is short, does not end like a sentence, and the document goes on.  A short line
    is a heading when a longer one follows it, at once or after at most two other short ones.
    """
    spans: list[tuple[int, int]] = []
    for match in LINE.finditer(raw):
        line = match[0]
        text = line.strip()
        if text:
            start = match.start() + (0 if line[0] == text[0] else line.index(text))
            spans.append((start, start + len(text)))
    whole = fold(raw)
    texts = [whole.text[slice(*whole.part(*span))] for span in spans]
    return repeated(raw, with_roles(raw, spans, texts), whole, texts)


def with_roles(raw: str, spans: Sequence[tuple[int, int]], texts: Sequence[str]) -> list[Block]:
    """Blocks with the role that their looks (the folded texts) and their neighbours give them."""
    fixed = [roles.fixed_role(raw[start:end], text) for (start, end), text in zip(spans, texts, strict=True)]
    short = [role is None and roles.is_short(text) for role, text in zip(fixed, texts, strict=True)]
    out: list[Block] = []
    for at, span in enumerate(spans):
        role = fixed[at] or ("heading" if short[at] and leads(short, fixed, at) else "paragraph")
        if role == "heading":
            first = at == 0 and len(spans) > 1
            out.append(Block("title" if first else role, *span, level=1 if first else roles.heading_level(texts[at])))
        else:
            out.append(Block(role, *span, level=1 if role == "list-item" else 0))
    return out


def leads(short: Sequence[bool], fixed: Sequence[str | None], at: int) -> bool:
    """Whether a short line stands in a row of few short lines that a longer line or a list follows."""
    first = last = at
    while first > 0 and short[first - 1] and at - first <= MOST_HEADINGS:
        first -= 1
    while last + 1 < len(short) and short[last + 1] and last - at <= MOST_HEADINGS:
        last += 1
    after = last + 1
    if after < len(fixed) and fixed[after] == "byline" and first == 0:
        after += 1  # a title, then who wrote it
    follows = after < len(fixed) and fixed[after] in (None, "list-item", "quote", "table-cell")
    return follows and last - first + 1 <= MOST_HEADINGS


def mark_repeats(raw: str, blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, those marked that repeat earlier ones; sorted by start, apart.

    Folded text must be the same, code point for code point at the same offsets.  A refrain, a heading or a table cell
    that comes back is not a repeat: a run counts when it has two blocks and 200 folded code points, or one block of
    200 that makes up 40 % of the document.
    """
    whole = fold(raw)
    return repeated(raw, blocks, whole, [whole.text[slice(*whole.part(block.start, block.end))] for block in blocks])


def repeated(raw: str, blocks: Sequence[Block], whole: Folded, texts: Sequence[str]) -> list[Block]:
    """The same, the text being folded already."""
    total = sum(map(len, texts))
    seen: dict[str, list[int]] = {}
    out = list(blocks)
    at = 0
    while at < len(out):
        first, length = longest_run(texts, seen.get(texts[at], ()), at)
        differing = (step for step in range(length) if not same(raw, whole, out[first + step], out[at + step]))
        length = next(differing, length)
        size = sum(map(len, texts[at : at + length]))
        enough = length >= REPEAT_BLOCKS or size >= REPEAT_SHARE * total
        if length and size >= REPEAT_LENGTH and enough:
            for copy, origin in zip(range(at, at + length), range(first, first + length), strict=True):
                origin = origin if (earlier := out[origin].duplicate_of) is None else earlier
                out[copy] = replace(out[copy], duplicate_of=origin, shift=out[copy].start - out[origin].start)
            at += length
        else:
            if texts[at]:
                seen.setdefault(texts[at], []).append(at)
            at += 1
    return out


def longest_run(texts: Sequence[str], starts: Sequence[int], at: int) -> tuple[int, int]:
    """Where the longest run of blocks begins that is repeated from `at` on, and how many blocks it has."""
    best = (0, 0)
    for first in starts[:LOOKED_AT]:
        length = 0
        while first + length < at and at + length < len(texts) and texts[first + length] == texts[at + length]:
            length += 1
        if length > best[1]:
            best = (first, length)
    return best


def same(raw: str, whole: Folded, one: Block, other: Block) -> bool:
    """Whether two blocks of equal folded text have it at the same offsets."""
    if raw[one.start : one.end] == raw[other.start : other.end]:
        return True
    if one.end - one.start != other.end - other.start:
        return False
    return offsets(whole, one) == offsets(whole, other)


def offsets(whole: Folded, block: Block) -> list[int]:
    """Where each folded code point of a block comes from, counted from its start."""
    return [whole.index[at] - block.start for at in range(*whole.part(block.start, block.end))]


def home(blocks: Sequence[Block], start: int, end: int) -> tuple[int, int]:
    """A raw span shifted into the first copy when it lies in repeated blocks; else as it is."""
    first = covering(blocks, start)
    last = covering(blocks, max(start, end - 1))
    if first and last and first.duplicate_of is not None and last.duplicate_of is not None:
        if first.shift == last.shift:
            return start - first.shift, end - first.shift
    return start, end


def covering(blocks: Sequence[Block], offset: int) -> Block | None:
    """The block that holds an offset, or the last one before it."""
    at = bisect_right(blocks, offset, key=lambda block: block.start)
    return blocks[at - 1] if at else None
