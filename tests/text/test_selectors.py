"""Selectors from anywhere: the right place, an honest state, and never nonsense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.cleaning import clean
from annotations.text.selectors import STATES, Found, context, find
from tests.text.damage import RAW, TRUE

TEXT = (
    "人工智能治理需要各国共同参与。😀各方应当建立统一的安全评测标准,并且定期公布结果。\n"
    "各国也应当建立预警机制。人工智能治理不能由少数国家决定,更不能由企业自行决定。\n"
    "Linus spoke about open models, and the machine said nothing about it at all."
)


def quote(exact: str, prefix: str = "", suffix: str = "") -> dict[str, object]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def position(start: object, end: object) -> dict[str, object]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def fragment(value: str) -> dict[str, object]:
    return {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc5147", "value": value}


def stretch(start: dict[str, object], end: dict[str, object]) -> dict[str, object]:
    return {"type": "RangeSelector", "startSelector": start, "endSelector": end}


def seen(found: Found, raw: str = TEXT) -> tuple[str, str, str]:
    text = "" if found.start is None or found.end is None else raw[found.start : found.end]
    return found.state, found.method, text


def test_context_is_cut_at_the_ends() -> None:
    assert context("abcdef", 2, 4) == ("ab", "ef")
    assert context("abcdef", 2, 4, 1) == ("b", "e")
    assert context("", 0, 0) == ("", "")


@given(st.data())
def test_what_is_sent_out_is_found_again(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    prefix, suffix = context(TEXT, start, end)
    found = find(TEXT, [position(start, end), quote(TEXT[start:end], prefix, suffix)])
    assert (found.state, found.start, found.end, found.similarity) == ("ok", start, end, 1.0)


WORDS = "安全评测标准"
AT = TEXT.index(WORDS)


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        (position(AT, AT + 6), ("ok", "position", WORDS)),
        (fragment(f"char={AT},{AT + 6}"), ("ok", "position", WORDS)),
        (fragment(f"#char={AT},{AT + 6};length=124,UTF-8"), ("ok", "position", WORDS)),
        (fragment("char=,4"), ("ok", "position", "人工智能")),
        (fragment("char=5"), ("ok", "position", "")),
        (fragment("line=1,2"), ("orphaned", "none", "")),
        (fragment("char=9,3"), ("orphaned", "none", "")),
        (position(0, len(TEXT)), ("ok", "position", TEXT)),
        (position(0, len(TEXT) + 1), ("orphaned", "none", "")),
        (position(-1, 3), ("orphaned", "none", "")),
        (position("0", "3"), ("orphaned", "none", "")),
        (quote(WORDS), ("ok", "quote", WORDS)),
        (quote("安全評測標準，并且"), ("ok", "quote-folded", "安全评测标准,并且")),
        ([position(AT + 1, AT + 7), quote(WORDS)], ("ok", "position-utf16", WORDS)),
        ([position(3, 9), quote(WORDS)], ("moved", "quote", WORDS)),
        ([fragment("char=1,2"), quote(WORDS), {"type": "XPathSelector", "value": "/p"}], ("moved", "quote", WORDS)),
        ([quote("没有这样的文字存在于此"), quote(WORDS)], ("ok", "quote", WORDS)),
        (quote("人工智能治理"), ("ambiguous", "quote", "")),
        (quote("人工智能治理", suffix="不能由少数"), ("ok", "quote", "人工智能治理")),
        ([position(66, 70), quote("人工智能治理")], ("moved", "quote", "人工智能治理")),
        ([position(26, 30), quote("人工智能治理")], ("ambiguous", "quote", "")),
        (
            quote("各方应当尽快建立统一的安全评估标准,并定期公布结果"),
            ("changed", "fuzzy", "各方应当建立统一的安全评测标准,并且定期公布结果"),
        ),
        (quote("预警制度", "各国也应当建立", "。人工智能治理不能"), ("changed", "context", "预警机制")),
        (quote("预警制度"), ("orphaned", "none", "")),
        (quote("chines"), ("orphaned", "none", "")),
        (quote("完全无关的一句话在这里出现过吗"), ("orphaned", "none", "")),
        (stretch(quote("各方应当"), quote("统一的")), ("ok", "quote", "各方应当建立")),
        (stretch(quote("统一的"), quote("各方应当")), ("orphaned", "none", "")),
        ({**quote("各国也应当建立预警机制。"), "refinedBy": position(7, 11)}, ("ok", "position", "预警机制")),
        (
            {**fragment("char=0,15"), "refinedBy": {**quote("治理"), "refinedBy": position(0, 1)}},
            ("ok", "position", "治"),
        ),
        ({**position(0, 5), "refinedBy": position(3, 9)}, ("orphaned", "none", "")),
        ({}, ("orphaned", "none", "")),
        ([], ("orphaned", "none", "")),
        (quote(""), ("orphaned", "none", "")),
        ({"type": "CssSelector", "value": "#p"}, ("orphaned", "none", "")),
    ],
)  # fmt: skip
def test_each_kind(selector: dict[str, object], expected: tuple[str, str, str]) -> None:
    assert seen(find(TEXT, selector)) == expected


def test_ambiguous_names_its_candidates() -> None:
    found = find(TEXT, quote("人工智能治理"))
    assert [TEXT[start:end] for start, end in found.candidates] == ["人工智能治理"] * 2


def test_a_repeated_body_is_told_by_position_only() -> None:
    around = "".join(f"第{number}句写着不同的内容。" for number in "一二三四五六七八九")
    raw = f"{around}要找的话。{around}\n" * 2
    at = raw.rindex("要找的话")
    span = (at, at + 4)
    told = [position(*span), quote(raw[slice(*span)], *context(raw, *span))]
    assert find(raw, told).start == span[0]
    assert find(raw, told[1:]).state == "ambiguous"


def test_quotes_and_positions_of_clean_text_point_to_raw() -> None:
    cleaned = clean(RAW)
    words = "變為“"
    at = cleaned.text.index(words)
    raw = RAW[slice(*cleaned.map.clean_to_raw(at, at + 3))]
    assert seen(find(RAW, quote(words), cleaned), RAW) == ("ok", "quote-clean", raw)
    assert seen(find(RAW, [position(at, at + 3), quote(words)]), RAW) == ("ok", "position-clean", raw)
    simplified = TRUE[:12].replace("國", "国").replace("務", "务").replace("機", "机")
    assert find(RAW, quote(simplified)).state == "ok"


def test_units_of_other_tools() -> None:
    raw = "😀𠮷" + RAW
    at = clean(raw).text.index("變為“")
    found = find(raw, [position(at + 2, at + 5), quote("變為“")])
    assert found.method == "position-clean-utf16" and found.state == "ok"


SELECTOR = st.recursive(
    st.dictionaries(
        st.sampled_from(["type", "exact", "prefix", "suffix", "start", "end", "value", "startSelector", "refinedBy"]),
        st.none() | st.integers(-2, 30) | st.text("治理a,=0123char😀", max_size=8)
        | st.sampled_from(["TextQuoteSelector", "TextPositionSelector", "FragmentSelector", "RangeSelector"]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.fixed_dictionaries(
        {"type": st.sampled_from(["TextQuoteSelector", "RangeSelector"]), "refinedBy": inner, "startSelector": inner,
         "endSelector": inner, "exact": st.sampled_from(["治理", "a"])}
    ),
    max_leaves=5,
)  # fmt: skip


@given(st.text("治理a。,務(wù)😀", max_size=30), SELECTOR)
def test_nothing_breaks(raw: str, selector: dict[str, object]) -> None:
    found = find(raw, selector)
    assert found.state in STATES
    assert (found.start is None) == (found.state in ("ambiguous", "orphaned"))
    for start, end in found.candidates:
        assert 0 <= start <= end <= len(raw)
