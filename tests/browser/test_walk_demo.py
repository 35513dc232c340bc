"""The same walk on two documents of the demo corpus, damaged alike, with figures counted from its files."""

from __future__ import annotations

import pytest

from tests.browser.server import Doors
from tests.browser.walk import corpus
from tests.browser.walk.stage import Walk
from tests.browser.walk.steps import STEPS

pytestmark = pytest.mark.slow


def test_the_walk_on_the_demo_corpus(doors: Doors) -> None:
    walk = Walk(doors, corpus.plan())
    for step in STEPS:
        walk.take(step)
