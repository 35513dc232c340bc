"""A query in the languages of the two indexes: FTS5 MATCH and tsquery, over the terms of tokens.py."""

from collections.abc import Iterable, Mapping, Sequence

from annotations.text import numbers
from annotations.text.query import All, Any, Node, Without, Words
from annotations.text.tokens import LONGEST, Phrase, lexeme, to_phrase
from annotations.text.units import Unit

#: For each part of a word: the words of the index that hold it.
Known = Mapping[Words, Sequence[str]]
NOTHING = Phrase((f"{numbers.TERM}none",))


def needs_words(words: Words) -> bool:
    """Whether the index alone cannot find it: its first letters are unknown, or too many for a prefix of a term."""
    return words.opens or (words.goes_on and len(words.phrase[-1].text) > LONGEST // 2)


def phrases(words: Words, known: Known) -> list[Phrase]:
    """The phrases one of which must stand in the index."""
    if not needs_words(words):
        found = [_prefix(words.phrase) if words.goes_on else to_phrase(words.phrase)]
        return found if words.value is None else [*found, Phrase((numbers.term(words.value),))]
    place = 0 if words.opens else len(words.phrase) - 1
    units = [_with(words.phrase, place, word) for word in known.get(words, ())]
    still = words.goes_on and words.opens and len(words.phrase) > 1
    return [(_prefix if still else to_phrase)(phrase) for phrase in units] or [NOTHING]


def _with(phrase: Sequence[Unit], place: int, word: str) -> tuple[Unit, ...]:
    return (*phrase[:place], Unit("word", word), *phrase[place + 1 :])


def _prefix(phrase: Sequence[Unit]) -> Phrase:
    return Phrase(to_phrase(phrase).terms, prefix=True)


def fts5(query: Node, known: Known) -> str:
    """The MATCH string. FTS5 knows NOT only between two: what is taken away comes last."""
    if isinstance(query, Words):
        return _any(map(_fts5_phrase, phrases(query, known)), " OR ")
    if isinstance(query, Any):
        return _any((fts5(part, known) for part in query.parts), " OR ")
    if isinstance(query, Without):
        raise AssertionError("query.parse lets nothing be taken away but from something")
    wanted = _any((fts5(part, known) for part in _wanted(query)), " AND ")
    gone = [fts5(part.part, known) for part in query.parts if isinstance(part, Without)]
    return f"({wanted} NOT {_any(gone, ' OR ')})" if gone else wanted


def _wanted(query: All) -> list[Node]:
    return [part for part in query.parts if not isinstance(part, Without)]


def tsquery(query: Node, known: Known) -> str:
    """The tsquery literal, to be cast with ::tsquery."""
    if isinstance(query, Words):
        return _any(map(_lexemes, phrases(query, known)), " | ")
    if isinstance(query, Without):
        return f"!{_group(tsquery(query.part, known))}"
    return _any((tsquery(part, known) for part in query.parts), " | " if isinstance(query, Any) else " & ")


def _any(parts: Iterable[str], sign: str) -> str:
    known = list(parts)
    return known[0] if len(known) == 1 else f"({sign.join(known)})"


def _group(text: str) -> str:
    return text if text.startswith("(") else f"({text})"


def _fts5_phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.terms)}"{" *" if phrase.prefix else ""}'


def _lexemes(phrase: Phrase) -> str:
    return f"({' <-> '.join(map(lexeme, phrase.terms))}{':*' if phrase.prefix else ''})"
