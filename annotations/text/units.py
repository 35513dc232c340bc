"""The units of folded text that search knows: runs of unspaced characters, words, marks, and the gaps between them.

The rule of adjacency, the same for a text, a query, the index and the brute-force search:
- unspaced characters (Han, kana, Hangul) are adjacent when nothing stands between them;
  a gap between two runs of them (spaces, hyphens, apostrophes) is a unit of its own;
- everywhere else a gap counts for nothing: AI治理 = AI 治理, red-teaming = red teaming, 80 % = 80%;
- every other mark is a unit: 80%算力 is not 80算力, 危机。现实 is not 危机现实.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import starmap
from typing import NamedTuple

from annotations.text.classes import fold_text
from annotations.text.han import UNSPACED

GAP = r"[\s_'-]"
ENCLOSED = "①-⓿❶-➓㈀-㋿"  # circled and bracketed numbers stand beside a word, they are no part of it
WORD = rf"[^\W_{UNSPACED}{ENCLOSED}]"
UNIT = re.compile(rf"(?P<chars>[{UNSPACED}]+)|(?P<word>{WORD}+)|(?P<gap>{GAP}+)|(?P<mark>.)", re.DOTALL)
QUOTED = re.compile(r'(?:^|(?<=\s))"([^"]+)"(?=\s|$)|(\S+)')


class Unit(NamedTuple):
    """`kind` is chars (a run of unspaced ones), word, mark (one mark or symbol) or gap (between two runs)."""

    kind: str
    text: str


def units(folded: str) -> Iterator[Unit]:
    """The units of folded text, in order; gaps only where they count."""
    return starmap(Unit, plain_units(folded))


def plain_units(folded: str) -> Iterator[tuple[str, str]]:
    """The same as plain pairs, for the index: it has hundreds of each page, and names them at once."""
    before = ""
    for match in UNIT.finditer(folded):
        kind = match.lastgroup or "mark"
        if kind == "gap":
            before += kind
            continue
        if before == "charsgap" and kind == "chars":
            yield "gap", " "
        before = kind
        yield kind, match[0]


@lru_cache(maxsize=256)
def phrases(query: str) -> tuple[tuple[Unit, ...], ...]:
    """The phrases of a query, all of which a sentence must hold: what white space separates, and "what is quoted".

    Marks around a phrase are left out (a pasted “智能鸿沟”。 asks for 智能鸿沟), unless it holds nothing else.
    """
    found = []
    for match in QUOTED.finditer(query):
        phrase = stripped(fold_text(match[1] or match[2]))
        if phrase and phrase not in found:
            found.append(phrase)
    return tuple(found)


def stripped(folded: str) -> tuple[Unit, ...]:
    """The units of one phrase without the marks around it, unless it holds nothing else."""
    phrase = tuple(units(folded))
    inner = [at for at, unit in enumerate(phrase) if unit.kind in ("chars", "word")]
    return phrase[inner[0] : inner[-1] + 1] if inner else phrase
