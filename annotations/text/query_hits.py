"""Where the words of a query stand, by brute force: the definition that the index must match."""

import re
from functools import lru_cache

from annotations.text import numbers
from annotations.text.classes import fold_text
from annotations.text.folding import fold, joined, part
from annotations.text.query import All, Node, Without, Words, words_of
from annotations.text.units import WORD

Span = tuple[int, int]


def find(text: str, query: Node) -> list[Span]:
    """Every hit in a text (one sentence, as a rule) as spans of the input, in order; empty when it does not fit."""
    folded = fold(text)
    return sorted({folded.span(*span) for span in spans(folded.text, query) or ()})


def count(folded: str, query: Node) -> int:
    """How many hits `find` gives in a text that is folded already."""
    return len(spans(folded, query) or ())


def fits(text: str, query: Node) -> bool:
    return spans(fold_text(text), query) is not None


def marks(text: str, query: Node) -> list[Span]:
    """Where any word that is asked for stands in one field of something, whether or not all others stand there, too."""
    folded = fold(text)
    found = {span for words in words_of(query, without=False) for span in _spans(folded.text, words)}
    return sorted({folded.span(*span) for span in found})


def spans(folded: str, query: Node) -> set[Span] | None:
    """The spans of all words that are asked for, in folded text; None when the text does not fit the query."""
    if isinstance(query, Words):
        return _spans(folded, query) or None
    if isinstance(query, Without):
        return set() if spans(folded, query.part) is None else None
    parts = [spans(folded, one) for one in query.parts]
    known = [found for found in parts if found is not None]
    if (isinstance(query, All) and len(known) < len(parts)) or not known:
        return None
    return set[Span]().union(*known)


def _spans(folded: str, words: Words) -> set[Span]:
    found = {match.span() for match in pattern(words).finditer(folded)}
    if words.value is None:
        return found
    same = {(number.start, number.end) for number in numbers.find(folded) if number.value == words.value}
    return found | {(a, b) for a, b in same if not any(a < end and start < b for start, end in found)}


@lru_cache(maxsize=256)
def pattern(words: Words) -> re.Pattern[str]:
    """A regular expression for words, over folded text; one that may go on takes its whole word."""
    parts = [part(unit) for unit in words.phrase]
    if words.opens:
        parts[0] = f"(?<!{WORD}){WORD}*?" + parts[0].removeprefix(f"(?<!{WORD})")
    if words.goes_on:
        parts[-1] = parts[-1].removesuffix(f"(?!{WORD})") + f"{WORD}*"
    return joined(words.phrase, parts)
