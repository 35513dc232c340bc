"""Two maps of offsets: raw text <-> clean text, and code points <-> UTF-16 units.  All spans are half-open."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

ASTRAL = re.compile("[\U00010000-\U0010ffff]")
STEP = re.compile(r"(\d+)([-=])(\d+)")

Run = tuple[int, int, int, int]
Edit = tuple[int, int, str]


@dataclass(frozen=True)
class OffsetMap:
    """Raw text <-> clean text as a partition: every clean code point owns one stretch of raw, and all raw is owned.

    `runs` are (raw_start, raw_end, clean_start, clean_end) in code points, in order, without gaps:
    equal (as many raw as clean), repair (n raw become exactly one clean), drop (n raw become none and belong to the
    clean code point before them, or to the first one when they open the text).
    Laws: clean -> raw -> clean is the identity (empty spans, too); raw -> clean -> raw never loses a raw code point.
    """

    runs: tuple[Run, ...]
    raw_length: int
    clean_length: int
    _raw: list[int] = field(init=False, repr=False, compare=False)
    _clean: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        owned = [run for run in self.runs if run[3] > run[2]]
        object.__setattr__(self, "_raw", [run[0] for run in owned])
        object.__setattr__(self, "_clean", [run[2] for run in owned])
        if owned:
            self._raw[0] = 0  # what is dropped before the first clean code point belongs to it
            self._raw.append(self.raw_length)
            self._clean.append(self.clean_length)

    @classmethod
    def identity(cls, length: int) -> "OffsetMap":
        """The map of a text that needed no repair."""
        return cls(((0, length, 0, length),) if length else (), length, length)

    @classmethod
    def from_edits(cls, raw_length: int, edits: Iterable[Edit]) -> "OffsetMap":
        """The map of a text after `edits`: (raw_start, raw_end, replacement of zero or one code point), sorted, apart.

        Raises ValueError when edits overlap, leave the text, are empty, or put in more than one code point.
        """
        runs: list[Run] = []
        raw = clean = 0
        for start, end, new in edits:
            size = len(new)
            if start < raw or end <= start or size > 1:
                raise ValueError(f"edit {start}-{end} overlaps another, is empty, or makes more than one code point")
            if start > raw:
                runs.append((raw, start, clean, clean + start - raw))
                clean += start - raw
            runs.append((start, end, clean, clean + size))
            raw = end
            clean += size
        if raw > raw_length:
            raise ValueError("an edit leaves the text")
        if raw_length > raw:
            runs.append((raw, raw_length, clean, clean + raw_length - raw))
            clean += raw_length - raw
        return cls(tuple(runs), raw_length, clean)

    def clean_to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of clean[start:end]; a glossed character takes its gloss along.  Offsets outside are clipped."""
        if not self.clean_length:
            return 0, self.raw_length
        low = min(max(start, 0), self.clean_length)
        high = min(max(end, low), self.clean_length)
        return self._to_raw(low), self._to_raw(high)

    def raw_to_clean(self, start: int, end: int) -> tuple[int, int]:
        """The smallest clean span that holds raw[start:end]; a span that cuts a repair is widened to it."""
        if not self.clean_length:
            return 0, 0
        low = min(max(start, 0), self.raw_length)
        high = min(max(end, low), self.raw_length)
        first = self._owner(low)
        if low == high and self._to_raw(first) == low:
            return first, first
        return first, self._owner(max(high - 1, low)) + 1

    def _to_raw(self, position: int) -> int:
        """Where the raw text of the clean code point at `position` begins (raw_length for clean_length)."""
        if position >= self.clean_length:
            return self.raw_length
        at = bisect_right(self._clean, position) - 1
        inside = position - self._clean[at]
        return self._raw[at] + inside + (self._lead if at == 0 and inside else 0)

    def _owner(self, offset: int) -> int:
        """The clean code point that owns the raw code point at `offset` (clean_length for raw_length)."""
        if offset >= self.raw_length:
            return self.clean_length
        at = bisect_right(self._raw, offset) - 1
        inside = offset - self._raw[at] - (self._lead if at == 0 else 0)
        return self._clean[at] + min(max(inside, 0), self._clean[at + 1] - self._clean[at] - 1)

    @cached_property
    def _lead(self) -> int:
        """How many raw code points were dropped before the first clean one."""
        return next((run[0] for run in self.runs if run[3] > run[2]), 0)

    def encode(self) -> str:
        """A short text of this map: `raw_length:` and, per changed run, equal code points before it, `-` or `=`, raw
        code points in it, as in `3655:17-4,3-6`.  `-` drops them, `=` makes one clean code point of them."""
        parts, done = [], 0
        same = [run[1] - run[0] == run[3] - run[2] for run in self.runs]
        beside = [*same[1:], False]
        for at, (raw_start, raw_end, clean_start, clean_end) in enumerate(self.runs):
            alone = not (at and same[at - 1]) and not beside[at]
            if same[at] and (raw_end - raw_start > 1 or alone):
                continue  # equal; a changed run of one for one stands beside an equal run, or could be one
            parts.append(f"{raw_start - done}{'=' if clean_end > clean_start else '-'}{raw_end - raw_start}")
            done = raw_end
        return f"{self.raw_length}:{','.join(parts)}"

    @classmethod
    def decode(cls, text: str) -> "OffsetMap":
        """The map that `encode` wrote.  Raises ValueError for anything else."""
        length, colon, steps = text.partition(":")
        if not colon or not length.isdecimal():
            raise ValueError("not an offset map")
        edits: list[Edit] = []
        raw = 0
        for step in steps.split(",") if steps else []:
            match = STEP.fullmatch(step)
            if not match:
                raise ValueError("not an offset map")
            start = raw + int(match[1])
            raw = start + int(match[3])
            edits.append((start, raw, "?" if match[2] == "=" else ""))
        return cls.from_edits(int(length), edits)


class Utf16:
    """Code points <-> UTF-16 units (JavaScript, XMI) of one text; an offset inside a pair goes to its start."""

    def __init__(self, text: str) -> None:
        self.length = len(text)
        plain = len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
        self._astral: list[int] = [] if plain else [match.start() for match in ASTRAL.finditer(text)]
        self._units = [offset + count for count, offset in enumerate(self._astral)]

    def to_utf16(self, offset: int) -> int:
        """The UTF-16 offset of a code-point offset."""
        return offset + bisect_left(self._astral, offset)

    def to_code_points(self, unit: int) -> int:
        """The code-point offset of a UTF-16 offset."""
        return unit - bisect_left(self._units, unit)
