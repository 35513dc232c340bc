"""Word lists as expressions over folded text: folding both sides is what makes one list serve both scripts."""

import re

from annotations.text.classes import fold_text
from annotations.text.folding import fold


def any_of(*words: str) -> str:
    """A group that matches any of the words; several may stand in one string, parted by |. The longest match first."""
    single = {fold_text(word) for text in words for word in text.split("|")}
    return f"(?:{'|'.join(re.escape(word) for word in sorted(single, key=lambda word: (-len(word), word)))})"


def groups(pattern: re.Pattern[str], text: str) -> dict[str, str] | None:
    """The named groups of the first match in the folded text, as they are written in the text; None without a match."""
    folded = fold(text)
    match = pattern.search(folded.text)
    if match is None:
        return None
    spans = {name: match.span(name) for name in pattern.groupindex}
    return {name: text[slice(*folded.span(*span))] if span[0] < span[1] else "" for name, span in spans.items()}
