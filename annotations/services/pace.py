"""How much one batch of a long piece of writing takes, so that nobody waits for its lock."""

from __future__ import annotations

HOLD = 0.025  # seconds of write lock that a batch aims at; 0.04 is the promise


class Pace:
    """`size` of the next batch, in whatever unit the work is counted."""

    def __init__(self, first: int, smallest: int, largest: int) -> None:
        self.size, self.smallest, self.largest = first, smallest, largest

    def took(self, held: float, worked: float, amount: float) -> None:
        """A batch of this amount held the lock for so many seconds, of which the thread worked so many."""
        ideal = amount * HOLD / max(cost(held, worked), 1e-6)
        self.size = fitting(self.size, ideal, self.smallest, self.largest)


def fitting(size: int, ideal: float, smallest: int, largest: int) -> int:
    """What the next batch may take: towards what would have held the lock for HOLD seconds, without great jumps."""
    return round(min(max(ideal, size / 2, smallest), size * 1.5, largest))


def cost(held: float, worked: float) -> float:
    """Seconds of lock that count for the next batch: all of them, except those in which others kept the processor.

    Smaller batches would not give those back, only add the fixed part of each batch. A flush of the disk counts.
    """
    return min(held, 1.25 * worked + 0.005)
