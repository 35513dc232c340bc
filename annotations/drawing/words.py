"""Words in a picture, which wraps nothing by itself: broken into lines by their width."""

from __future__ import annotations

import unicodedata

WIDE = ("W", "F")
ELLIPSIS = "…"


def width(text: str) -> int:
    """Roughly how wide text is: two for a Han character, one for a Latin letter, nothing for what combines."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in WIDE else 1 for char in text
    )


def lines(text: str, most: int, count: int) -> list[str]:
    """At most `count` lines of at most `most` widths, broken between words where there are spaces; the last one ends in
    an ellipsis when something is left out."""
    rest = " ".join(text.split())
    found: list[str] = []
    while rest and len(found) < count:
        end = _end(rest, most)
        if end < len(rest) and len(found) == count - 1:
            found.append(rest[: _end(rest, most - 1)].rstrip() + ELLIPSIS)
            break
        cut = end
        if end < len(rest):
            space = rest.rfind(" ", 1, end + 1)
            if space > 0 and width(rest[space:end]) < most // 2:
                cut = space
        found.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return found


def _end(text: str, most: int) -> int:
    """How many characters of the text fit."""
    used = 0
    for n, char in enumerate(text):
        used += width(char)
        if used > most:
            return max(n, 1)
    return len(text)
