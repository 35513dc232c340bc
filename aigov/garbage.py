"""Fewer rounds of the garbage collector, for processes that serve requests or work through many documents.

Each round of Python's default looks at 700 new objects, now and then at all there are, most of which are modules that
never go: a fifth of the time of an import. What is in memory now is left out of it from here on, and rounds come when
there is something to find. Cycles wait a little longer, everything else is freed at once as always.
"""

import gc

NEW, MIDDLE, ALL = 50_000, 20, 20


def settle() -> None:
    """Call it once what a process needs is imported; again does no harm."""
    if gc.get_threshold() != (NEW, MIDDLE, ALL):
        gc.freeze()
        gc.set_threshold(NEW, MIDDLE, ALL)
