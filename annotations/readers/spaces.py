"""White space in text that flows: what a browser makes of it, with no spaces where Chinese lines are joined."""

import re

from annotations.readers.hanzi import is_wide

_SPACE = re.compile(r"[ \t\n\r\f]+")


def collapse(text: str) -> str:
    """White space as a browser shows it; a line break between two wide characters is nothing at all (CSS Text 3)."""

    def gap(match: re.Match[str]) -> str:
        before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        nothing = "\n" in match[0] and before and after and is_wide(before) and is_wide(after)
        return "" if nothing else " "

    return _SPACE.sub(gap, text).strip()
