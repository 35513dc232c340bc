"""Every number of folded text in the same figures, to compare what was said: 三亿五千万 and 350 million are 350000000,
百分之三十 and 三成 are 30%, 七月二十六日 is 7月26日, 民国114年 is 2025年."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from annotations.text import numbers
from annotations.text.number_words import PLACES, SMALL

#: One Chinese digit is a number before these; 一个 and 一种 are rather an article.
ONE = re.compile("(?<![一二三四五六七八九十百千万亿点])[一二三四五六七八九十](?=[月号条届章]|日(?![本前后益常渐]))")


def places(folded: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and figures of the numbers of folded text, in order and apart."""
    found = [(one.start, -one.end, figures(one)) for one in numbers.find(folded)]
    found += [(match.start(), -match.end(), digit(match[0])) for match in ONE.finditer(folded)]
    last = 0
    for start, end, text in sorted(found):
        if start >= last:
            last = -end
            yield start, last, text


def figures(number: numbers.Number) -> str:
    """A number in figures, a share as a percentage."""
    return f"{decimal(number.value * 100)}%" if number.scale < 1 else decimal(number.value)


def decimal(value: Fraction) -> str:
    """As 3.5, or as a fraction where that never ends."""
    places = next((at for at in range(7) if not (value * 10**at).denominator > 1), None)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    whole, rest = divmod(int(value * 10**places), 10**places)
    return f"{whole}.{rest:0{places}}" if places else str(whole)


def digit(char: str) -> str:
    return str(PLACES.get(char) or SMALL[char])


@lru_cache(maxsize=512)
def spelled(folded: str) -> str:
    """The text with its numbers in figures."""
    out, last = [], 0
    for start, end, text in places(folded):
        out += [folded[last:start], text]
        last = end
    return "".join([*out, folded[last:]])
