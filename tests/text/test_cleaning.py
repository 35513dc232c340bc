"""Cleaning: known damage goes, everything meant stays, and the way back to raw is exact."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.text.cleaning import CLEANERS, clean, normalise
from annotations.text.offsets import OffsetMap
from tests.text.damage import FLATTENED, RAW, READINGS, TRUE, damage

PLAIN = st.text("國務機現優動關術變為主守成與的人工。，、“”a \n", max_size=80)
PIECES = st.lists(
    st.sampled_from(
        ["國(guó)", "務(wù)", "機(jī)", "現(xiàn)", "優(yōu)", "動(dòng)", "國", "人(rén)", "(wù)", "?", "?,F(xiàn)",
         "?yōu)", "變?yōu)", "?ldquo;", "&amp;", "橹鲃?dòng)", "(WAIC)", "AI", "，", "。", "\n", "\f", "12", "𠮷", "😀",
         " ", "e\u0301", "\ud800"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


def flattened(text: str) -> str:
    """What flattening loses for good."""
    for mark in FLATTENED:
        text = text.replace(mark, chr(ord(mark) - 0xFEE0))
    return text


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("\ufeff一\r\n二\r三\n", "一\n二\n三\n"),
        ("a\0b\ud800c\udfff", "a\ufffdb\ufffdc\ufffd"),
        ("e\u0301é㈠…（）\u00a0", "e\u0301é㈠…（）\u00a0"),
        ("𠮷😀", "𠮷😀"),
        ("", ""),
        ("\r", "\n"),
    ],
)
def test_what_is_done_once_before_hashing(raw: str, stored: str) -> None:
    assert normalise(raw) == stored
    assert normalise(stored) == stored


@given(st.text())
def test_normalised_text_can_be_stored(raw: str) -> None:
    stored = normalise(raw)
    assert normalise(stored) == stored
    assert "\0" not in stored and "\r" not in stored and not stored.startswith("\ufeff")
    stored.encode("utf-8")


def test_the_converter_s_work_is_undone() -> None:
    cleaned = clean(RAW)
    assert cleaned.text == flattened(TRUE)
    kinds = [repair.kind for repair in cleaned.repairs]
    assert (kinds.count("lost-bytes"), kinds.count("broken-entity")) == (3, 1)
    assert {"?,F(xiàn)", "?yōu)", "?yōu)橹鲃?dòng)", "?ldquo;"} == {
        RAW[repair.raw_start : repair.raw_end] for repair in cleaned.repairs if repair.kind != "gloss"
    }


def test_a_repair_names_what_is_shown() -> None:
    cleaned = clean(RAW)
    shown = {
        RAW[repair.raw_start : repair.raw_end]: cleaned.text[repair.clean_start : repair.clean_end]
        for repair in cleaned.repairs
    }
    assert shown["?,F(xiàn)"] == "。現"
    assert shown["?yōu)橹鲃?dòng)"] == "為主動"
    assert shown["?ldquo;"] == "“"
    assert shown["(wù)"] == "務"


@settings(max_examples=200)
@given(PLAIN)
def test_damage_is_undone_or_left_but_never_made_worse(text: str) -> None:
    """With enough undamaged sentences around it, each place comes back as it was or stays as it is."""
    raw = damage(TRUE + "\n" + text)
    cleaned = clean(raw)
    body, back = flattened(text), cleaned.text.partition("\n")[2]
    if "?" not in back:
        assert back == body
    for repair in cleaned.repairs:
        if repair.kind == "lost-bytes":
            assert cleaned.text[repair.clean_start : repair.clean_end] in flattened(TRUE + "\n" + text)


SIMPLIFIED = "各国应当建立统一的安全评测标准,并且定期公布结果,接受各方的监督和批评。"


@pytest.mark.parametrize(
    "raw",
    [
        "國務(wù)院",
        SIMPLIFIED + "繁体字務(wù)的读音。" + SIMPLIFIED,
        "The character 務 (wù) means duty; 強(qiáng), 會(huì), 級(jí), 術(shù), 續(xù), 運(yùn) are others.",
        "人(rén)工(gōng)智(zhì)能(néng)發(fā)展(zhǎn)會(huì)議(yì)動(dòng)機(jī)關(guān)於(yú)國(guó)務(wù)院(yuàn)",
        "生字表:務(wù)、強(qiáng)、會(huì)、級(jí)、術(shù)、續(xù)、運(yùn)、個(gè)、產(chǎn)、競(jìng)。",
        "冒頓(dú)單(chán)于與龜(qiū)茲王的故事,學者多有研究,各家說法不同。" * 2,
        "世界人工智能大會(WAIC)與接口(API)以及單位(men)",
        "務(wù)與務、機(jī)與機、動(dòng)與動、國(guó)與國、會(huì)與會、關(guān)與關、發(fā)與發",
        "𠮷野家的e\u0301clair 😀👨‍👩‍👧 ruby《漢字(かんじ)》",
        "Is this so?,F(x) = 1&amp;2 &ldquo;quoted&rdquo; ?ldquo;",
        "",
        "務",
        "\n",
    ],
)
def test_what_is_meant_stays(raw: str) -> None:
    cleaned = clean(raw)
    assert cleaned.text == raw
    assert cleaned.repairs == ()
    assert cleaned.map == OffsetMap.identity(len(raw))


def test_in_a_damaged_text_what_is_meant_stays_too() -> None:
    meant = "世界人工智能大會(huì)(WAIC)的接口(API)、亳(bó)州、務 (wù)、什麼?B(bù)。😀𠮷"
    assert clean(RAW + meant).text == flattened(TRUE) + meant.replace("(huì)", "")


@pytest.mark.parametrize(
    ("unknown", "shown"),
    [
        ("上??疾鞎r。", "上??疾鞎r。"),  # 上海考察時: no gloss proves these bytes
        ("向?qū)Wⅰ昂诵摹?,脫離。", "向?qū)Wⅰ昂诵摹?,脫離。"),  # 向專注“核心”，脫離
        (damage("上海現有的技術"), "上?,F(xiàn)有的技術"),  # 海, not 。
        (damage("上海《機關"), "上?!稒C(jī)關"),  # as before
    ],
)
def test_what_cannot_be_known_stays_raw(unknown: str, shown: str) -> None:
    assert clean(RAW + unknown).text == flattened(TRUE) + shown


@settings(max_examples=200)
@given(st.sampled_from(sorted(CLEANERS)), PIECES | st.text() | PLAIN.map(damage), st.booleans())
def test_laws(cleaner: str, text: str, damaged: bool) -> None:
    raw = RAW + text if damaged else text
    cleaned = clean(raw, cleaner)
    again = clean(cleaned.text, cleaner)
    assert again.text == cleaned.text and again.repairs == ()
    assert (cleaned.map.raw_length, cleaned.map.clean_length) == (len(raw), len(cleaned.text))
    assert OffsetMap.decode(cleaned.map.encode()) == cleaned.map
    for run in cleaned.map.runs:
        if run[1] - run[0] == run[3] - run[2] > 1:
            assert raw[run[0] : run[1]] == cleaned.text[run[2] : run[3]]
    ends = [0, *(end for repair in cleaned.repairs for end in (repair.raw_start, repair.raw_end)), len(raw)]
    assert ends == sorted(ends)


def test_a_span_that_cuts_a_gloss_is_shown_widened_and_kept_as_sent() -> None:
    cleaned = clean(RAW)
    at = RAW.index("(wù)")
    assert cleaned.text[slice(*cleaned.map.raw_to_clean(at + 1, at + 2))] == "務"


def test_an_unknown_cleaner_is_refused() -> None:
    with pytest.raises(KeyError):
        clean("", "aigov-0")


@pytest.mark.parametrize("reading", sorted(READINGS.values()))
def test_every_reading_is_a_gloss(reading: str) -> None:
    assert f"({reading})" not in clean(RAW).text
