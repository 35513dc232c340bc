"""The garbage collector of servers and imports: rarer, and still there."""

import gc
import weakref

from aigov import garbage


class Ring:
    """Holds itself."""

    def __init__(self) -> None:
        self.own = self


def test_it_settles_once_and_cycles_still_go() -> None:
    before = gc.get_threshold()
    try:
        garbage.settle()
        frozen = gc.get_freeze_count()
        garbage.settle()
        assert gc.get_freeze_count() <= frozen and gc.isenabled()
        ring = weakref.ref(Ring())
        gc.collect()
        assert ring() is None
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
