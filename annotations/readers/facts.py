"""What a file states about itself: title, people, publisher, date, language, address; without what programs invent."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from annotations.readers.hanzi import is_han
from annotations.readers.spaces import collapse
from annotations.records import Notice, SourceText
from annotations.text.blocks import Block
from annotations.text.cleaning import normalise

MAX_LENGTH = 500  # code points; a longer "title" is somebody's paragraph
TRADITIONAL_REGIONS = frozenset(("tw", "hk", "mo", "hant"))
SIMPLIFIED_REGIONS = frozenset(("cn", "sg", "my", "hans"))

_DATE = re.compile(r"\s*(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?)?(?!\d)")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_URL = re.compile(r"https?://[^\s<>\"\x00-\x1f]+", re.I)
_AUTHOR_BREAK = re.compile(r"\s*[;；、|]\s*")
_PROGRAM_TITLE = re.compile(
    r"untitled.*|microsoft (?:word|powerpoint) - .*|无标题.*|document\d*|文档\s?\d+|.+\.(?:docx?|pdf|indd|wps)", re.I
)
_PROGRAM_USER = re.compile(
    r"admin(?:istrator)?|user|unknown|windows 用户|微软用户|python-docx|anonymous|\(?anonymous\)?", re.I
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts as the file states them; None or () where it says nothing. Nobody has confirmed them yet."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published_date: str | None = None
    language: str | None = None
    url: str | None = None

    def or_else(self, other: "Facts") -> "Facts":
        """These facts, the gaps filled from `other`."""
        return replace(other, **{name: value for name in self.__slots__ if (value := getattr(self, name))})

    def source(
        self,
        text: str,
        blocks: tuple[Block, ...],
        reader: str,
        *,
        charset: str | None = None,
        rules: tuple[str, ...] = (),
        notices: tuple[Notice, ...] = (),
    ) -> SourceText:
        """The finished record: text, blocks and these facts."""
        stated = {name: getattr(self, name) for name in self.__slots__}
        return SourceText(text, blocks, reader, charset, rules=rules, notices=notices, **stated)


def words(value: str | None) -> str | None:
    """One line of text without control characters, or None when there is none or too much of it."""
    line = collapse(_CONTROLS.sub("", normalise(value or "")))
    return line if 0 < len(line) <= MAX_LENGTH else None


def title(value: str | None) -> str | None:
    """A title, unless a program made it up (a file name, "Untitled")."""
    line = words(value)
    return None if line is None or _PROGRAM_TITLE.fullmatch(line) else line


def people(values: Iterable[str | None]) -> tuple[str, ...]:
    """Names, each once. Chinese names may stand in one string with spaces between; default user names are dropped."""
    found: dict[str, None] = {}
    for value in values:
        for part in _AUTHOR_BREAK.split(words(value) or ""):
            names = part.split() if all(is_han(c) or c.isspace() for c in part) else [part]
            found.update(dict.fromkeys(name for name in names if name and not _PROGRAM_USER.fullmatch(name)))
    return tuple(found)


def day(value: str | None) -> str | None:
    """An ISO 8601 date of the precision given (2025, 2025-07, 2025-07-26), or None when it is no date."""
    match = _DATE.match(value or "")
    if not match:
        return None
    year, month, dom = (int(part) if part else 0 for part in match.groups())
    try:
        date(year, month or 1, dom or 1)
    except ValueError:
        return None
    return "-".join((f"{year:04}", *(f"{part:02}" for part in (month, dom) if part)))


def language(value: str | None) -> str | None:
    """A language tag: zh-Hans, zh-Hant, or the primary subtag; None for a bare "zh", which does not say the script."""
    parts = re.split(r"[-_]", (value or "").strip().lower())
    if parts[0] != "zh":
        return parts[0] if re.fullmatch(r"[a-z]{2,3}", parts[0]) and parts[0] != "und" else None
    if TRADITIONAL_REGIONS.intersection(parts):
        return "zh-Hant"
    return "zh-Hans" if SIMPLIFIED_REGIONS.intersection(parts) else None


def url(value: str | None) -> str | None:
    """An absolute http(s) address, or None."""
    return value.strip() if value and len(value) <= 2000 and _URL.fullmatch(value.strip()) else None
