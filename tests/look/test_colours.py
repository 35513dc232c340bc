"""Every pair of colours that text is written in can be read: 4.5:1, lines and controls 3:1, in light and in dark."""

from __future__ import annotations

import pytest

from annotations.rules.vocabulary import PALETTE
from tests.look.colours import contrast, oklch, tokens

COLOURS = tokens()
GROUNDS = ("paper", "leaf", "wash")
INKS = (
    "ink",
    "ink-soft",
    "ink-faint",
    "accent",
    "accent-strong",
    "claim",
    "proposal",
    "suggestion",
    "good",
    "caution",
    "stop",
)
PAIRS = [(ink, ground) for ink in INKS for ground in GROUNDS]
PAIRS += [(f"on-{term.code}", f"tint-{term.code}") for term in PALETTE]
PAIRS += [("ink", f"tint-{term.code}") for term in PALETTE]
PAIRS += [(f"{tone}", f"{tone}-wash") for tone in ("good", "caution", "stop")]
PAIRS += [("ink", f"{tone}-wash") for tone in ("good", "caution", "stop", "accent")]
PAIRS += [
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("accent-strong", "accent-wash"),
    ("accent", "accent-wash"),
]
PAIRS += [("ink-soft", "accent-wash"), ("ink-faint", "accent-wash"), ("paper", "stop")]
LINES = [(line, ground) for line in ("line-strong", "accent", "claim", "proposal", "suggestion") for ground in GROUNDS]
LINES += [(kind, f"tint-{term.code}") for kind in ("claim", "proposal") for term in PALETTE]


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read(ink: str, ground: str) -> None:
    for look in (0, 1):
        assert contrast(COLOURS[ink][look], COLOURS[ground][look]) >= 4.5, ("light", "dark")[look]


@pytest.mark.parametrize(("line", "ground"), LINES)
def test_lines_can_be_seen(line: str, ground: str) -> None:
    for look in (0, 1):
        assert contrast(COLOURS[line][look], COLOURS[ground][look]) >= 3, ("light", "dark")[look]


def test_the_ruler_is_right() -> None:
    white, black = oklch("1 0 0"), oklch("0 0 0")
    assert contrast(white, black) == pytest.approx(21, abs=0.01)
    assert contrast(white, oklch("0.627955 0.257683 29.234")) == pytest.approx(3.998, abs=0.01)  # pure red
