"""Which statements cannot both be right: other values of one indicator and the opposite way, in both scripts."""

from __future__ import annotations

import pytest

from annotations.text.contradiction import clashes, marks, talk
from annotations.text.folding import fold_text

#: What stands around every pair, so that words have a weight.
OTHERS = (
    "The summit in Seoul was attended by sixteen companies.", "全球契约没有提到秘书处的办公室。",
    "Open models can be adapted to small languages.", "人工智能不會取代教師。", "A register of pledges was proposed.",
)  # fmt: skip


def kinds(one: str, other: str) -> list[str]:
    talks = [talk(number, fold_text(text)) for number, text in enumerate((one, other, *OTHERS))]
    return [clash.kind for clash in clashes(talks) if (clash.one, clash.other) == (0, 1)]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("第78/265号决议的联署国超过120个。", "第78/265號決議的聯署國超過140個。", "number"),
        ("全球80%的算力集中于少数国家", "全球90%的算力集中於少數國家", "number"),
        ("全球四分之一的岗位受到影响", "全球三分之一的岗位受到影响", "number"),
        ("In 2024 the database recorded 233 incidents.", "The database recorded 240 incidents in 2024.", "number"),
        ("《布莱切利宣言》由中国签署", "《布萊切利宣言》沒有由中國簽署", "negation"),
        ("China signed the Paris statement on AI", "China refused to sign the Paris statement on AI", "negation"),
        ("企业的合规成本增加", "企业的合规成本减少", "negation"),
        ("The code of practice is voluntary for all providers", "The code of practice is mandatory for all providers",
         "negation"),
        ("The measures on labelling took effect on 1 September 2025.",
         "The measures on labelling took effect on 1 September 2024.", "date"),
    ],
)  # fmt: skip
def test_they_cannot_both_be_right(one: str, other: str, kind: str) -> None:
    assert kinds(one, other) == [kind] == kinds(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第78/265号决议的联署国超过120个。", "第78/311号决议的联署国超过140个。"),  # another resolution
        ("2023年全球发生了149起事故", "2024年全球发生了233起事故"),  # another year
        ("全球80%的算力集中于少数国家", "全球百分之八十的就业集中于服务业"),  # another thing
        ("全球80%的算力集中于少数国家", "全球0.8的算力集中于少数国家"),
        ("In 2024 there were 233 incidents.", "233 incidents were there in 2024."),
        ("Article 5 applies from 2 February 2025.", "Article 6 applies from 2 August 2026."),
        ("A", "B"), ("", "2024"),
    ],
)  # fmt: skip
def test_they_may_both_be_right(one: str, other: str) -> None:
    assert kinds(one, other) == []


def test_a_pair_is_named_once_though_it_meets_in_two_languages() -> None:
    texts = {1: ("决议由120个国家联署", "the resolution was sponsored by 120 states"),
             2: ("決議由140個國家聯署", "the resolution was sponsored by 140 states")}  # fmt: skip
    talks = [talk(key, fold_text(text)) for key, both in texts.items() for text in both]
    assert [(clash.one, clash.other, clash.kind) for clash in clashes(talks)] == [(1, 2, "number")]


def test_what_can_clash_is_marked_in_the_words_themselves() -> None:
    text = "中国没有签署,2024年國務(wù)院公布233起"
    assert [text[start:end] for start, end in marks(text)] == ["没有", "2024年", "233"]
    assert marks("") == [] and marks("nothing here") == []
