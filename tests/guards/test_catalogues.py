"""The three languages: every word of the interface translated twice, and the compiled catalogues as their sources."""

from pathlib import Path

import pytest

from annotations.management.i18n import work
from annotations.management.i18n.extract import messages

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not (ROOT / "annotations" / "locale" / "zh_Hans").exists(), reason="nothing is translated yet")
def test_catalogues_are_complete_and_compiled() -> None:
    assert len(messages(ROOT)) > 100
    assert work.problems(ROOT) == []
