"""Pieces of a text, and where quotations of them stand: word for word, in whatever script; nothing is guessed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.text.suggest import SHARE, Part
from annotations.text.suggest.quoted import Piece, Quoted, piece_from, places

TEXT = (
    "各國应設立“基金”。早餐在八點開始供應,晚餐在六點開始供應,午餐沒有供應。The  Fund\nopened in May, and nobody came."
)
WHOLE = Piece(0, len(TEXT))


def placed(*quotes: str, score: float = 0.9) -> tuple[list[str], int]:
    found, missing = places(TEXT, WHOLE, [Quoted(quote, "claim", score) for quote in quotes])
    return [TEXT[one.start : one.end] for one in found], missing


def test_the_same_words_in_another_script_and_other_marks_are_found() -> None:
    assert placed("各国應设立「基金」") == (["各國应設立“基金”"], 0)
    assert placed("The Fund opened in May") == (["The  Fund\nopened in May"], 0)


def test_what_does_not_stand_there_is_left_out_and_counted() -> None:
    assert placed("各国应设立两个基金", "The Fund closed in May", "基金") == ([], 3)


def test_the_same_words_quoted_twice_are_two_places() -> None:
    found, missing = places("设立基金组织。早餐在八点。设立基金组织。然后大家都去吃早餐了,没有人说话。",
                            Piece(0, 36), [Quoted("设立基金组织", "proposal", 0.9)] * 3)  # fmt: skip
    assert ([one.start for one in found], missing) == ([0, 13], 0)


def test_passages_keep_to_the_share_and_do_not_overlap() -> None:
    quotes = [Quoted(TEXT[at : at + 12], "claim", at / 100) for at in range(0, 48, 4)]
    found, _ = places(TEXT, WHOLE, quotes)
    assert sum(one.end - one.start for one in found) <= SHARE * len(TEXT)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))


def test_offsets_are_those_of_the_text_and_not_of_the_piece() -> None:
    text = "开头的一句话。" + "设立基金组织，帮助大家。" + "早餐在八点开始供应，午餐没有，晚餐也没有。"
    [one], _ = places(text, Piece(7, len(text)), [Quoted("設立基金組織", "proposal", 1.0)])
    assert text[one.start : one.end] == "设立基金组织" and one.kind == "proposal"


def test_pieces_are_whole_sentences_and_leave_out_what_is_no_part() -> None:
    text = "一句话。两句话。\n重复的话。\n三句话。"
    parts = [Part(0, "paragraph", 0, 8), Part(2, "paragraph", 15, 19)]
    pieces, first = [], 0
    while piece := piece_from(text, parts, first, most=8):
        pieces.append(text[piece.start : piece.end])
        first = piece.end
    assert pieces == ["一句话。两句话。", "三句话。"]
    assert piece_from(text, parts, len(text)) is None and piece_from("", [], 0) is None


@given(st.text(max_size=400), st.integers(1, 60))
def test_all_that_is_text_is_in_one_piece_once(text: str, most: int) -> None:
    first, seen = 0, ""
    while piece := piece_from(text, [Part(0, "paragraph", 0, len(text))], first, most):
        assert piece.start >= first and piece.end > piece.start
        seen += text[piece.start : piece.end]
        first = piece.end
    assert [char for char in seen if not char.isspace()] == [char for char in text if not char.isspace()]
