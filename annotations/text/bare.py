"""A text as its words alone, to compare what was said: without marks, white space, case, width and script.

    bare = strip("“兩國 將…”")        # bare.words == "两国将" (folded), bare.place(0) == the offset of 兩

Words of scripts that part them stand one space apart; what a number holds (56.4, 1,000, -5) and signs that are read
out (%, €) stay. Everything is linear, and done by the string methods: a megabyte takes some 30 ms.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from annotations.text.classes import CLASSES, Classes
from annotations.text.folding import Folded, fold
from annotations.text.units import WORD

#: Stand for marks that are part of a number. Control characters fold to nothing, so these are free; and ASCII stays so.
POINT, THOUSANDS, MINUS, NOTHING = "\x01", "\x02", "\x03", "\x04"
INNER = f"{POINT}{THOUSANDS}"
_IN_NUMBER = (  # each begins with its mark: fast
    (".", re.compile(r"\.(?<=\d\.)(?=\d)"), POINT),
    ("．", re.compile(r"．(?<=\d．)(?=\d)"), POINT),
    (",", re.compile(r",(?<=\d,)(?=\d{3}(?!\d))"), THOUSANDS),
    *((mark, re.compile(rf"{mark}(?<![0-9A-Za-z—–−-]{mark})(?=\d)"), MINUS) for mark in "-−－"),
)
_READ_OUT = frozenset("%‰‱°§+=×÷±")
_NEEDLESS = re.compile(f" (?:(?!{WORD}|{MINUS})|(?<!{WORD} ))")
TOKEN = re.compile(f"{MINUS}?{WORD}+(?:[{INNER}]{WORD}+)*|[^ ]")
BLOCK = 4096


class Words(Classes):
    """The fold in which marks count as a space; `odd` as there."""

    def work_out(self, char: str) -> str:
        if char in (POINT, THOUSANDS, MINUS):
            return char
        return "".join(one if one.isalnum() or _read_out(one) else " " for one in CLASSES[ord(char)])


def _read_out(char: str) -> bool:
    return char in _READ_OUT or unicodedata.category(char) == "Sc"


WORDS = Words()
WORDS.clear()  # what Classes knows beforehand holds marks, too


class Token(NamedTuple):
    """A word, or one character where words are not parted; `start`, `end` in the text it came from."""

    text: str
    start: int
    end: int

    @property
    def weight(self) -> int:
        """How much it says: a word about as much as two characters."""
        return 2 if len(self.text) > 1 else 1


@dataclass(frozen=True, slots=True)
class Bare:
    """`words` to search in; `folded.text` is the same with every space, one code point for each of the fold."""

    folded: Folded
    words: str
    counts: list[int] = field(default_factory=list)  # of code points that are no space, before each block

    def place(self, at: int) -> int:
        """Where code point `at` of the words stands in the fold."""
        marked = self.folded.text
        if not self.counts:
            self.counts.append(0)
            for start in range(0, len(marked), BLOCK):
                part = marked[start : start + BLOCK]
                self.counts.append(self.counts[-1] + len(part) - part.count(" "))
        wanted = at - self.words.count(" ", 0, at)
        block = bisect_right(self.counts, wanted) - 1
        left = wanted - self.counts[block]
        for place in range(block * BLOCK, len(marked)):
            if marked[place] != " ":
                if not left:
                    return place
                left -= 1
        return len(marked)

    def tokens(self, start: int, end: int) -> Iterator[Token]:
        """The tokens of words[start:end], which is not empty and cuts no token."""
        plain = isinstance(self.folded.index, range)  # one code point for each: nothing to look up
        for match in TOKEN.finditer(self.folded.text, self.place(start), self.place(end - 1) + 1):
            yield Token(match[0], *match.span()) if plain else Token(match[0], *self.folded.span(*match.span()))

    def find(self, words: str, start: int = 0, stop: int | None = None) -> int:
        """Where these words stand next, as whole words, within words[start:stop]; -1 when they do not."""
        at = self.words.find(words, start, stop)
        while at >= 0 and not (self.parted(at) and self.parted(at + len(words))):
            at = self.words.find(words, at + 1, stop)
        return at

    def parted(self, at: int) -> bool:
        """Whether no token is cut at this place of the words: 33 does not stand in 233, nor in 33.5."""
        pair = self.words[max(at - 1, 0) : at + 1] if at else ""
        return len(pair) < 2 or not _JOINED.fullmatch(pair)


_JOINED = re.compile(f"(?:{WORD}|[{INNER}{MINUS}])(?:{WORD}|[{INNER}])")


def strip(text: str) -> Bare:
    """The words of a text."""
    for free in (POINT, THOUSANDS, MINUS):
        text = text.replace(free, NOTHING)
    for mark, pattern, private in _IN_NUMBER:
        if mark in text:
            text = pattern.sub(private, text)
    folded = fold(text, WORDS)
    return Bare(folded, _NEEDLESS.sub("", " ".join(folded.text.split())))
