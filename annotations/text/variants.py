"""What makes a restatement a variant: another number, date, negation, strength or scope (UX.md 4.8).

Compared folded, so script and punctuation make no difference; 25%, 四分之一 and 0.25 are one number, and so are
三亿五千万 and 350 million (numerals.py).
"""

import re
from fractions import Fraction

from annotations.text import modality
from annotations.text.classes import fold_text
from annotations.text.numerals import spelled
from annotations.text.patterns import any_of

DIGITS = "〇一二三四五六七八九"
_HAN_NUMBER = "[〇零一二三四五六七八九十百千两点]"
DATE = re.compile(
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
    r"|(?:(?P<y>\d{4})\s?年\s?)?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?[日号])?"
    r"|(?P<year>(?:19|20)\d\d)(?:\s?年|(?![\d%]|[,.]\d|\s?\w))"
    r"|(?:(?<=\bin )|(?<=\bby )|(?<=\bof )|(?<=\bsince )|(?<=\bfrom )|(?<=\buntil )|(?<=\bduring ))"
    r"(?P<said>(?:19|20)\d\d)(?![\d%]|[,.]\d)"
)
UNITS: dict[str, int | Fraction] = {
    "%": Fraction(1, 100), "个百分点": Fraction(1, 100), "percent": Fraction(1, 100), "per cent": Fraction(1, 100),
    "千": 10**3, "万": 10**4, "亿": 10**8, "万亿": 10**12, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "trillion": 10**12,
}  # fmt: skip
_MEASURE = any_of("个|名|人|家|项|倍|成|亿|万|次|年|国|条|款|起|件|种")
NUMBER = re.compile(
    rf"(?P<part>{_HAN_NUMBER}+)分之(?P<share>{_HAN_NUMBER}+)"
    rf"|(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})?"
    rf"|(?<![第之唯]){_HAN_NUMBER}+(?={_MEASURE})"
)
NEGATION = re.compile(
    rf"不(?!{any_of('仅|断|同|但|只|过|论|管|少|久|止|单|外乎|妨|如|得不|可否认|超过|多于|低于|到|足')})"
    rf"|未(?!{any_of('来|免|成年|尝不|雨绸缪')})"
    rf"|{any_of('没有|没|无法|并非|绝非|无须|无需|无权|无意|毫无|拒绝')}"
    r"|\b(?:not|no|never|without|cannot|neither|nor)\b|n't\b"
)
SCOPES = {
    "all": any_of("全球|全部|所有|一切|每|各国|任何|普遍|完全") + r"|\b(?:all|every|each|global|worldwide|any)\b",
    "most": any_of("绝大多数|大多数|多数|大部分|大多|主要") + r"|\b(?:most|majority|mainly)\b",
    "some": any_of("部分|一些|少数|若干|有的|个别|某些|有些") + r"|\b(?:some|several|few|partly)\b",
    "only": f"(?<!不){any_of('仅|唯一|只有')}" + r"|\b(?:only|sole)\b",
    "at least": f"(?<!不){any_of('至少|以上|超过|逾|不少于|不低于')}" + r"|\b(?:at least|more than|over)\b",
    "at most": (
        f"(?<!不){any_of('至多|最多|以下|不到|不足|少于|低于|不超过|不多于')}" + r"|\b(?:at most|less than|under)\b"
    ),
    "about": any_of("约|大约|左右|近|几乎|接近") + r"(?=\D?\d|\W|$)|\b(?:about|around|nearly|almost)\b",
}
_SCOPES = {name: re.compile(expression) for name, expression in SCOPES.items()}


def differences(a: str, b: str) -> set[str]:
    """Codes of DIFFERENCES between two wordings; a number or date that one of them lacks differs, too."""
    one, two = fold_text(a), fold_text(b)
    found = {
        "date": dates(one) != dates(two),
        "number": numbers(one) != numbers(two),
        "negation": len(NEGATION.findall(one)) != len(NEGATION.findall(two)),
        "modality": _strength(a) != _strength(b),
        "scope": scopes(one) != scopes(two),
    }
    return {code for code, differs in found.items() if differs}


def dates(folded: str) -> set[str]:
    """Dates of folded text as 2025-7-26, 2025-7, 2025 or -7-26 (without a year)."""
    found = set()
    for match in DATE.finditer(spelled(folded)):
        if match["iso"]:
            found.add("-".join(str(int(part)) for part in match["iso"].split("-")))
        else:
            parts = (match["year"] or match["said"] or match["y"] or "", match["m"], match["d"])
            found.add("-".join(part for part in parts if part is not None))
    return found


def numbers(folded: str) -> set[Fraction]:
    """Numbers of folded text without its dates; shares and units are worked out."""
    found = set()
    for match in NUMBER.finditer(DATE.sub(" ", spelled(folded))):
        if match["digits"]:
            found.add(Fraction(match["digits"].replace(",", "").rstrip(".")) * UNITS.get(match["unit"] or "", 1))
        elif match["part"]:
            whole = han_number(match["part"])
            found.add(han_number(match["share"]) / whole if whole else Fraction(0))
        elif (value := han_number(match[0])) > 1:  # 一个 is no count
            found.add(value)
    return found


def han_number(text: str) -> Fraction:
    """The value of a numeral below ten thousand, such as 二百三十三 or 五十六点四."""
    whole, _, decimals = text.replace("零", "〇").replace("两", "二").partition("点")
    total, digit = 0, 0
    for char in whole:
        if char in DIGITS:
            digit = digit * 10 + DIGITS.index(char)
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}.get(char, 1)
            digit = 0
    places = "".join(str(DIGITS.index(char)) for char in decimals if char in DIGITS)
    return Fraction(total + digit) + (Fraction(int(places), 10 ** len(places)) if places else 0)


def scopes(folded: str) -> set[str]:
    """The kinds of quantifier in folded text."""
    return {name for name, pattern in _SCOPES.items() if pattern.search(folded)}


def _strength(text: str) -> str:
    found = modality.strength(text)
    return "" if found == "ongoing" else found
