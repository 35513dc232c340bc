"""Bytes to text: which character set is this? Byte-order marks, then valid UTF-8, then how plausible each reading is.

charset-normalizer is right on long text and guesses on short text (four bytes of GB18030 are Big5 to it, German is
cp1250), so its word counts only where Chinese plausibility and the shape of Western text say nothing.
"""

import codecs
import re
from dataclasses import dataclass, replace
from itertools import product

from charset_normalizer import from_bytes

from annotations.readers.hanzi import plausibility

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CANDIDATES = ("gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")  # cp950: what Windows adds to Big5
# What a page may call itself, and what that means (labels of the WHATWG Encoding Standard that lie most often).
LABELS = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
}  # fmt: skip
DECLARABLE = ("gb", "big5", "cp", "windows-", "iso-8859", "koi8", "shift", "euc", "ks_c", "mac")
#: Sets whose strict reading is seldom an accident, though few of its characters are common in Chinese.
OTHER_EAST_ASIAN = ("shift", "euc", "ks_c", "cp932", "cp949")
IANA = {"big5hkscs": "big5-hkscs", "cp950": "big5", "cp932": "shift_jis", "cp949": "euc-kr", "cp936": "gbk"} | {
    f"cp{number}": f"windows-{number}" for number in range(1250, 1259)
}
PLAUSIBLE = 0.3
GUESS_BYTES = 65_536
LOSS = 0.02  # a larger share of undecodable places means another character set, not damage
MAX_CONTROLS = 0.02

_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]+")
_WESTERN_RUN = re.compile(r"[\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}")
_SIGN_IN_WORD = re.compile(r"[A-Za-z][\xa1-\xac\xae-\xb6\xb8-\xbf][a-z]")  # s¹dz: Central European read as Western
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text (byte-order mark removed), the character set it was in, how many places could not be decoded.

    `guessed`: nothing but statistics speaks for this character set, so a person should look.
    """

    text: str
    charset: str
    lost: int = 0
    guessed: bool = False


def decode(data: bytes, guess: bool = True) -> Decoded | None:
    """Decode the bytes of a text file; None when no character set gives text, or only charset-normalizer finds one."""
    ways = (_marked, _by_nuls, _utf8, _by_plausibility, _western, _damaged)
    for way in (*ways, _guessed) if guess else ways:
        found = way(data)
        if found is not None:
            return found
    return None


def decode_declared(data: bytes, label: str | None) -> Decoded | None:
    """As decode(), but a character set that the file itself names is tried after a mark and valid UTF-8."""
    found = _marked(data) or _by_nuls(data) or _utf8(data)
    if found is None and label:
        name = _named(label)
        found = _strict(data, name) if name.startswith(DECLARABLE) else None
    return found or decode(data)


def decode_told(data: bytes, label: str) -> Decoded | None:
    """As a server says that a text is written; None where the bytes say otherwise: by a mark, as valid UTF-8,
    by what cannot be decoded so, or because they read as Chinese in another set. Servers name one set for all pages."""
    name = _named(label)
    if not name.startswith(DECLARABLE) or _marked(data) or _by_nuls(data) or _strict(data, "utf-8"):
        return None
    reading = _western(data) if name == "cp1252" else _strict(data, name)
    if reading is None or name.startswith(OTHER_EAST_ASIAN) or plausibility(reading.text) >= PLAUSIBLE:
        return reading
    return None if _by_plausibility(data) else reading


def _named(label: str) -> str:
    """What a label of a page or a server means."""
    return LABELS.get(label.strip().lower(), label.strip().lower())


def iana(charset: str) -> str:
    """The name by which the world outside Python knows a character set."""
    return IANA.get(charset, charset.replace("_", "-"))


def is_binary(text: str) -> bool:
    """Whether too many control characters stand in this for it to be text (a stray NUL is only damage)."""
    sample = text[:GUESS_BYTES]
    return len(_CONTROLS.findall(sample)) > max(2, MAX_CONTROLS * len(sample))


def _strict(data: bytes, charset: str) -> Decoded | None:
    try:
        return Decoded(data.decode(charset), charset)
    except (ValueError, LookupError):
        return None


def _lenient(data: bytes, charset: str, errors: str = "replace") -> Decoded:
    text = data.decode(charset, errors)
    return Decoded(text, charset, text.count("\ufffd"))


def _replace_pair(error: UnicodeError) -> tuple[str, int]:
    """Error handler of two-byte sets: drops both bytes, because one byte would shift all that follows."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\ufffd", min(error.start + 2, len(error.object))


codecs.register_error("replace-pair", _replace_pair)


def _marked(data: bytes) -> Decoded | None:
    for mark, charset in MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], charset) or _lenient(data[len(mark) :], charset)
    return None


def _by_nuls(data: bytes) -> Decoded | None:
    """UTF-16 without a mark whose ASCII characters leave a NUL in every other byte (that would be valid UTF-8, too)."""
    sample = data[:4096]
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or max(high, low) * 10 < len(sample) or min(high, low) * 50 > len(sample):
        return None
    return _strict(data, "utf-16-le" if low > high else "utf-16-be")


def _utf8(data: bytes) -> Decoded | None:
    return _strict(data, "utf-8") or _if_damage_only(_lenient(data, "utf-8"))


def _by_plausibility(data: bytes) -> Decoded | None:
    """The most Chinese of the strict readings; the earlier candidate wins a tie."""
    names = CANDIDATES if len(data) % 2 == 0 else CANDIDATES[:3]
    readings = [reading for name in names if (reading := _strict(data, name))]
    best = max(readings, key=lambda reading: plausibility(reading.text), default=None)
    return best if best and plausibility(best.text) >= PLAUSIBLE else None


def _western(data: bytes) -> Decoded | None:
    """Windows-1252 (Latin-1 is part of it): few foreign letters, alone or in short runs, no signs inside words."""
    reading = _strict(data, "cp1252")
    if reading is None or _SIGN_IN_WORD.search(reading.text):
        return None
    runs = _FOREIGN_RUN.findall(reading.text)
    foreign = sum(map(len, runs))
    good = sum(len(run) for run in runs if _WESTERN_RUN.fullmatch(run))
    return reading if good >= 0.9 * foreign and foreign <= 0.3 * len(reading.text) else None


def _damaged(data: bytes) -> Decoded | None:
    """A Chinese text with a few broken bytes, as converters leave them."""
    for charset, errors in product(CANDIDATES[:2], ("replace-pair", "replace")):
        reading = _if_damage_only(_lenient(data, charset, errors))
        if reading and plausibility(reading.text) >= PLAUSIBLE:
            return reading
    return None


def _if_damage_only(reading: Decoded) -> Decoded | None:
    foreign = sum(map(len, _FOREIGN_RUN.findall(reading.text)))
    return reading if reading.lost <= LOSS * foreign else None


def _guessed(data: bytes) -> Decoded | None:
    best = from_bytes(data[:GUESS_BYTES]).best()
    if best is None:
        return None
    reading = replace(_lenient(data, best.encoding), guessed=True)
    return reading if reading.lost <= 1 + LOSS * len(reading.text) else None
