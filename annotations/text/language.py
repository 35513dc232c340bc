"""Which of zh-Hans, zh-Hant and en a text is written in, by its characters; und when that does not tell."""

import re
from collections import Counter
from functools import cache

SAMPLE = 10_000  # code points looked at; a text does not change its script after that
ENGLISH = frozenset("the of and to in is that for on with as by are be this it was from an at or which".split())
ENGLISH_SHARE = 0.08  # of all words; running English has 0.3, French or German 0.03

_HAN = re.compile("[㐀-䶿一-鿿豈-﫿\U00020000-\U000323af]")
_KANA_HANGUL = re.compile("[ぁ-ゖァ-ヺ가-힣]")
_WORD = re.compile(r"[^\W\d_]+", re.ASCII)


def detect(text: str) -> str:
    """The language of a text. A few characters of the other script, as converters leave them, do not matter."""
    sample = text[:SAMPLE]
    chars = Counter(sample)
    han = _count(chars, _HAN)
    words = _WORD.findall(sample.lower())
    if han < max(1, len(words)):
        return "en" if sum(word in ENGLISH for word in words) > ENGLISH_SHARE * len(words) else "und"
    return "und" if _count(chars, _KANA_HANGUL) * 20 > han else _script(chars)


def _count(chars: Counter[str], kind: re.Pattern[str]) -> int:
    return sum(map(chars.__getitem__, kind.findall("".join(chars))))


def _script(chars: Counter[str]) -> str:
    traditional, simplified = scripts()
    lead = sum(map(chars.__getitem__, traditional.intersection(chars)))
    lead -= sum(map(chars.__getitem__, simplified.intersection(chars)))
    if lead == 0:
        return "und"
    return "zh-Hant" if lead > 0 else "zh-Hans"


@cache
def scripts() -> tuple[frozenset[str], frozenset[str]]:
    """Characters of only Traditional and of only Simplified text: those that one national standard has, the other not.

    GB 2312 is the Simplified standard, Big5 the Traditional one; what both have (里, 后, 于) tells nothing.
    """
    unified = [chr(code) for code in range(0x4E00, 0x9FA6)]
    simplified = {char for char in unified if _has("gb2312", char)}
    traditional = {char for char in unified if _has("big5", char)}
    return frozenset(traditional - simplified), frozenset(simplified - traditional)


def _has(codec: str, char: str) -> bool:
    return bool(char.encode(codec, "ignore"))


def standard(tag: str | None) -> str:
    """The code of LANGUAGES for a tag that a file states (zh-CN, zh_TW, en-GB); "" for another or none."""
    parts = (tag or "").lower().replace("_", "-").split("-")
    if parts[0] == "en":
        return "en"
    if parts[0] != "zh" or len(parts) == 1:
        return ""
    if {"hant", "tw", "hk", "mo"} & set(parts):
        return "zh-Hant"
    return "zh-Hans" if {"hans", "cn", "sg", "my"} & set(parts) else ""
