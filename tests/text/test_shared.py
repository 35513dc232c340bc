"""Runs of words that two texts share: exact places in both, in either script, nothing short, nothing twice."""

from __future__ import annotations

import random
import time

from annotations.text import shared
from annotations.text.shared import Run

RUN = "各国应当建立统一的人工智能事故通报制度，并在七十二小时之内公开"
TURNED = "各國應當建立統一的人工智慧事故通報制度,並在七十二小時之內公開"


def found(one: str, other: str) -> list[tuple[str, str]]:
    rows = shared.runs(*(shared.words_of(text, lines(text)) for text in (one, other)))
    return [(one[row.start : row.end], other[row.other_start : row.other_end]) for row in rows]


def lines(text: str) -> list[tuple[int, int]]:
    """Each line is a part."""
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def test_a_run_is_found_in_either_script_with_its_exact_ends() -> None:
    assert found(f"前言。{RUN}。后面的话不同", f"😀另一篇，{TURNED}！别的") == [(RUN, TURNED)]
    english = "the panel shall publish its findings once a year in all languages"
    assert found(f"First, {english}.", f"As agreed: {english.upper()} or not") == [(english, english.upper())]


def test_what_is_short_is_chance() -> None:
    assert found("人工智能全球治理行动计划", "我们说的人工智能全球治理行动计划是") == [
        ("人工智能全球治理行动计划",) * 2
    ]  # twelve
    assert found("人工智能全球治理行动计", "我们说的人工智能全球治理行动计是") == []
    assert found("we met in the hall at noon today", "they met in the hall at noon today too") == []  # seven words
    assert found("so we met in the hall at noon today", "so we met in the hall at noon today too") != []
    assert found("", RUN) == [] == found(RUN, "")


def test_several_runs_and_what_stands_twice() -> None:
    second = "算力资源的分布极不均衡而且差距还在扩大"
    one, other = f"{RUN}甲乙丙{second}\n{RUN}", f"{second}子丑寅卯\n{RUN}"
    assert found(one, other) == [(RUN, RUN), (second, second)]  # the second copy of the run is told once
    cut = RUN.replace("通报制度，", "通报制度\n")
    assert [a for a, _ in found(RUN, cut)] == ["各国应当建立统一的人工智能事故通报制度"]  # eleven more are too few


def test_shares_and_what_costs_much() -> None:
    one, other = (shared.words_of(text, lines(text)) for text in (RUN, f"{RUN}\n{RUN[::-1]}"))
    rows = shared.runs(one, other)
    assert shared.share(rows, one) == 1.0
    assert shared.share([Run(row.other_start, row.other_end, row.start, row.end) for row in rows], other) == 0.5
    chance = random.Random(3)
    same = "治理" * 20_000
    text = "".join(chance.choices(RUN, k=40_000))
    began = time.process_time()
    for pair in ((same, same), (text, same), (text, text)):
        shared.runs(*(shared.words_of(part, [(0, len(part))]) for part in pair))
    assert time.process_time() - began < 20
