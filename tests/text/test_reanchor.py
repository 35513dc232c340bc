"""Passages carried to the next version: what is certain whatever was edited, and what people do to texts."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.text.classes import fold_text
from annotations.text.correspondence import SPACE, compare
from annotations.text.reanchor import Landing, reanchor
from annotations.text.tracks import Track, joined
from benchmarks import reanchor as benchmark

PIECES = st.sampled_from(
    ["政府提议成立组织", "安全红线", "标准", "。", "！", "\n", " ", "AI ", "test. ", "a", "😀", "𠮷", "233 起"]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


def at(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def carry(old: str, new: str, words: str, nth: int = 0) -> tuple[Landing, str]:
    """What became of the nth such words, and the words that stand there now."""
    landing = reanchor(old, new, [at(old, words, nth)])[0]
    return landing, new[landing.start : landing.end] if landing.start is not None else ""


# --- what holds for any two texts ---


@given(TEXTS, TEXTS, st.data())
@settings(max_examples=150, deadline=None)
def test_every_passage_ends_in_one_state_with_a_place_or_none(old: str, new: str, data: st.DataObject) -> None:
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    span = (start, data.draw(st.integers(start + 1, len(old))))
    landing = reanchor(old, new, [span])[0]
    words = old[slice(*span)]
    assert landing.state in ("ok", "moved", "changed", "ambiguous", "orphaned")
    assert landing == reanchor(old, new, [span])[0]
    if landing.state == "orphaned":
        assert (landing.start, landing.end, landing.similarity, landing.method) == (None, None, 0.0, "none")
        return
    assert landing.start is not None and landing.end is not None
    assert 0 <= landing.start < landing.end <= len(new) and 0 < landing.similarity <= 1
    found = new[landing.start : landing.end]
    if landing.state in ("ok", "moved"):
        assert SPACE.sub("", fold_text(found)) == SPACE.sub("", fold_text(words)) and landing.similarity == 1
    elif landing.state == "changed":
        assert found != words and landing.similarity < 1


@given(TEXTS.filter(bool))
@settings(max_examples=50, deadline=None)
def test_nothing_changes_when_nothing_changed(text: str) -> None:
    spans = [(start, end) for start in range(0, len(text), 5) for end in range(start + 1, len(text) + 1, 7)]
    assert reanchor(text, text, spans) == [Landing("ok", *span, "same", 1.0) for span in spans]


@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_the_characters_that_correspond_are_the_same_and_keep_their_order(old: str, new: str) -> None:
    found = compare(old, new)
    for a, b, length in found.chain.blocks:
        assert length and old[a : a + length] == new[b : b + length]
    for (a, b, length), (x, y, _) in pairwise(found.chain.blocks):
        assert a + length <= x and b + length <= y
    for a, b, length in found.moved.blocks:
        assert old[a : a + length] == new[b : b + length]
    for (a, _, length), (x, _, _) in pairwise(found.moved.blocks):
        assert a + length <= x


@given(st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_text_put_in_or_taken_out_elsewhere_moves_nothing_but_offsets(seed: int) -> None:
    chance = random.Random(seed)
    old = benchmark.text(3_000)
    span = benchmark.passages(old, 1, chance)[0]
    new, shift = old, 0
    for _ in range(3):
        place = chance.randrange(len(new))
        if span[0] + shift - 40 < place < span[1] + shift + 40:
            continue
        size = chance.randrange(1, 30)
        if chance.random() < 0.5:
            new = new[:place] + "新" * size + new[place:]
            shift += size if place < span[0] + shift else 0
        elif not span[0] + shift - size - 40 < place < span[1] + shift:
            cut = min(size, len(new) - place)
            new = new[:place] + new[place + cut :]
            shift -= cut if place < span[0] + shift else 0
    landing = reanchor(old, new, [span])[0]
    assert (landing.state, landing.start, landing.end) == ("ok", span[0] + shift, span[1] + shift)


@pytest.mark.parametrize("span", [(3, 3), (-1, 2), (2, 1), (0, 99)])
def test_what_is_no_passage_is_a_mistake(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no passage"):
        reanchor("ten letters", "", [span])


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 5)), max_size=12), st.data())
@settings(max_examples=100, deadline=None)
def test_a_track_counts_as_one_would_by_hand(steps: list[tuple[int, int, int]], data: st.DataObject) -> None:
    blocks, old, new = [], 0, 0
    for skip, other, length in steps:
        old, new = old + skip, new + other
        blocks.append((old, new, length))
        old, new = old + length, new + length
    plain = {a + step: b + step for a, b, length in blocks for step in range(length)}
    start = data.draw(st.integers(0, old + 3))
    end = data.draw(st.integers(start, old + 4))
    places = [plain[one] for one in range(start, end) if one in plain]
    for track in (Track(blocks), Track(joined(blocks))):
        assert track.kept(start, end) == len(places)
        if start < end:
            assert track.first(start, end) == (places[0] if places else None)
            assert track.last(start, end) == (places[-1] + 1 if places else None)
        back = track.reverse()
        assert sum(back.kept(at, at + 1) for at in plain.values()) == len(plain)


# --- what people do to texts ---

TEXT = (
    "第一章\n各国政府已经承认前沿模型的风险。中国政府倡议成立世界人工智能合作组织。这很重要。\n"
    "报告列出了2024年的233起事故,比前一年多出不少。监管机构认为现有规则不够用。\n"
    "“安全红线”必须说得清楚,并且由独立机构来评测。\n"
)


def test_an_edit_elsewhere_leaves_it() -> None:
    landing, words = carry(TEXT, "新的序言,写了很多话。\n" + TEXT, "成立世界人工智能合作组织")
    assert (landing.state, landing.method, words) == ("ok", "diff", "成立世界人工智能合作组织")


def test_an_edit_inside_is_a_change_to_check() -> None:
    landing, words = carry(TEXT, TEXT.replace("233起", "235起"), "2024年的233起事故")
    assert (landing.state, words) == ("changed", "2024年的235起事故")
    assert 0.8 < landing.similarity < 1


def test_what_was_added_inside_comes_along() -> None:
    new = TEXT.replace("倡议成立", "正式倡议尽快成立")
    landing, words = carry(TEXT, new, "中国政府倡议成立世界人工智能合作组织")
    assert (landing.state, words) == ("changed", "中国政府正式倡议尽快成立世界人工智能合作组织")


def test_a_sentence_taken_out_is_an_orphan() -> None:
    landing, _ = carry(TEXT, TEXT.replace("监管机构认为现有规则不够用。", ""), "现有规则不够用")
    assert landing == Landing("orphaned")


def test_a_paragraph_put_elsewhere_takes_its_passages_along() -> None:
    lines = TEXT.splitlines(keepends=True)
    new = lines[0] + lines[3] + lines[1] + lines[2]
    for words in ("安全红线", "独立机构", "各国政府已经承认", "233起事故"):
        landing, there = carry(TEXT, new, words)
        assert landing.state in ("ok", "moved") and there == words


def test_a_paragraph_put_elsewhere_and_edited() -> None:
    lines = TEXT.splitlines(keepends=True)
    new = lines[0] + lines[2].replace("现有规则", "现有的全部规则") + lines[1] + lines[3]
    landing, words = carry(TEXT, new, "监管机构认为现有规则不够用")
    assert (landing.state, words) == ("changed", "监管机构认为现有的全部规则不够用")


def test_lines_broken_anew_change_no_words() -> None:
    flat = TEXT.replace("\n", "")
    old = "\n".join(flat[place : place + 11] for place in range(0, len(flat), 11))
    new = "\n".join(flat[place : place + 17] for place in range(0, len(flat), 17))
    words = old[slice(*at(old, old[20:50]))]
    landing = reanchor(old, new, [(20, 50)])[0]
    assert (landing.state, landing.similarity) == ("ok", 1.0)
    assert new[landing.start : landing.end].replace("\n", "") == words.replace("\n", "")


def test_of_two_same_sentences_the_one_that_went_does_not_jump_to_the_other() -> None:
    old = "开头是这样的。双方同意设立联合工作组。中间有别的内容。双方同意设立联合工作组。结尾是那样的。"
    new = "开头是这样的。双方同意设立联合工作组。中间有别的内容。结尾是那样的。"
    assert carry(old, new, "设立联合工作组", 0)[0].state == "ok"
    assert carry(old, new, "设立联合工作组", 1)[0].state == "orphaned"


def test_of_two_same_sentences_each_keeps_its_own() -> None:
    old = "开头是这样的。双方同意设立联合工作组。中间有别的内容。双方同意设立联合工作组。结尾是那样的。"
    new = "新的一句。" + old.replace("中间", "当中")
    for nth in (0, 1):
        landing, _ = carry(old, new, "设立联合工作组", nth)
        assert (landing.start, landing.end) == at(new, "设立联合工作组", nth)


def test_a_short_word_does_not_land_in_another() -> None:
    old = "The founder is Linus, who wrote it alone in a year. Other machines followed soon after that."
    new = "Nobody knows the founder. Other machines followed soon after that, in Chinese factories."
    assert carry(old, new, "Linus")[0].state == "orphaned"
    assert carry("甲方负责测试。乙方负责公布。", "丙方什么都不负责。", "乙方")[0].state == "orphaned"


def test_a_repeated_body_that_was_dropped_leaves_its_passages_in_the_copy_that_stayed() -> None:
    body = benchmark.text(800)
    old, new = f"{body}\n\n{body}\n", f"{body}\n"
    words = body[300:340]
    second = old.index(words, 400), old.index(words, 400) + 40
    landing = reanchor(old, new, [second])[0]
    assert landing.state in ("ok", "moved") and new[landing.start : landing.end] == words


def test_several_places_alike_are_told() -> None:
    body, words = benchmark.text(800), "我们同意这一条款的全部内容以及它的三个附件。"
    old = f"{body[:400]}\n{words}\n{body[400:]}"
    new = f"{body}\n甲方的附录如下。{words}\n乙方的附录如下。{words}\n"
    landing, found = carry(old, new, words)
    assert (landing.state, found) == ("ambiguous", words)


def test_glosses_taken_out_change_no_words() -> None:
    old = "國務(wù)院發(fā)布了關(guān)于人工智能的意見(jiàn)。第二句沒有變。"
    new = "國務院發布了關于人工智能的意見。第二句沒有變。"
    landing, words = carry(old, new, "發(fā)布了關(guān)于人工智能")
    assert (landing.state, landing.similarity, words) == ("ok", 1.0, "發布了關于人工智能")
    landing, words = carry(new, old, "務院發布了關")
    assert (landing.state, words) == ("ok", "務(wù)院發(fā)布了關(guān)")


def test_the_other_script_without_glosses_and_edited_elsewhere_changes_no_words() -> None:
    old = "國務(wù)院發(fā)布了意見：機(jī)構(gòu)應(yīng)當(dāng)說明風(fēng)險(xiǎn)。各國應(yīng)當(dāng)合作。"
    new = "国务院昨天发布了意见：机构应当说明风险。各国必须合作。"
    landing, words = carry(old, new, "機(jī)構(gòu)應(yīng)當(dāng)說明風(fēng)險(xiǎn)")
    assert (landing.state, landing.method, words) == ("ok", "diff", "机构应当说明风险")
    landing, words = carry(old, new, "各國應(yīng)當(dāng)合作")
    assert (landing.state, words) == ("changed", "各国必须合作")


def test_a_gloss_alone_stands_with_its_character() -> None:
    landing, words = carry("國務(wù)院發布", "昨天國務(wù)院發布", "(wù)")
    assert (landing.state, words) == ("ok", "務(wù)")


def test_a_gloss_broken_over_two_lines_changes_no_words() -> None:
    landing, words = carry("他們的競爭(zhēng)很強。", "他們的競爭(zh\nēng)很強。", "競爭(zhēng)很強")
    assert (landing.state, words) == ("ok", "競爭(zh\nēng)很強")


def body(lines: int = 40) -> str:
    """Lines of different sentences, as long as an article."""
    return benchmark.text(lines * 60)


@pytest.mark.parametrize("rate", [0.03, 0.1])
def test_in_a_repeated_body_each_passage_stays_in_its_own_copy(rate: float) -> None:
    once = body()
    old = f"题目一\n{once}\n编者按\n{once}\n完"
    new, places = benchmark.edited(old, benchmark.Scenario("", rate), random.Random(5))
    spans = [span for span in benchmark.passages(old, 150, random.Random(6)) if span[1] - span[0] >= 12]
    landings = reanchor(old, new, spans)
    judged = [benchmark.judge(one, benchmark.truth(span, places)) for one, span in zip(landings, spans, strict=True)]
    counted = [one for one in judged if one != "torn"]
    assert counted.count("right") / len(counted) >= 0.97


def test_of_a_repeated_body_the_copy_that_stayed_holds_all_passages_though_it_was_edited() -> None:
    once = body()
    old = f"{once}\n(作者单位:某大学)\n{once}\n(作者单位:某大学)"
    kept = old[: len(old) // 2].rstrip("\n")
    new, _ = benchmark.edited(kept, benchmark.Scenario("", 0.03), random.Random(5))
    spans = [(start, start + 40) for start in range(0, len(old) - 40, 97)]
    assert all(landing.state != "orphaned" for landing in reanchor(old, new, spans))


def test_a_heading_put_at_the_end_takes_its_passages_along() -> None:
    heading = "全球治理的转型:从竞争到分享\n"
    old = TEXT.replace("报告列出", heading + "报告列出")
    landing, words = carry(old, TEXT + heading, "从竞争到分享")
    assert (landing.state, words) == ("moved", "从竞争到分享")


def test_offsets_are_code_points() -> None:
    old = "😀😀 開頭。𠮷野家提出了三項建議,並且公布了名單。"
    landing, words = carry(old, "😀" + old, "三項建議")
    assert (landing.state, words, landing.start) == ("ok", "三項建議", old.index("三項建議") + 1)


def test_an_empty_new_text_orphans_all() -> None:
    assert [one.state for one in reanchor(TEXT, "", [(0, 3), (4, 20)])] == ["orphaned"] * 2


# --- the figures, on a smaller text ---


@pytest.mark.parametrize(
    ("scenario", "least"),
    [(benchmark.SCENARIOS[0], 99.7), (benchmark.SCENARIOS[2], 97.0), (benchmark.SCENARIOS[3], 99.5)],
)
def test_nearly_all_land_right(scenario: benchmark.Scenario, least: float) -> None:
    old = benchmark.text(100_000)
    few = benchmark.Scenario(
        scenario.name, scenario.rate, scenario.moves // 10, scenario.cuts // 10, scenario.added // 10, scenario.wrap
    )
    figures = benchmark.measured(old, benchmark.passages(old, 1_000, random.Random(5)), few)
    assert figures["% right"] >= least


@pytest.mark.parametrize("char", ["一", "。", " ", "甲。"])
def test_texts_of_one_character_take_no_forever(char: str) -> None:
    old = char * (60_000 // len(char))
    spans = [(place, place + 9) for place in range(0, len(old) - 9, 600)]
    begun = time.process_time()
    found = reanchor(old, old[: len(old) // 2] + "别" + old[len(old) // 2 :], spans)
    assert time.process_time() - begun < 5
    assert sum(one.state in ("ok", "changed") for one in found) == len(spans)


def test_another_text_altogether_takes_no_forever() -> None:
    chance = random.Random(1)
    old = benchmark.text(60_000)
    new = "".join(chance.choice(benchmark.ALPHABET) for _ in range(60_000))
    begun = time.process_time()
    found = reanchor(old, new, benchmark.passages(old, 300, chance))
    assert time.process_time() - begun < 5
    assert {one.state for one in found} == {"orphaned"}
