"""Words that cannot stand alone in a statement, with what could replace them (UX.md 4.12). The passage never changes.

Rules: text/wording_rules.py. Spans are code points of the text given, half-open.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from annotations.text.classes import fold_text
from annotations.text.folding import fold
from annotations.text.wording_rules import DETERMINER, RULES

#: Offers that move the reference year, by the word found.
YEARS = {"year": 0, "year-1": -1, "year-2": -2, "year+1": 1}


@dataclass(frozen=True, slots=True)
class Context:
    """What the document knows: its reference year, who speaks, who acts, the speaker's country, the text before."""

    year: int | None = None
    speaker: str = ""
    actor: str = ""
    country: str = ""
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class Dependent:
    """text[start:end] depends on something outside. `kind`: a code of WORDING_PROBLEMS.

    `replacements`: words to put in its place, best first; () = a person has to find them, ("",) = leave it out.
    """

    start: int
    end: int
    text: str
    kind: str
    replacements: tuple[str, ...] = ()


def stands_alone_problems(text: str, context: Context | None = None) -> list[Dependent]:
    """Every dependent word of a statement, in order, without overlaps (the longest counts); [] when it stands alone."""
    known = context or Context()
    folded = fold(text)
    found: list[Dependent] = []
    for start, end, kind, offer in sorted(_matches(folded.text), key=lambda hit: (hit[0], -hit[1])):
        start, end = folded.span(start, end)
        if found and start < found[-1].end:
            continue
        words, end = _named(text, start, end, known) if offer == "title" else ("", end)
        offered = (words,) if words else _offers(offer, text[start:end], known)
        found.append(Dependent(start, end, text[start:end], kind, offered))
    return found


def _matches(folded: str) -> Iterator[tuple[int, int, str, str]]:
    for kind, pattern, offer in RULES:
        for match in pattern.finditer(folded):
            yield match.start("word"), match.end("word"), kind, offer


def _offers(offer: str, word: str, known: Context) -> tuple[str, ...]:
    if offer == "drop":
        return ("",)
    if offer in YEARS and known.year is not None:
        year = known.year + YEARS[offer]
        english = f"In {year}" if word[0].isupper() else f"in {year}"
        return (english if word.isascii() else f"{year}年",)
    if offer == "year-prefix" and known.year is not None:
        return (f"{known.year}年{word}",)
    names = {"who": (known.actor, known.speaker), "speaker": (known.speaker,), "country": (known.country,)}
    return tuple(dict.fromkeys(name for name in names.get(offer, ()) if name))


def _named(text: str, start: int, end: int, known: Context) -> tuple[str, int]:
    """The 《title》 before that 该契约 points at, and the end of its noun; ("", end) when none fits."""
    head = DETERMINER.match(fold_text(text[start:end]))
    noun_at = start + (head.end() if head else 0)
    rest = fold_text(text[noun_at : noun_at + 12])
    best = ("", end, 1)
    for title in _titles(known.earlier):
        ending = fold_text(title[1:-1])
        length = next((size for size in range(min(len(ending), len(rest)), 1, -1) if ending.endswith(rest[:size])), 0)
        if length >= max(2, best[2]):
            best = (title, noun_at + length, length)
    return best[0], best[1]


def _titles(text: str) -> Iterator[str]:
    at = text.find("《")
    while at >= 0:
        end = text.find("》", at)
        if end < 0:
            return
        yield text[at : end + 1]
        at = text.find("《", end)


def apply(text: str, dependents: list[Dependent]) -> str:
    """The text with the first replacement of each dependent word that has one: a proposal to edit."""
    out, at = [], 0
    for word in dependents:
        if word.replacements:
            out += [text[at : word.start], word.replacements[0]]
            at = word.end
    return ("".join(out) + text[at:]).lstrip(" ,，、:：") or text
