"""Quotations held against their originals: word for word, with words left out, with words changed, not found."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text import bare
from annotations.text.quotation import Comparison, compare, quoted, surroundings

SPEECH = """李強在會上表示：“中國政府倡議成立世界人工智能合作組織，作為中方踐行多邊主義的重要舉措。
我們將堅決反對任何形式的技術霸權，但不反對合理的出口管制。”2024年事故達1,233起，同比上升56.4%。
The Premier said: “We will not accept, under any circumstances, a world in which AI is the privilege of a few
countries.” He added that 33.5 % had agreed. We say what we mean; what they say, they may mean."""
ORIGINAL = bare.strip(SPEECH)
FORMS = {"same": "%s", "del": "[-%s-]", "ins": "{+%s+}"}

CASES = [
    # word for word: script, width, line breaks, marks and case are no words
    ("中国政府倡议成立世界人工智能合作组织", "exact", "中國政府倡議成立世界人工智能合作組織"),
    ("多邊主義的重要舉措;我們將堅決反對", "exact", "多邊主義的重要舉措。\n我們將堅決反對"),
    ("同比上升５６．４％", "exact", "同比上升56.4%"),
    ("the privilege of a few countries", "exact", "the privilege of a few\ncountries"),
    ("‘33.5% HAD AGREED’", "exact", "33.5 % had agreed"),
    ("……重要舉措……", "exact", "重要舉措"),
    # left out, and marked
    ("中國政府倡議……重要舉措", "elided", "中國政府倡議[-成立世界人工智能合作組織，作為中方踐行多邊主義的-]重要舉措"),
    ("中国政府倡议(...)重要举措", "elided", "中國政府倡議[-成立世界人工智能合作組織，作為中方踐行多邊主義的-]重要舉措"),
    ("We will not accept [...] a world in which AI is the privilege", "elided",
     "We will not accept, [-under any circumstances, -]a world in which AI is the privilege"),
    # left out in silence: the dangerous ones
    ("中國政府倡議成立合作組織", "elided", "中國政府倡議成立[-世界人工智能-]合作組織"),
    ("We will accept, under any circumstances, a world", "elided",
     "We will [-not -]accept, under any circumstances, a world"),
    ("我們將堅決反對任何形式的出口管制", "elided", "我們將堅決反對任何形式的[-技術霸權，但不反對合理的-]出口管制"),
    # changed
    ("我们将强烈反对任何形式的技术霸权", "altered", "我們將[-堅決-]{+强烈+}反對任何形式的技術霸權"),
    ("我们反对合理的出口管制", "altered", "[-但不-]{+我们+}反對合理的出口管制"),
    ("事故达1,234起，同比上升56.4%", "altered", "事故達[-1,233-]{+1,234+}起，同比上升56.4%"),
    ("同比上升56%", "altered", "同比上升[-56.4-]{+56+}%"),
    ("AI is the right of a few countries", "altered",
     "AI is the [-privilege -]{+right +}of a few\ncountries"),
    ("5 % had agreed", "altered", "[-33.5 -]{+5 +}% had agreed"),
    ("they may mean well", "altered", "they may mean{+well+}"),
    # not there
    ("量子计算将改变世界", "not_found", "{+量子计算将改变世界+}"),
    ("Nobody ever promised anything", "not_found", "{+Nobody ever promised anything+}"),
    ("33", "not_found", "{+33+}"),
    ("“……”", "not_found", "{+“……”+}"),
]  # fmt: skip


def shown(found: Comparison) -> str:
    pieces = found.pieces
    return "".join(FORMS[one.kind] % (one.claimed if one.kind == "ins" else one.original) for one in pieces)


@pytest.mark.parametrize(("claimed", "kind", "pieces"), CASES)
def test_a_quotation_and_its_original(claimed: str, kind: str, pieces: str) -> None:
    found = compare(claimed, ORIGINAL, SPEECH)
    assert (found.kind, shown(found)) == (kind, pieces)


@pytest.mark.parametrize(("claimed", "kind", "pieces"), CASES)
def test_the_pieces_are_both_sides(claimed: str, kind: str, pieces: str) -> None:
    found = compare(claimed, ORIGINAL, SPEECH)
    assert "".join(one.claimed for one in found.pieces) == claimed
    assert "".join(one.original for one in found.pieces) == SPEECH[found.start : found.end]


def test_an_omission_is_marked_or_not() -> None:
    assert compare("中國政府倡議…重要舉措", ORIGINAL, SPEECH).marked
    assert not compare("中國政府倡議成立合作組織", ORIGINAL, SPEECH).marked
    also = compare("We will accept, under any … circumstances, a world", ORIGINAL, SPEECH)
    assert also.kind == "elided" and not also.marked  # the “not” is missing, and no ellipsis stands there


def test_of_repeated_words_the_nearest_was_quoted() -> None:
    text = "We met. Later we all agreed that we must act, and that we must act now."
    assert shown(compare("we must … now", bare.strip(text), text)) == "we must [-act -]now"
    text = "我們討論了很久。最後我們一致同意立即行動。"
    assert shown(compare("我們同意立即行動", bare.strip(text), text)) == "我們[-一致-]同意立即行動"


def test_how_similar() -> None:
    kinds = ["我們將堅決反對任何形式的技術霸權", "我們將堅決反對各種形式的技術霸權", "我們將強烈反對各種形式的科技霸權"]
    found = [compare(one, ORIGINAL, SPEECH).similarity for one in kinds]
    assert found == sorted(found, reverse=True) and found[0] == 1 and 0.6 < found[2] < 0.8


def test_the_best_of_several_places_is_told() -> None:
    text = "各方應當合作應對風險。" + "中間隔著很長的話。" * 200 + "各方應當攜手合作應對人工智能風險。"
    found = compare("各方应当携手合作应对风险", bare.strip(text), text)
    assert shown(found) == "各方應當攜手合作應對[-人工智能-]風險"


def test_words_of_two_scripts_are_found_among_many() -> None:
    text = " ".join(f"The members of group {number} met in the other hall." for number in range(500))
    text += " The members of the whole assembly agreed on 共同 rules for all."
    found = compare("The members of the whole assembly agreed on 统一 rules for all", bare.strip(text), text)
    assert shown(found) == "The members of the whole assembly agreed on [-共同 -]{+统一 +}rules for all"


def test_parts_that_stand_far_apart_are_no_omission() -> None:
    text = "我們支持開放。" + "別的話" * 3_000 + "我們反對封鎖。"
    assert compare("我們支持開放……我們反對封鎖", bare.strip(text), text).kind != "elided"


def test_the_sentences_around() -> None:
    start = SPEECH.index("我們將堅決")
    before, after = surroundings(SPEECH, start, SPEECH.index("，但不"))
    assert before.endswith("重要舉措。\n") and before.startswith("李強")
    assert after.startswith("，但不反對合理的出口管制。”") and "56.4%" in after
    assert surroundings("唯一的話", 0, 4) == ("", "")


PARAGRAPH = "李強表示：“中國政府倡議成立世界人工智能合作組織。”他又說，“安全紅線”須明確，“各國應共同商定規則”。"


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        (PARAGRAPH, ["中國政府倡議成立世界人工智能合作組織。", "各國應共同商定規則"]),
        ("中國政府倡議成立", ["中國政府倡議成立"]),  # within one pair of marks
        ("表示：“中國政府倡議成立世界", ["中國政府倡議成立世界"]),  # cut off before the marks close
        ("“安全紅線”須明", ["安全紅線"]),
        ("他又說，“安全紅線”須明確", ["他又說，“安全紅線”須明確"]),  # a word set apart is no quotation
        ("李強表示", ["李強表示"]),
    ],
)
def test_the_words_that_are_quoted(passage: str, words: list[str]) -> None:
    start = PARAGRAPH.index(passage)
    assert quoted(PARAGRAPH, start, start + len(passage)) == words


SIGNS = st.text(
    st.one_of(st.sampled_from("我们我們不将將反对反對，。 \n“”….1233%aBthe "), st.characters()), max_size=80
)


@given(SIGNS, SIGNS)
def test_anything_is_compared(claimed: str, text: str) -> None:
    original = bare.strip(text)
    found = compare(claimed, original, text)
    assert "".join(one.claimed for one in found.pieces) == claimed
    assert "".join(one.original for one in found.pieces) == text[found.start : found.end]
    wanted = bare.strip(claimed).words
    assert (found.kind == "exact") == (bool(wanted) and original.find(wanted) >= 0)
    assert (found.similarity == 1) == (found.kind == "exact")
    kinds = {one.kind for one in found.pieces}
    assert {"exact": kinds == {"same"}, "elided": kinds == {"same", "del"}, "altered": {"same"} < kinds}.get(
        found.kind, kinds <= {"ins"}
    )


@given(SIGNS, SIGNS, SIGNS)
def test_what_was_copied_is_exact(before: str, words: str, after: str) -> None:
    text = f"{before}，{words}。{after}"
    original = bare.strip(text)
    found = compare(words, original, text)
    if original.find(bare.strip(words).words) >= 0 and bare.strip(words).words:
        assert found.kind == "exact"
        assert bare.strip(text[found.start : found.end]).words == bare.strip(words).words


@pytest.mark.parametrize("words", ["哈", "we "])
def test_repetition_does_not_make_it_slow(words: str) -> None:
    text = words * 200_000
    original = bare.strip(text)
    began = time.process_time()
    compare(words * 300 + "吧", original, text)
    compare("…".join([words * 20] * 10) + "…吧", original, text)
    assert time.process_time() - began < 2
