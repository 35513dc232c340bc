"""Where stretches of one text stand in another: blocks (old start, new start, length), looked up by bisection."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

Block = tuple[int, int, int]


class Track:
    """Blocks in order of their old start, apart there. All offsets are code points."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.olds = [block[0] for block in blocks]
        self.before = [0, *accumulate(block[2] for block in blocks)]  # code points in the blocks before each

    def kept(self, start: int, end: int) -> int:
        """How many code points of old[start:end] lie in blocks."""
        return self.up_to(end) - self.up_to(start)

    def up_to(self, offset: int) -> int:
        """How many code points before an old offset lie in blocks."""
        at = bisect_right(self.olds, offset) - 1
        if at < 0:
            return 0
        return self.before[at] + min(offset - self.olds[at], self.blocks[at][2])

    def first(self, start: int, end: int) -> int | None:
        """The new offset of the first code point of old[start:end] that lies in a block."""
        at = max(bisect_right(self.olds, start) - 1, 0)
        for old, new, length in self.blocks[at : at + 2]:
            if old < end and start < old + length:
                return new + max(start - old, 0)
        return None

    def last(self, start: int, end: int) -> int | None:
        """The new offset behind the last code point of old[start:end] that lies in a block."""
        at = bisect_right(self.olds, end - 1) - 1
        if at < 0:
            return None
        old, new, length = self.blocks[at]
        stop = min(old + length, end)
        return new + stop - old if stop > start else None

    def one(self, start: int, end: int) -> int | None:
        """The new start of old[start:end] when it lies in one block whole."""
        at = bisect_right(self.olds, start) - 1
        if at < 0:
            return None
        old, new, length = self.blocks[at]
        return new + start - old if end <= old + length else None

    def reverse(self) -> "Track":
        """The way back."""
        return Track(sorted((new, old, length) for old, new, length in self.blocks))


def joined(blocks: Sequence[Block]) -> list[Block]:
    """The same with neighbours that go on in both texts made one."""
    out: list[Block] = []
    for old, new, length in blocks:
        if out and out[-1][0] + out[-1][2] == old and out[-1][1] + out[-1][2] == new:
            out[-1] = (out[-1][0], out[-1][1], out[-1][2] + length)
        else:
            out.append((old, new, length))
    return out
