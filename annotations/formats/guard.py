"""Cells that no spreadsheet takes for a formula, and the way back (CWE-1236; research/domain.md 5.1).

A cell is dangerous when its first character that a spreadsheet would look at is one of = + - @, also in their
full-width and other compatibility forms, or when it begins with TAB, CR or LF. Such a cell gets one apostrophe in
front. A cell that already has apostrophes before such a character gets one more, so that `unguard` is exact.
"""

import re
from collections.abc import Sequence
from operator import itemgetter

#: = + - @ and every code point whose compatibility form (NFKC) is one of them.
TRIGGERS = "=+\\-@\u207c\u208c\ufe66\uff1d\u207a\u208a\ufb29\ufe62\uff0b\ufe63\uff0d\ufe6b\uff20"
# What a program may skip before it looks: spaces, byte order mark, zero-width and direction marks, controls.
_SKIPPED = "\\s\\x00-\\x1f\\x7f-\\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_DANGEROUS = re.compile(f"'*(?:[\t\r\n]|[{_SKIPPED}]*[{TRIGGERS}])")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SUSPECT = re.compile(f"['{TRIGGERS}{_SKIPPED}]")

#: First characters that need a closer look; every other cell is safe as it is.
SUSPECTS = frozenset(chr(code) for code in range(0x10000) if _SUSPECT.match(chr(code)))
_first = itemgetter(slice(0, 1))


def strip_controls(text: str) -> str:
    """The text without control characters (C0, DEL, C1); TAB, LF and CR stay."""
    return _CONTROLS.sub("", text)


def guard(text: str) -> str:
    """The text as a cell that is read as text: no control characters, an apostrophe where it would be a formula."""
    text = strip_controls(text)
    return "'" + text if _DANGEROUS.match(text) else text


def unguard(text: str) -> str:
    """What `guard` was given (less its control characters)."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text


def guard_row(row: Sequence[str]) -> Sequence[str]:
    """The same row when no cell begins with a suspect character (the usual case, decided without a Python loop)."""
    if SUSPECTS.isdisjoint(map(_first, row)):
        return row
    return [guard(cell) if cell[:1] in SUSPECTS else cell for cell in row]
