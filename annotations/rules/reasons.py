"""The table of reasons for which something is suggested, each with the words that it is told in. A suggester that has
other reasons adds its codes here; one that is not here is told by its words alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from annotations.rules.errors import Msgid, noop, render
from annotations.rules.vocabulary import CUES

#: Parameters: first, second (the words it rests on, in their order), words (all of them).
REASONS: Mapping[str, str] = {
    "same_words": noop("the same words"),
    "changed": noop("“%(first)s” → “%(second)s”"),
    "left_out": noop("without “%(first)s”"),
    "added": noop("with “%(first)s”"),
    "close": noop("close to “%(first)s”, which was accepted here"),
    "close_example": noop("close to “%(first)s”, an example of the codebook"),
}
#: A cue of a claim or proposal, with the words of the passage that it rests on.
CUE = noop("%(cue)s: %(words)s")


def told(reason: Mapping[str, Any], translate: Callable[[str], str] = noop) -> str:
    """One reason in words."""
    words: Sequence[str] = [str(word) for word in reason.get("words") or ()]
    code = str(reason.get("code"))
    template = REASONS.get(code)
    if template is None:
        return of_cue(code, ", ".join(words), translate)
    first, second = (*words, "", "")[:2]
    return render(template, {"first": first, "second": second, "words": ", ".join(words)}, translate)


def of_cue(code: str, words: str, translate: Callable[[str], str]) -> str:
    """A cue of CUES by its name, with its words if it rests on any."""
    if code not in CUES:
        return words
    label = CUES.label(code)
    return render(CUE, {"cue": Msgid(label), "words": words}, translate) if words else translate(label)
