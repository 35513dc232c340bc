"""The value of a number in Chinese characters (三亿五千万, 五十六点四, 二〇二五) or in English words."""

import re
from fractions import Fraction

SMALL = {char: value for value, chars in enumerate(("〇零", *"一", "二两", *"三四五六七八九")) for char in chars}
PLACES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8, "兆": 10**12}
ENGLISH = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
} | {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
#: For a regular expression: the longer of two words first (sixteen, six).
WORDS = "|".join(sorted([*ENGLISH, *SCALES], key=len, reverse=True))


def han(text: str) -> Fraction | None:
    """The value of a Chinese numeral; None for what only looks like one (千万不要, 三五成群, 一一)."""
    head, _, tail = text.replace("廿", "二十").replace("卅", "三十").partition("点")
    decimals = re.match("[〇零一二三四五六七八九]*", tail)
    places = decimals[0] if decimals else ""
    value = positional(head) if set(head) <= set(SMALL) else placed(head)
    if value is None:
        if len(head) > 1 or not places:
            return None
        value = SMALL.get(head, PLACES.get(head, 0))
    found = Fraction(value)
    if places:
        found += Fraction(sum(SMALL[char] * 10**at for at, char in enumerate(reversed(places))), 10 ** len(places))
    for unit in tail[len(places) :]:
        found *= PLACES.get(unit) or MYRIADS[unit]
    return found


def positional(text: str) -> int | None:
    """Digit by digit: 二〇二五. One digit is a digit; two or three without a zero are rather a range or a list."""
    if len(text) > 1 and len(text) < 4 and not ("〇" in text or "零" in text):
        return None
    return int("".join(str(SMALL[char]) for char in text))


def placed(text: str) -> int | None:
    """With places: 三亿五千万, 一百零五, 三百五. A place without a digit before it is no number, but for a first 十."""
    total, section, digit, last = 0, 0, None, 0
    for char in text:
        if char in SMALL:
            if digit:  # 三五千: three to five
                return None
            digit, last = SMALL[char], 0 if char in "〇零" else last
        elif char in PLACES:
            if not digit and (char != "十" or section or digit == 0 and total):
                return None
            section, digit, last = section + (digit or 1) * PLACES[char], None, PLACES[char]
        else:
            before = section + (digit or 0)
            if not before and not (total and char != "万"):
                return None
            worth = MYRIADS[char]
            total = (total + before) * worth if char != "万" and total < worth else total + before * worth
            section, digit, last = 0, None, worth
    return total + section + (digit or 0) * (last // 10 if last > 10 else 1)


def english(text: str) -> Fraction | None:
    """The value of English number words; None for lists (two three) and for a scale alone (million)."""
    total, current, last = 0, 0, 0
    for word in re.findall("[a-z]+", text):
        if word == "and":
            continue
        if word == "hundred" and current:
            current, last = current * 100, 100
        elif word in SCALES and (current or total):
            total, current, last = total + current * SCALES[word], 0, 0
        elif word in ENGLISH and (not last or ENGLISH[word] < last):
            last = 10 if 20 <= ENGLISH[word] else 1
            current += ENGLISH[word]
        else:
            return None
    return Fraction(total + current)
