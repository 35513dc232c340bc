"""The table of reasons for which something is suggested, each with the words that it is told in. A suggester that has
other reasons adds its codes here; one that is not here is told by its words alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from annotations.rules.errors import noop, render

#: Parameters: first, second (the words it rests on, in their order), words (all of them).
REASONS: Mapping[str, str] = {
    "same_words": noop("the same words"),
    "changed": noop("“%(first)s” → “%(second)s”"),
    "left_out": noop("without “%(first)s”"),
    "added": noop("with “%(first)s”"),
}


def told(reason: Mapping[str, Any], translate: Callable[[str], str] = noop) -> str:
    """One reason in words."""
    words: Sequence[str] = [str(word) for word in reason.get("words") or ()]
    template = REASONS.get(str(reason.get("code")))
    if template is None:
        return ", ".join(words)
    first, second = (*words, "", "")[:2]
    return render(template, {"first": first, "second": second, "words": ", ".join(words)}, translate)
