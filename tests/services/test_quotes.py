"""Quotations: found through width, script and broken lines; never through another word or number."""

from __future__ import annotations

import pytest

from annotations.services.quotes import plain, stands

TEXT = (
    "國務院報告稱，2024 年共有\n233 起事故。There were 233 inci dents, 1.5 per cent more;\nthe “therapist” agreed."
    " In 2024, 56.4 % more; 1,234."
)


@pytest.mark.parametrize(
    "quote",
    [
        "国务院报告称", "２０２４年共有２３３起事故", "共有233起", "There  were\t233", "1.5 per cent more; the",
        '"therapist"', "233 起事故。There", "  2024 年  ", "“THERAPIST”",
        "56.4 % more", "56.4% more; 1,234", "In 2024", "in 2024, 56.4 %",
    ],
)  # fmt: skip
def test_stands(quote: str) -> None:
    assert stands(quote, plain(TEXT))


@pytest.mark.parametrize(
    "quote",
    [
        "4 % more",
        "56",
        "234.",
        "In 202",
        "20245",
        "1",
        "There was 233",
        "33 起",
        "23",
        "5 per cent",
        "incidents",
        "the rapist",
        "234 起事故",
        "",
        "   ",
        "國務院報吿書",
    ],
)
def test_does_not_stand(quote: str) -> None:
    assert not stands(quote, plain(TEXT))
