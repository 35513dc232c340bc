"""From the bytes of a CSV file to its text: byte order marks, UTF-8, UTF-16, then the old Chinese and Western charsets.

A file in an old charset does not say in which. Both Chinese ones decode almost anything, so the one in which most
characters are everyday ones (level 1 of its standard) is taken.
"""

import codecs
import re
from itertools import islice

from annotations.rules.errors import Unreadable, noop

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
#: charset, the standard that ranks its characters, first bytes of punctuation and level 1 there.
_CHINESE = (
    ("gb18030", "gb2312", frozenset((0xA1, 0xA2, 0xA3, *range(0xB0, 0xD8)))),
    ("cp950", "big5", frozenset(range(0xA1, 0xC7))),
)
_SAMPLE = 5_000
_EVERYDAY = 0.6
_NOT_ASCII = re.compile("[^\x00-\x7f]")


def decode(data: bytes, filename: str) -> str:
    """The text of the file. Raises Unreadable when no charset fits."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], (charset,), filename)
    if b"\x00" in data[:_SAMPLE]:
        return _strictly(data, _utf16_order(data[:_SAMPLE]), filename)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, _old_order(data), filename)


def _strictly(data: bytes, charsets: tuple[str, ...], filename: str) -> str:
    for charset in charsets:
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    message = noop("%(name)s is text in an unknown or damaged character set. Save it as “CSV UTF-8” and send it again.")
    raise Unreadable("table-charset", message, name=filename)


def _utf16_order(sample: bytes) -> tuple[str, ...]:
    """ASCII letters have their zero byte second in little endian, first in big endian."""
    little = sample[1::2].count(0) >= sample[0::2].count(0)
    return ("utf-16-le", "utf-16-be") if little else ("utf-16-be", "utf-16-le")


def _old_order(data: bytes) -> tuple[str, ...]:
    """The charsets worth trying, most likely first; Western comes before unlikely Chinese."""
    shares = {charset: _everyday(data, charset, rank, leads) for charset, rank, leads in _CHINESE}
    ordered = sorted(shares, key=lambda charset: -shares[charset])
    likely = tuple(charset for charset in ordered if shares[charset] >= _EVERYDAY)
    return (*likely, "cp1252", *ordered)


def _everyday(data: bytes, charset: str, rank: str, leads: frozenset[int]) -> float:
    """The share of everyday characters among the first non-ASCII ones, 0 to 1."""
    text = data.decode(charset, "replace")
    found = [match[0].encode(rank, "ignore")[:1] for match in islice(_NOT_ASCII.finditer(text), _SAMPLE)]
    return sum(lead != b"" and lead[0] in leads for lead in found) / len(found) if found else 0.0
