"""A text beside its translation: the beads of the demonstration texts' kind, in two languages and in two scripts."""

from __future__ import annotations

import pytest

from annotations.text.alignment import Bead, Paragraph, align

CHINESE = [
    "港市人工智能治理工作坊纪要",
    "登记册",
    "2025年登记册收录了47个公共部门的算法系统，比2024年多12个。其中31个系统公布了影响评估报告。",
    "章程自2025年3月1日起适用于三湾全部六个城市。与会的译者提醒，英文原文用的词是assessment。",
    "灯塔观察社称，2025年共收到19起投诉，全部在三十天内结案。",
    "也有人不同意：登记的速度取决于各部门的人手，而不取决于系统的多少。",
    "六个城市应共享事故通报，并约定通报的最低内容。",
]
ENGLISH = [
    "Minutes of the Harbour Workshop on the Governance of AI",
    "The register",
    "In 2025 the register listed 47 algorithmic systems of public bodies, 12 more than in 2024. For 31 of these "
    "systems an impact assessment has been published.",
    "The charter has applied to all six cities of the Three Bays since 1 March 2025. The translators who took part "
    "reminded the meeting that the word of the English original is assessment.",
    "Lantern Watch says that there were 19 complaints in 2025 and that all were settled within thirty days. Some "
    "disagree: how fast systems are registered depends on the staff of each office, not on how many systems there are.",
    "The six cities should share reports of incidents and agree on what such a report must hold at least.",
]
HEADINGS = {0, 1}


def made(texts: list[str]) -> list[Paragraph]:
    return [Paragraph(text, at in HEADINGS) for at, text in enumerate(texts)]


def spans(beads: list[Bead]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return [(bead.old, bead.new) for bead in beads]


def test_chinese_and_english() -> None:
    beads = align(made(CHINESE), made(ENGLISH))
    assert spans(beads) == [
        ((0, 1), (0, 1)), ((1, 2), (1, 2)), ((2, 3), (2, 3)), ((3, 4), (3, 4)), ((4, 6), (4, 5)), ((6, 7), (5, 6)),
    ]  # fmt: skip
    assert beads[2].level == "sure"


def test_the_other_way_round_is_the_mirror() -> None:
    forth, back = align(made(CHINESE), made(ENGLISH)), align(made(ENGLISH), made(CHINESE))
    assert spans(forth) == [(new, old) for old, new in spans(back)]


def test_two_scripts_and_a_paragraph_that_one_lacks() -> None:
    one = ["各國應當建立事故報告制度，並公開結果。", "第二段說明由誰登記。", "第三段談的是會議的日程和地點。"]
    other = ["各国应当建立事故报告制度，并公开结果。", "第三段谈的是会议的日程和地点。"]
    beads = align([Paragraph(text) for text in one], [Paragraph(text) for text in other])
    assert spans(beads) == [((0, 1), (0, 1)), ((1, 2), (1, 1)), ((2, 3), (1, 2))]
    assert [bead.level for bead in beads] == ["sure", "unsure", "sure"]


@pytest.mark.parametrize(("ours", "theirs"), [(0, 0), (0, 3), (3, 0), (1, 9), (40, 3)])
def test_every_paragraph_stands_in_one_bead(ours: int, theirs: int) -> None:
    texts = [f"Paragraph {n} of the text says {n * 7} things in its own way." for n in range(50)]
    one, other = ([Paragraph(text) for text in texts[:n]] for n in (ours, theirs))
    beads = align(one, other)
    assert [at for bead in beads for at in range(*bead.old)] == list(range(ours))
    assert [at for bead in beads for at in range(*bead.new)] == list(range(theirs))


def test_texts_that_have_nothing_to_do_with_each_other_are_told_as_unsure() -> None:
    other = [f"The {n}th paragraph of a report on quite another matter, with words of its own." for n in (4, 8, 15, 16)]
    beads = align(made(CHINESE), [Paragraph(text) for text in [*other, *other]])
    assert sum(bead.level == "unsure" for bead in beads) > len(beads) / 2
