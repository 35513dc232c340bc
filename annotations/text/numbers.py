"""Numbers in folded text by their value: 3.5亿, 三亿五千万, 350 million and 350,000,000 are one; so are 百分之三十
and 30%, 一半 and 50%, 三分之一 and 1/3, 二〇二五年, 民国114年 and 2025.

What search asks is only whether two spellings are the same number, so units of measure count for nothing. One Chinese
digit alone (一个) and one English word below ten are no number. In a range one end lends the other its scale:
3-5亿 holds 3亿, 百分之十至二十 holds 20%.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from annotations.text.number_words import SCALES, SMALL, WORDS, english, han

LONGEST = 40  # digits; what is longer is no quantity
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?!\.?\d)"
#: 兆 is 10^12, but a million before units of measure (兆赫, 兆瓦, 兆字节, 百兆宽带): there it is no part of a number.
TRILLION = "兆(?![赫瓦字比帕欧焦位宽网带光流内])"
TIMES = rf"\s?(?:[十百千]?万亿|[十百千]?万?{TRILLION}|[十百千]?[万亿]|[百千](?!分之))"
ENGLISH_TIMES = rf"(?:[\s-]{{0,2}}(?:{'|'.join(SCALES)})|k|mn|bn|tn|m|b)(?![a-z0-9])"
PER_CENT = r"\s?(?:%|个百分点|(?:per\s?cent|pct|percentage points?)(?![a-z]))"
PLAIN_HAN = "[〇零一二两三四五六七八九十廿卅百千万亿]"
HAN = rf"(?:{PLAIN_HAN}|{TRILLION})"
DIGIT = "[〇零一二三四五六七八九]"
DECIMALS = rf"点{DIGIT}+[百千]?[万亿]*(?:{TRILLION})?"
HAN_NUMBER = rf"{HAN}+(?:{DECIMALS})?"
NUMBER = re.compile(
    rf"(?P<whole>{HAN}+|(?<![0-9a-z.])\d+)分之(?P<share>{ARABIC}|{HAN_NUMBER})"
    rf"|(?<![0-9a-z])(?<!\d\.)(?P<first>{ARABIC})"
    rf"(?:(?P<times>{TIMES}(?:零?{ARABIC}{TIMES})*)|(?P<by>(?:{ENGLISH_TIMES}){{1,2}}))?(?P<cent>{PER_CENT}|‰)?(?![a-z0-9])"
    r"|(?P<tenths>[一二三四五六七八九])成(?:(?P<and>[一二三四五六七八九])(?![一二三四五六七八九十])|(?![为立果不本员功长效就年品绩熟都分]))"
    rf"|(?P<han>(?:{HAN}{{2,}}|十(?=[年个名家项人次倍国条种月日天大])|{HAN}(?=点{DIGIT}))(?:{DECIMALS})?)"
    rf"(?P<points>个百分点)?"
)
#: A share of two small numbers, as 1/3 or two thirds; 7/26 and 2025/1/3 are dates.
SHARE = re.compile(
    r"(?<![\d/.,])(?P<above>[1-9])/(?P<below>[2-9]|10)(?![\d/]|\.\d)"
    r"|(?<![a-z])(?P<few>one|two|three|four)[\s-](?P<part>half|third|quarter|fifth)s?(?![a-z])|(?P<half>一半|半数)"
)
SHARES = ("/", "半", "half", "third", "quarter", "fifth")
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5}
#: Years of the Republic of China, counted from 1912: 民国114年 is 2025.
REPUBLIC = re.compile(r"民国(?P<year>\d{1,3}(?!\d)|[一二三四五六七八九十百零〇]{1,5})")
#: Where one may begin: found fast, so that text without numbers costs little.
BEGINNING = re.compile(rf"\d|{PLAIN_HAN}(?=[〇零一二两三四五六七八九十百千万亿兆点分成])|十")
ENGLISH = re.compile(
    rf"(?<![a-z])(?P<words>(?:{WORDS})(?:[\s-]{{1,2}}(?:and\s)?(?:{WORDS}))*)(?![a-z])(?P<percent>{PER_CENT})?"
)
STEP = re.compile(rf"零?({ARABIC})({TIMES})")
TIMES_HAN = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
TIMES_SHORT = {"k": 10**3, "m": 10**6, "b": 10**9, "mn": 10**6, "bn": 10**9, "tn": 10**12}
RANGE = re.compile(r"\s?(?:[-~至到]|to)\s?")
TERM = "\ue002"  # begins the index term of a value; no text of a corpus begins a term with it (tokens.spell)
CENT = Fraction(1, 100)
SMALL_ENGLISH = {"one": 1, "two": 2, "three": 3, "four": 4}


class Number(NamedTuple):
    """A number in folded text; `scale` is what its unit multiplied it by."""

    start: int
    end: int
    value: Fraction
    scale: Fraction


def find(folded: str) -> tuple[Number, ...]:
    """All numbers of a folded text, in order; the first of a range may stand in it twice."""
    found = list(_figures(folded))
    if "民国" in folded:
        found = sorted([*found, *republic(folded)])
    held = any(sign in folded for sign in SHARES)
    if held and (shares := [share(match) for match in SHARE.finditer(folded)]):
        known = {(number.start, number.end) for number in shares}
        apart = [one for one in found if not any(a < one.end and one.start < b for a, b in known)]
        found = sorted([*apart, *(one for one in shares if one.value < 1)])
    if english := [number for match in ENGLISH.finditer(folded) if (number := spelled(match)) is not None]:
        found = sorted([*found, *english])
    return (*found, *ranges(folded, found)) if len(found) > 1 else tuple(found)


def _figures(folded: str) -> Iterator[Number]:
    """The numbers in digits and in Chinese characters."""
    start = BEGINNING.search(folded)
    while start is not None:
        match = NUMBER.match(folded, start.start())
        number = read(match) if match is not None else None
        if number is not None:
            yield number
        start = BEGINNING.search(folded, match.end() if match is not None else start.end())


def terms(folded: str) -> list[str]:
    """The index terms of the numbers of a folded text, each once."""
    return list(dict.fromkeys(term(number.value) for number in find(folded)))


def term(value: Fraction) -> str:
    """The index term of a value, in letters and digits."""
    return f"{TERM}{value.numerator}" + (f"x{value.denominator}" if value.denominator > 1 else "")


def value_of(folded: str) -> Fraction | None:
    """The value of a text that is nothing but one number (or a year with its 年)."""
    text = folded.strip()
    numbers = find(text)
    if text.startswith("民国"):
        numbers = numbers[:1]
    if len(numbers) != 1 or numbers[0].start or text[numbers[0].end :] not in ("", "年"):
        return None
    return numbers[0].value


def read(match: re.Match[str]) -> Number | None:
    """The number of a match, None when it is none: 千万不要, 三五成群."""
    if len(match[0]) > LONGEST:
        return None
    parts = match.group("whole", "share", "first", "times", "by", "cent", "tenths", "and", "han", "points")
    worth = _worth(*parts)
    return None if worth is None else Number(*match.span(), *worth)


@lru_cache(maxsize=4096)
def _worth(
    whole: str | None, share: str | None, first: str | None, times: str | None, by: str | None, cent: str | None,
    tenths: str | None, more: str | None, han: str | None, points: str | None,
) -> tuple[Fraction, Fraction] | None:  # fmt: skip
    """Value and scale of the parts of a match; the same years and shares come again and again."""
    if first:
        return arabic(first, times or "", by or "", cent or "")
    if whole and share:
        parts, number = plain(whole, alone=True), plain(share, alone=True)
        return (number / parts, 1 / parts) if parts and number is not None else None
    if tenths:
        return Fraction(10 * SMALL[tenths] + SMALL[more or "零"], 100), Fraction(1, 10)
    written = plain(han or "0")
    scale = CENT if points else Fraction(1)
    return None if written is None else (written * scale, scale)


def share(match: re.Match[str]) -> Number:
    """A share as 1/3, two thirds or 一半."""
    above, below, few, part = match.group("above", "below", "few", "part")
    parts = int(below) if below else PARTS[part or "half"]
    return Number(*match.span(), Fraction(int(above or 0) or SMALL_ENGLISH[few or "one"], parts), Fraction(1, parts))


def republic(folded: str) -> Iterator[Number]:
    """Years as they are counted in Taiwan, as those of everybody else."""
    for match in REPUBLIC.finditer(folded):
        year = plain(match["year"]) if match["year"][0].isascii() or len(match["year"]) > 1 else None
        if year:
            yield Number(*match.span(), year + 1911, Fraction(1))


def spelled(match: re.Match[str]) -> Number | None:
    """A number in English words."""
    value = english(match["words"])
    scale = CENT if match["percent"] else Fraction(1)
    if value is None or (value < 10 and scale == 1):
        return None
    return Number(*match.span(), value * scale, scale)


def arabic(first: str, times: str, by: str, cent: str) -> tuple[Fraction, Fraction]:
    """The value of digits with their unit, and the unit: 3亿5000万 is a sum."""
    value, scale = digits(first), Fraction(1)
    if times:
        steps = [(digits(number), scale_of(unit)) for number, unit in STEP.findall(first + times)]
        value, scale = sum((number * unit for number, unit in steps), Fraction(0)), steps[-1][1]
    for name in re.findall("[a-z]+", by):
        scale *= TIMES_SHORT.get(name) or SCALES[name]
    if by:
        value *= scale
    share = Fraction(1, 1000) if cent == "‰" else CENT
    return (value * share, scale * share) if cent else (value, scale)


def scale_of(unit: str) -> Fraction:
    found = Fraction(1)
    for char in unit.strip():
        found *= TIMES_HAN[char]
    return found


def digits(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def plain(text: str, alone: bool = False) -> Fraction | None:
    """The value of digits or of Chinese characters; `alone`: 百 is a hundred, as before and after 分之."""
    if text[0].isascii():
        return digits(text)
    return Fraction(TIMES_HAN[text]) if alone and text in TIMES_HAN else han(text)


def ranges(folded: str, found: list[Number]) -> Iterator[Number]:
    """The numbers of ranges that have their unit from the other end: 10-20%, 3至5亿, 百分之十至二十."""
    for left, right in pairwise(found):
        if not RANGE.fullmatch(folded, left.end, right.start):
            continue
        if left.scale == 1 != right.scale and left.value < right.value / right.scale:
            yield Number(left.start, left.end, left.value * right.scale, right.scale)
        elif right.scale == 1 > left.scale and "分之" in folded[left.start : left.end]:
            yield Number(right.start, right.end, right.value * left.scale, left.scale)
