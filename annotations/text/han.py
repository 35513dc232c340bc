"""What counts as a Han (or other unspaced) character, and what a pinyin gloss looks like.  Ranges: Unicode 15."""

import re
from collections.abc import Iterator

from annotations.text.fold_table import FROM

# Inside a character class: Chinese characters only.
HAN = "〇々㐀-䶿一-鿿豈-﫿\U00020000-\U000323af"
# Inside a character class: scripts written without spaces between words, searched by any substring.
UNSPACED = HAN + "〡-〩〻ぁ-ゖゝ-ゟァ-ヺー-ヿㇰ-ㇿㄅ-ㄯㆠ-ㆿᄀ-ᇿ㄰-㆏가-힣"

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
TONE_MARKS = "\u0300\u0301\u0304\u030c"
# One syllable with its tone, precomposed or with a combining mark; never plain letters: (men), (AI) and (api) are text.
SYLLABLE = f"[a-zü]{{0,4}}(?:[{TONED}]|[a-zü]\u0308?[{TONE_MARKS}])[a-zü]{{0,3}}"
GLOSS = re.compile(rf"\((?<=[{HAN}]\(){SYLLABLE}\)(?:\({SYLLABLE}\))*")  # begins with its rarest character: fast

IS_HAN = re.compile(f"[{HAN}]")
# Characters whose Simplified (or common) form differs: only these are glossed by the converter we repair.
CONVERTIBLE = frozenset(FROM)


def glosses(text: str) -> Iterator[tuple[int, int]]:
    """Spans of pinyin in parentheses that stand directly after a Han character, as in 國務(wù)院."""
    return (match.span() for match in GLOSS.finditer(text))
