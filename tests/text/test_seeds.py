"""The exact figures of the two seed documents (acceptance walk of the specification); skipped where they are not."""

import pytest

from annotations.text.blocks import Block, from_plain, home
from annotations.text.cleaning import Cleaned, clean, normalise
from annotations.text.folding import find
from annotations.text.selectors import context
from annotations.text.selectors import find as find_selector
from annotations.text.sentences import split
from tests.text.seeds import seed

PLACES = {"?,F(xiàn)": "。現", "?yōu)": "為", "?ldquo;": "“"}


@pytest.fixture(params=["000", "003"])
def raw(request: pytest.FixtureRequest) -> str:
    return seed(request.param)


def shown(text: str) -> tuple[Cleaned, list[Block]]:
    return clean(text), [block for block in from_plain(text) if block.duplicate_of is None]


def hits(text: str, query: str) -> list[tuple[int, int]]:
    """Raw spans of a query in the sentences that are counted."""
    cleaned, blocks = shown(text)
    found = []
    for block in blocks:
        for start, end in split(cleaned.text, *cleaned.map.raw_to_clean(block.start, block.end)):
            spans = find(cleaned.text[start:end], query)
            found += [cleaned.map.clean_to_raw(start + first, start + last) for first, last in spans]
    return found


def test_repairs_of_000() -> None:
    text = seed("000")
    cleaned = clean(text)
    kinds = [repair.kind for repair in cleaned.repairs]
    assert (len(text), len(cleaned.text), len(kinds), kinds.count("gloss")) == (3_655, 2_136, 290, 287)
    others = {
        text[repair.raw_start : repair.raw_end]: cleaned.text[repair.clean_start : repair.clean_end]
        for repair in cleaned.repairs
        if repair.kind != "gloss"
    }
    assert others == PLACES
    assert "危機。現實" in cleaned.text and "變為“參與者”" in cleaned.text
    assert cleaned.text.count("(") == cleaned.text.count(")") == 1
    assert cleaned.text.count("“") == cleaned.text.count("”") == 33
    assert clean(cleaned.text).repairs == ()
    assert clean(text, "aigov-1+pdf-lines").text.replace("\n", "") == cleaned.text.replace("\n", "")


def test_003_needs_no_repair() -> None:
    text = seed("003")
    assert clean(text).text == text == normalise(text)


def test_blocks_of_000() -> None:
    blocks = from_plain(seed("000"))
    assert len(blocks) == 18
    assert [at for at, block in enumerate(blocks, 1) if block.role == "heading"] == [3, 8, 12]
    assert [block.role for block in blocks[-2:]] == ["byline", "source-line"]
    assert blocks[0].role == "paragraph" and all(block.duplicate_of is None for block in blocks)


def test_blocks_of_003() -> None:
    text = seed("003")
    blocks = from_plain(text)
    copies = [block for block in blocks if block.duplicate_of is not None]
    assert (len(blocks), len(copies), {block.shift for block in copies}) == (28, 13, {2_525})
    assert blocks[0].role == "title"
    assert (blocks[2].start, blocks[14].end - 1, copies[0].start, copies[-1].end - 1) == (191, 2_714, 2_716, 5_239)
    assert home(blocks, 2_800, 2_810) == (275, 285)
    assert text[2_800:2_810] == text[275:285]


@pytest.mark.parametrize(
    ("query", "in_000", "in_003"),
    [
        ("国际公共产品", 1, 18), ("國際公共產品", 1, 18), ("红线", 1, 0), ("紅線", 1, 0), ("能力建设", 1, 2),
        ("4o模型", 1, 0), ("80%算力", 1, 0), ("变为“参与者”", 1, 0), ("56.4%", 0, 1),
    ],
)  # fmt: skip
def test_hits(query: str, in_000: int, in_003: int) -> None:
    assert (len(hits(seed("000"), query)), len(hits(seed("003"), query))) == (in_000, in_003)


def test_a_hit_is_the_exact_raw_span() -> None:
    text = seed("000")
    (span,) = hits(text, "红线")
    assert text[slice(*span)] == "紅線"
    (span,) = hits(text, "建议建立全球统一技术安全评测标准")
    assert span == (990, 1_039)
    assert len(clean(text).text[slice(*clean(text).map.raw_to_clean(*span))]) == 16


def test_a_repeated_passage_is_told_by_position() -> None:
    text = seed("003")
    span = (2_800, 2_830)
    quote = dict(zip(("prefix", "suffix"), context(text, *span), strict=True))
    told = {"type": "TextQuoteSelector", "exact": text[slice(*span)], **quote}
    place = {"type": "TextPositionSelector", "start": span[0], "end": span[1]}
    assert (find_selector(text, [place, told]).start, find_selector(text, told).state) == (2_800, "ambiguous")


def test_sentences_cover_every_block(raw: str) -> None:
    cleaned, blocks = shown(raw)
    for block in blocks:
        start, end = cleaned.map.raw_to_clean(block.start, block.end)
        parts = [cleaned.text[first:last] for first, last in split(cleaned.text, start, end)]
        assert "".join(parts).replace(" ", "") == cleaned.text[start:end].replace(" ", "")
        assert all(0 < len(part) <= 500 for part in parts)


def test_the_way_between_raw_and_clean(raw: str) -> None:
    offsets = clean(raw).map
    for start in range(0, offsets.clean_length - 7, 3):
        assert offsets.raw_to_clean(*offsets.clean_to_raw(start, start + 7)) == (start, start + 7)
    for start in range(0, len(raw) - 7, 3):
        back = offsets.clean_to_raw(*offsets.raw_to_clean(start, start + 7))
        assert back[0] <= start and start + 7 <= back[1]
