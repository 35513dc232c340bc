"""Word lists as expressions over folded text: folding both sides is what makes one list serve both scripts."""

import re

from annotations.text.classes import fold_text


def any_of(*words: str) -> str:
    """A group that matches any of the words; several may stand in one string, parted by |. The longest match first."""
    single = {fold_text(word) for text in words for word in text.split("|")}
    return f"(?:{'|'.join(re.escape(word) for word in sorted(single, key=lambda word: (-len(word), word)))})"
