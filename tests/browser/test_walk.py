"""The acceptance walk on the two seed documents: upload, marking, search, triage, check, blind review, export."""

from __future__ import annotations

import pytest

from tests.browser.server import Doors
from tests.browser.walk import seeds
from tests.browser.walk.stage import Walk
from tests.browser.walk.steps import STEPS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not seeds.present(), reason="The seed documents are not here: ../shared/seeds is absent"),
]


def test_the_acceptance_walk(doors: Doors) -> None:
    walk = Walk(doors, seeds.plan())
    for step in STEPS:
        walk.take(step)
