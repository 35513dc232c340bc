"""All steps in their order."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.walk import checking, deck, finding, leaving, marking, opening, publishing, reading, table
from tests.browser.walk.stage import Walk

MODULES = (opening, marking, reading, finding, deck, table, checking, publishing, leaving)
STEPS: list[Callable[[Walk], None]] = sorted(
    (step for module in MODULES for name, step in vars(module).items() if name.startswith("step_")),
    key=lambda step: step.__name__,
)
