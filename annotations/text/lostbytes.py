"""Give back characters that the same converter tore apart, where the bytes themselves prove what they were.

It handled GBK text byte by byte, so it also hit pairs that straddle two characters.  Two accidents are known:
- it flattened full-width punctuation: of 。現 (A1A3 AC46) the middle pair A3AC, the full-width comma, became "," and
  A1 became "?"; what is left is ?,F(xiàn);
- it glossed a pair that is no character there: of 變為 (D783 9EE9) the middle pair 839E is 優, so (yōu) was put inside,
  and 9E with the "(" became "?"; what is left is 變?yōu).  A lost byte also swallows the "&" of an entity: ?ldquo;
From there on the bytes pair up wrongly (主動 shows as 橹鲃) until an ASCII character or the next accident rights them.

Read backwards, all bytes but one are on the page.  A place is repaired only when a gloss at its end, or at its start,
names a character that the document glosses elsewhere with the same reading and that has exactly these bytes.  The one
byte that is gone for good is taken as
- A1, so that the first character is 。: when 現, a quotation mark, a bracket or a dash follows and the character before
  makes no word with one of the others that end in A3 (上海, 確保, 日常, 規模 ...);
- before an entity, the one very common character that fits (為 of all in row 9E), if there is exactly one.
Everything else stays raw.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from annotations.text.han import IS_HAN, SYLLABLE

Edit = tuple[int, int, str]
Readings = dict[str, frozenset[str]]

NAMES = "ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|nbsp|quot|amp|lt|gt|times|deg"
ENTITY = re.compile(rf"[?&](?:{NAMES});")
HEAD = rf"\?(?:(?P<gloss>{SYLLABLE})\)|(?P<flat>[!-~]))"
TAIL = rf"(?:(?P<trail>[@-~])(?:\((?P<proof>{SYLLABLE})\))+|\?(?P<cut>{SYLLABLE})\)|(?=\?(?:{NAMES});))"
PLACE = re.compile(rf"{HEAD}(?P<torn>[^\x00-\x7f]{{0,40}}){TAIL}(?:\({SYLLABLE}\))*")
# Very common Traditional characters outside GB 2312, the only ones that may fill a byte that is gone.
COMMON = frozenset(
    "們個來這國說時會學對過發為還後麼兒當沒樣經現無間點關開問題見動長兩從種聽給頭話實業電應體機氣產門進車東員書區與師報資內處結達總"
    "變條馬級設計認論術統義項專單運團議權約決傳連選導據轉歷軍織維價華僅際須構眾規劃觀歲節場響費語爾確難離領證識銀務張強視驗獨號顯態"
    "質護養雙創勞優範帶將萬億標準風險數網絡絕勢"
)
# What may follow a 。 whose first byte is gone, and the characters after which something else than 。 is likely.
AFTER_STOP = frozenset("現“”‘’「」『』《》〈〉【】—…")
BEFORE_OTHERS = frozenset(
    "上公沿南東北臨大深外內航領四渤黃近遠確環社醫擔勞投參中日非正經通異平反尋失超照時規建幸造祝民學高院黨軍本全名母駐"
    "暫叫調慶過富充寬安瀕顆微奇事遺痕懲處責刑崩擊負承牽拉逍飄疫水犯"
)


class Place(NamedTuple):
    """One damaged place: its kind, its raw span, and the edits that mend it."""

    kind: str
    start: int
    end: int
    edits: list[Edit]


def places(raw: str, glosses: tuple[tuple[int, int], ...], readings: Readings) -> Iterator[Place]:
    """The places that can be mended, in order and apart.  `glosses` are the spans that are left out anyway."""
    before = {end: raw[start - 1] for start, end in glosses}
    done = 0
    for match in re.finditer(r"[?&]", raw):
        at = match.start()
        if at < done:
            continue
        place = entity(raw, at) or torn(raw, at, before.get(at, raw[at - 1 : at]), readings)
        if place:
            done = place.end
            before[done] = place.edits[-1][2]
            yield place


def entity(raw: str, at: int) -> Place | None:
    """A character reference that lost its ampersand, or was never read."""
    match = ENTITY.match(raw, at)
    if not match:
        return None
    char = unescape(f"&{match[0][1:]}").replace("\u00a0", " ")
    return Place("broken-entity", at, match.end(), [(at, match.end(), char)])


def torn(raw: str, at: int, previous: str, readings: Readings) -> Place | None:
    """Characters whose bytes were paired wrongly, beginning at the "?" at `at`."""
    match = PLACE.match(raw, at)
    if not match:
        return None
    opening = opened(match, previous, readings)
    middle = encode(match["torn"])
    if opening is None or middle is None:
        return None
    chars = closed(match, opening + middle, readings)
    if not chars or (match["flat"] and not stopped(previous, chars)):
        return None
    atoms = spans(match)
    if len(atoms) == len(chars) + 1:
        atoms[-2:] = [(atoms[-2][0], atoms[-1][1])]
    if len(atoms) != len(chars):
        return None
    return Place("lost-bytes", at, match.end(), [(*atom, char) for atom, char in zip(atoms, chars, strict=True)])


def stopped(previous: str, chars: str) -> bool:
    """Whether the first character of a flattened place, of which one byte is left, can only be 。."""
    return IS_HAN.match(previous) is not None and previous not in BEFORE_OTHERS and chars[1:2] in AFTER_STOP


def opened(match: re.Match[str], previous: str, readings: Readings) -> bytes | None:
    """The bytes that stood where the place begins: 。 and a flattened pair, or the second half of a glossed pair."""
    if match["flat"]:
        return b"\xa1\xa3" + bytes([ord(match["flat"]) + 0x80])
    pair = encode(previous)
    leads = {code[1] for code in coded(match["gloss"], readings) if pair and len(pair) == 2 and code[0] == pair[1]}
    return bytes(leads) if len(leads) == 1 else None


def closed(match: re.Match[str], code: bytes, readings: Readings) -> str:
    """The characters of a place, or nothing when its end proves nothing."""
    if match["trail"]:
        chars = decode(code + match["trail"].encode())
        return chars if chars and chars[-1] in readings.get(match["proof"], ()) else ""
    if match["cut"]:
        ends = [pair for pair in coded(match["cut"], readings) if pair[0] == code[-1]]
        return decode(code[:-1] + ends[0]) if len(ends) == 1 else ""
    fitting = [char for trail in range(0x81, 0xFF) if (char := decode(bytes([code[-1], trail]))) in COMMON]
    rest = decode(code[:-1])
    return rest + fitting[0] if len(fitting) == 1 and (rest or len(code) == 1) else ""


def spans(match: re.Match[str]) -> list[tuple[int, int]]:
    """What is seen of a place, piece by piece: the "?" (with its gloss), each wrong character, and the end."""
    start, inner, end = match.start(), match.start("torn"), match.end("torn")
    pieces = [(start, start + 1), (start + 1, inner)] if match["flat"] else [(start, inner)]
    pieces += [(offset, offset + 1) for offset in range(inner, end)]
    return [*pieces, (end, match.end())] if match.end() > end else pieces


def coded(reading: str, readings: Readings) -> list[bytes]:
    """The GBK bytes of the characters that the document glosses with this reading."""
    return [pair for char in sorted(readings.get(reading, ())) if (pair := encode(char)) and len(pair) == 2]


def encode(text: str) -> bytes | None:
    """GBK bytes, or None for what GBK does not have."""
    try:
        return text.encode("gbk")
    except UnicodeEncodeError:
        return None


def decode(code: bytes) -> str:
    """The text of GBK bytes; empty when they are none."""
    try:
        return code.decode("gbk")
    except UnicodeDecodeError:
        return ""
