"""Search terms: what a sentence puts into the index and what a query asks of it, alike on SQLite and PostgreSQL.

Layout: a run of unspaced characters c1 c2 c3 gives the terms c1c2, c2c3, c3; a word gives itself; a mark and a gap
between two characters give one term each.  Every unit therefore has exactly one position, a phrase is a row of terms,
and a single character is found as the prefix of a term: exact answers for queries of one, two and more characters.
After them come the values of the numbers (numbers.py): no phrase reaches over its last word, so they break none.

Neither database may analyse the terms again.  FTS5 needs `tokenize="unicode61 remove_diacritics 0"`, whose tables are
older than some scripts, so everything it might not take for a letter is spelled in private-use letters.
PostgreSQL gets a literal; it keeps 255 positions of one term, which a sentence of 500 code points reaches only by
repeating one character.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from operator import add

from annotations.text import numbers
from annotations.text.units import WORD, Unit, phrases, plain_units

GAP_TERM = "\ue001"
SPELLED = "\ue000"
# Letters that unicode61 knows and leaves alone; CJK blocks as they were in Unicode 6.1.
PLAIN = "0-9a-zα-ωа-яѐ-џぁ-ゖァ-ヺー㐀-䶵一-鿌가-힣\U00020000-\U0002a6d6"
OTHER = re.compile(f"[^{PLAIN}]")
LONGEST = 64  # longer words are indexed by their beginning and a hash: a tsvector takes no term over 2,046 bytes
LAST_POSITION = 16_383  # of a tsvector
POSITIONS = 255
LARGEST, ROOM = 900_000, 12  # bytes of a tsvector, which holds 2^20; what a term needs beside its letters
WORDS = re.compile(f"{WORD}+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms that must follow each other; with `prefix` the last one is only the beginning of a term."""

    terms: tuple[str, ...]
    prefix: bool = False


def index_tokens(folded: str) -> list[str]:
    """The terms of a folded sentence, in order of position (the first has position 1), then its numbers."""
    return [*terms(plain_units(folded)), *numbers.terms(folded)]


def words_of(folded: str) -> set[str]:
    """The words of a folded text: what can be found by a part of a word."""
    return set(WORDS.findall(folded))


def query_phrases(query: str) -> list[Phrase]:
    """What the index must hold for a query, in either script: all of these phrases.  None for an empty query."""
    return [to_phrase(phrase) for phrase in phrases(query)]


def to_phrase(phrase: Sequence[Unit]) -> Phrase:
    """A phrase of terms: what follows its last character is unknown, so that is asked for by the pair before it."""
    found = terms(phrase)
    if phrase[-1].kind != "chars":
        return Phrase(tuple(found))
    if len(phrase[-1].text) > 1:
        return Phrase(tuple(found[:-1]))
    return Phrase(tuple(found), prefix=True)


def terms(found: Iterable[tuple[str, str]]) -> list[str]:
    """The terms of units: one for each character of a run, one for every other unit."""
    out: list[str] = []
    for kind, text in found:
        if kind == "chars":
            chars = list(map(spell, text)) if OTHER.search(text) else text
            out += map(add, chars, chars[1:])
            out.append(chars[-1])
        elif kind == "gap":
            out.append(GAP_TERM)
        else:
            out.append(spell(text))
    return out


@lru_cache(maxsize=4096)
def spell(text: str) -> str:
    """A word, character or mark in letters that every tokeniser keeps; different texts stay different."""
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + SPELLED + blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()
    return OTHER.sub(lambda match: f"{SPELLED}{ord(match[0]):06x}", text)


def fts5_match(found: Sequence[Phrase]) -> str:
    """The FTS5 MATCH string of a query; empty when it asks for nothing (MATCH takes no empty string: ask first)."""
    return " AND ".join(f'"{" ".join(phrase.terms)}"{" *" if phrase.prefix else ""}' for phrase in found)


def tsquery(found: Sequence[Phrase]) -> str:
    """The tsquery literal of a query, to be cast with ::tsquery; empty when it asks for nothing."""
    return " & ".join(f"({' <-> '.join(map(lexeme, phrase.terms))}{':*' if phrase.prefix else ''})" for phrase in found)


def tsvector_literal(found: Sequence[str]) -> str:
    """The tsvector literal of the terms of a sentence or an entry, to be cast with ::tsvector.

    What stands beyond the last position of a tsvector is found as a word, not in a phrase; what is beyond its size is
    not found. Both are far beyond any sentence: notes of 16,000 characters, sources with quotations of 80,000."""
    places: dict[str, list[int]] = {}
    size = 0
    for position, term in enumerate(found, 1):
        if term and (term in places or (size := size + len(term.encode()) + ROOM) < LARGEST):
            places.setdefault(term, []).append(min(position, LAST_POSITION))
    return " ".join(f"{lexeme(term)}:{','.join(map(str, at[:POSITIONS]))}" for term, at in places.items())


def lexeme(term: str) -> str:
    """A term quoted for tsvector and tsquery."""
    doubled = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
