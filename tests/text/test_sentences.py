"""Sentences: cut at stops, closing marks kept, never longer than the limit, nothing lost but white space."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.sentences import LIMIT, split


def cut(text: str, limit: int = LIMIT) -> list[str]:
    return [text[start:end] for start, end in split(text, 0, len(text), limit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("治理要公开。规则要清楚!谁来定?大家;", ["治理要公开。", "规则要清楚!", "谁来定?", "大家;"]),
        ("他说:“规则要清楚。”然后走了。", ["他说:“规则要清楚。”", "然后走了。"]),
        ("「要公開。」他說（真的！）就走。", ["「要公開。」", "他說（真的！）", "就走。"]),
        ("真的吗？！是的！！！", ["真的吗？！", "是的！！！"]),
        ("杰弗里.辛頓提出警告……人类应当当心。", ["杰弗里.辛頓提出警告……人类应当当心。"]),
        ("Mr. Smith of the U.S. said so. He left.", ["Mr. Smith of the U.S. said so.", "He left."]),
        ("It grew by 56.4 percent, e.g. in Asia. Good.", ["It grew by 56.4 percent, e.g. in Asia.", "Good."]),
        ("See No. 5 and p. 4 of vol. 2. The end", ["See No. 5 and p. 4 of vol. 2.", "The end"]),
        ("They said no. Then it ended in 2024. Next.", ["They said no.", "Then it ended in 2024.", "Next."]),
        ("J. Doe wrote it. “Then?” she asked", ["J. Doe wrote it.", "“Then?”", "she asked"]),
        ("1. Publish the rules. 2. Listen.", ["1. Publish the rules.", "2. Listen."]),
        ("see http://a.b/c?d=e;f=g now! Yes", ["see http://a.b/c?d=e;f=g now!", "Yes"]),
        ("等等... 然后 wait... for it", ["等等...", "然后 wait... for it"]),
        ("模型v2.0发布。好", ["模型v2.0发布。", "好"]),
        ("他们用了AI. 然后停了.", ["他们用了AI.", "然后停了."]),
        ("没有句号的一行", ["没有句号的一行"]),
        (" 。 ", ["。"]),
        ("", []), (" \n ", []), ("。", ["。"]), ("一", ["一"]),
    ],
)  # fmt: skip
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_only_the_block_is_cut() -> None:
    text = "前面。中间的话。后面。"
    assert split(text, 3, 8) == [(3, 8)]
    assert split(text, 4, 6) == [(4, 6)]
    assert split(text, 5, 5) == []


def test_a_long_sentence_is_cut_after_its_last_comma_or_word() -> None:
    text = "公布结果" * 100 + ",并且" + "听取评论" * 100
    assert [len(part) for part in cut(text)] == [401, 402]
    english = "word " * 300
    assert all(set(part.split()) == {"word"} and len(part) <= LIMIT for part in cut(english))
    assert [len(part) for part in cut("治" * 1_200)] == [500, 500, 200]
    assert cut("ab" + "e\u0301" * 3, 5) == ["abe\u0301", "e\u0301e\u0301"]


@given(st.text('治理。！?.;”")( ,，\nab1e\u0301', max_size=80) | st.text(), st.integers(1, 40), st.data())
def test_nothing_is_lost_but_white_space(text: str, limit: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = split(text, start, end, limit)
    edges = [start, *(edge for span in found for edge in span), end]
    assert edges == sorted(edges)
    for first, last in found:
        assert 0 < last - first <= limit
        assert text[first:last] == text[first:last].strip()
    gaps = zip(edges[::2], edges[1::2], strict=True)
    assert all(not text[first:last].strip() for first, last in gaps)
