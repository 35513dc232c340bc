"""Who says a passage, in which voice, how strongly: proposed from quotation marks, 《》, speech verbs (UX.md 4.8).

Offsets are code points within the paragraph (clean text), half-open. Everything here is a first guess in lighter ink.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotations.text import english_speech, modality, speech
from annotations.text.sentences import split
from annotations.text.speakers import Speaker

MARKS = (("“", "”"), ("「", "」"), ("『", "』"), ('"', '"'))
#: A quotation shorter than this, without a speaker, is a word set apart (“安全红线”) and no quotation.
QUOTED = 7
#: Code points read before a passage, and of its own beginning; no sentence that makes sense is longer.
BEFORE, HEAD = 800, 400


@dataclass(frozen=True, slots=True)
class Attribution:
    """Codes of VOICES, MODALITIES and KINDS, names as written; "" = nothing suggests it."""

    voice: str = "author"
    speaker: str = ""
    reported_via: str = ""  # the document named in the text
    modality: str = ""
    proposer: str = ""
    kind: str = "claim"  # a hint


def propose(paragraph: str, start: int, end: int, authors: Sequence[str] = ()) -> Attribution:
    """The attribution of paragraph[start:end]; `authors` of the document speak where nobody else does."""
    begin, stop = _sentence(paragraph, start)
    found = _quoted(paragraph, start, end) or _spoken(paragraph, begin, start, end)
    found = found or english_speech.after(paragraph[end : min(stop, end + HEAD)]) or Speaker("author")
    text = paragraph[start:end]
    strength = modality.strength(text, paragraph[begin:start])
    author = next(iter(authors), "")
    speaker = (found.name or author) if found.voice == "author" else found.name
    return Attribution(
        voice=found.voice,
        speaker=speaker,
        reported_via=found.via,
        modality=strength,
        proposer=speech.proposer(text[:HEAD]) or speaker,
        kind=modality.kind(text, strength),
    )


def _sentence(paragraph: str, at: int) -> tuple[int, int]:
    """The sentence at a place, from at most BEFORE code points before it."""
    for start, end in split(paragraph, 0, len(paragraph), len(paragraph) + 1):
        if at < end:
            return max(min(start, at), at - BEFORE), end
    return at, len(paragraph)


def _spoken(paragraph: str, begin: int, start: int, end: int) -> Speaker | None:
    """The speaker named in the sentence before the passage, else at the beginning of the passage itself."""
    before, earlier, head = paragraph[begin:start], paragraph[:begin], paragraph[start : min(end, start + HEAD)]
    return (
        speech.governing(before, earlier)
        or english_speech.before(before)
        or speech.opening(before, head, earlier)
        or english_speech.opening(head)
    )


def _quoted(paragraph: str, start: int, end: int) -> Speaker | None:
    """The speaker of the quotation that the passage lies in, or that makes up a good part of it."""
    for opening, closing in quotations(paragraph):
        inside = opening <= start and end <= closing
        within = start <= opening and closing <= end and (closing - opening) * 2 >= end - start
        if not inside and not within:
            continue
        begin, _ = _sentence(paragraph, opening)
        before = paragraph[begin:opening]
        found = speech.governing(before, paragraph[:begin], quoted=True) or english_speech.before(before)
        found = found or english_speech.after(paragraph[closing : closing + HEAD])
        if found and found.voice in ("indirect", "document") and inside:
            return replace(found, voice="direct_quote") if found.voice == "indirect" else found
        if closing - opening - 2 >= QUOTED and not found:
            return Speaker("collective_unnamed")
    return None


def quotations(text: str) -> list[tuple[int, int]]:
    """Spans of quotations with their marks, in order; the outermost only. A mark without a partner opens nothing."""
    found: list[tuple[int, int]] = []
    for opening, closing in MARKS:
        for match in re.finditer(f"{opening}[^{opening}{closing}]*{closing}", text):
            found.append(match.span())
    return sorted(span for span in found if not any(a <= span[0] and span[1] <= b for a, b in found if (a, b) != span))
