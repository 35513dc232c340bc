"""Dates and counted parts in the other figures: 2025年7月26日 is 二〇二五年七月二十六日, 第12条 is 第十二条.

What search adds to a word that holds such numbers beside other characters; a number alone is found by its value
(numbers.py). A spelling is added only where it cannot be the end of another number: 5日 would find 十五日.
"""

import re
from collections.abc import Callable

from annotations.text.number_words import SMALL, han

#: Folded text; what is counted stands after the number.
COUNTED = re.compile(
    r"(?P<year>\d{4}|[〇零一二三四五六七八九]{4})(?=年)"
    r"|(?<![\d.])(?P<few>\d{1,3}|(?<![〇零一二三四五六七八九十百])[一二三四五六七八九十百零〇]{1,5})(?=[月日号条章节届项])"
)
FIGURES = "〇一二三四五六七八九"
LAST_MONTH, AMBIGUOUS = 12, 2  # 一月 stands in 十一月, 二月 in 十二月


def others(folded: str) -> list[str]:
    """The same words with all their numbers in digits, in Chinese figures with 〇, and with 零; without those that are
    what was given."""
    if not COUNTED.search(folded):
        return []
    found = [COUNTED.sub(_with(way, folded), folded) for way in (_digits, _figures)]
    found.append(found[-1].replace("〇", "零"))
    return [text for text in dict.fromkeys(found) if text != folded]


def _with(way: Callable[[str, bool], str], folded: str) -> Callable[[re.Match[str]], str]:
    """What takes the place of a number; where another figure could stand before it, it stays as it is."""

    def instead(match: re.Match[str]) -> str:
        year, few = match["year"], match["few"]
        if way is _figures and few and not match.start() and not _stands_alone(few, folded[match.end()]):
            return few
        return way(year or few, bool(year))

    return instead


def _stands_alone(few: str, counted: str) -> bool:
    value = _value(few)
    return counted == "月" and value is not None and AMBIGUOUS < value <= LAST_MONTH


def _value(text: str) -> int | None:
    if text[0].isascii():
        return int(text)
    value = SMALL.get(text) if len(text) == 1 and text in SMALL else han(text)
    return None if value is None else int(value)


def _digits(text: str, year: bool) -> str:
    value = _value(text)
    return text if value is None else str(value)


def _figures(text: str, year: bool) -> str:
    value = _value(text)
    if value is None:
        return text
    return "".join(FIGURES[int(digit)] for digit in str(value)) if year else counted(value)


def counted(value: int) -> str:
    """A number below a thousand as one says it: 十二, 二十, 一百零五."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    found = f"{FIGURES[hundreds]}百" if hundreds else ""
    if tens:
        found += ("" if tens == 1 and not hundreds else FIGURES[tens]) + "十"
    elif hundreds and ones:
        found += "零"
    return (found + (FIGURES[ones] if ones else "")) or FIGURES[0]
