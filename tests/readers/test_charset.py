"""Character sets: marks, valid UTF-8 first, Chinese by plausibility, Western by shape, damage told from another set."""

import os
from pathlib import Path

import pytest

from annotations.readers.charset import decode, decode_declared, iana, is_binary
from annotations.readers.hanzi import plausibility
from fixtures.samples import words

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
HANS = "".join(words.ESSAY)
HANT = "".join(words.ESSAY_HANT)

EXACT = [
    (HANS, "gb18030"),
    (HANS, "gbk"),
    (HANS, "utf-16-le"),
    (HANS, "utf-16-be"),
    (HANS, "utf-16"),
    (HANS, "utf-32"),
    (HANS, "utf-8-sig"),
    (HANT, "big5"),
    (HANT, "big5hkscs"),
    (HANT, "gb18030"),
    ("治理", "gb18030"),
    ("治理", "big5"),
    ("人工智能", "gb18030"),
    ("评测\n一", "utf-16-be"),
    ("The 人工智能 report", "gb18030"),
    ("AI治理報告\n第一章", "big5"),
    ("The report", "utf-16-le"),
    ("The report", "utf-16-be"),
    ("Café, naïve façade – “quoted” …", "cp1252"),
    ("Über die größeren Städte", "latin-1"),
    ("señor, ¿qué? 5 €", "cp1252"),
    ("Закон вступает в силу в следующем году и касается всех.", "cp1251"),
    ("人工知能に関する法律は来年から施行され、すべての事業者に適用される。", "shift_jis"),
    ("인공지능 법은 내년에 시행되며 모든 사업자에게 적용된다.", "euc-kr"),
    ("plain", "ascii"),
    ("𠮷野家与𪚥", "gb18030"),
    ("評測要先行,這是我哋嘅建議", "big5hkscs"),
]


@pytest.mark.parametrize(("text", "charset"), EXACT)
def test_decodes_exactly(text: str, charset: str) -> None:
    found = decode(text.encode(charset))
    assert found is not None
    assert (found.text, found.lost) == (text, 0)


@pytest.mark.parametrize("charset", ["gb18030", "big5hkscs", "utf-16-le", "utf-16-be"])
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed texts are not here")
def test_seeds_cut_into_lines_of_twelve(charset: str) -> None:
    """Short pieces of real text; those of punctuation and Latin letters alone may be anything."""
    wrong = total = 0
    for path in SEEDS.glob("*.txt"):
        text = path.read_text()
        for start in range(0, len(text) - 12, 12):
            piece = text[start : start + 12]
            try:
                data = piece.encode(charset)
            except UnicodeEncodeError:
                continue
            found = decode(data)
            total += 1
            wrong += found is None or found.text != piece
    assert total > 300
    assert wrong <= 0.015 * total


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5"])
def test_one_broken_character_is_damage_not_another_set(charset: str) -> None:
    text = HANT if charset == "big5" else HANS
    data = bytearray(text.encode(charset))
    data[60] = 0xFF
    found = decode(bytes(data))
    assert found is not None
    assert found.charset.startswith(charset)
    assert 1 <= found.lost <= 3
    assert found.text.endswith(text[-20:])
    assert found.text.startswith(text[:15])


def test_a_cut_utf8_file_keeps_all_but_its_last_character() -> None:
    found = decode(HANS.encode()[:-1])
    assert found is not None
    assert (found.charset, found.text[:-1]) == ("utf-8", HANS[:-1])


def test_what_only_statistics_find_says_so() -> None:
    russian = decode("Закон вступает в силу в следующем году и касается всех.".encode("koi8-r"))
    assert russian is not None and russian.guessed
    assert decode("Закон вступает в силу в следующем году.".encode("koi8-r"), guess=False) is None
    chinese = decode(HANS.encode("gb18030"), guess=False)
    assert chinese is not None and not chinese.guessed


def test_random_bytes_are_no_text() -> None:
    found = decode(os.urandom(5000))
    assert found is None or is_binary(found.text)


@pytest.mark.parametrize(
    ("declared", "encoded", "charset"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("GBK", "gb18030", "gb18030"),
        ("big5", "gb18030", "gb18030"),  # a lie that does not decode
        ("iso-8859-1", "utf-8", "utf-8"),  # valid UTF-8 wins over what the page says
        ("no-such-set", "gb18030", "gb18030"),
        ("hex", "gb18030", "gb18030"),
        ("unicode_escape", "gb18030", "gb18030"),
    ],
)
def test_what_a_page_says_of_itself(declared: str, encoded: str, charset: str) -> None:
    found = decode_declared((HANS + "㑇").encode(encoded), declared)
    assert found is not None
    assert (found.text, found.charset) == (HANS + "㑇", charset)


def test_a_declared_set_decides_where_nothing_else_does() -> None:
    polish = "Są dwa rodzaje zagrożeń"
    found = decode_declared(polish.encode("iso-8859-2"), "ISO-8859-2")
    assert found is not None and found.text == polish


def test_a_stray_nul_is_damage_and_many_control_characters_are_binary() -> None:
    found = decode(("评测" * 50 + "\0").encode())
    assert found is not None and found.charset == "utf-8" and not is_binary(found.text)
    assert is_binary("\x01\x02\x03abc")
    assert not is_binary("a\tb\nc\f")


def test_chinese_that_comes_late_is_found() -> None:
    found = decode(b"only ASCII " * 10_000 + HANS.encode("gb18030"))
    assert found is not None and found.charset == "gb18030" and found.text.endswith(HANS)


def test_plausibility_tells_real_text_from_wrong_decoding() -> None:
    assert plausibility(HANS) > 0.5
    assert plausibility(HANT) > 0.5
    assert plausibility(HANS.encode().decode("gb18030", errors="ignore")) < 0.2
    assert plausibility("only ASCII") == 0


def test_names_of_the_world() -> None:
    assert [iana(name) for name in ("big5hkscs", "cp1252", "utf-8", "koi8_r")] == [
        "big5-hkscs",
        "windows-1252",
        "utf-8",
        "koi8-r",
    ]
