"""The language of search: what a query asks for, as a tree of words, all, any, without, and the filters beside it.

    国际公共产品 治理          both, in either script        "red teaming"         right after each other
    安全 OR safety            one of them                   治理 -企业, NOT 企业    without
    (安全 OR safety) 标准      brackets                     *govern*, govern*     within a word, its beginning
    tag:风险 kind:claim by:李 in:白皮书 status:queued after:2025-01 before:2026

AND OR NOT are written in capitals. A number is found in every spelling of its value (numbers.py), a date in either
figures (spellings.py). Quotation marks make everything plain words: "tag:x", "OR". What cannot be understood is a
Fault, never a crash.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from annotations.text import numbers, spellings
from annotations.text.classes import fold_text
from annotations.text.number_words import SCALES
from annotations.text.query_tokens import Fault, Token, tokens
from annotations.text.units import Unit, phrases, stripped, units

#: What makes a number of the word before it: 350 million, 30 per cent, 5 亿.
AFTER_NUMBERS = re.compile(
    rf"{'|'.join(SCALES)}|half|thirds?|quarters?|fifths?|percent|percentage points?|cent|pct|points?|%|个百分点|[百千]"
    "|[十百千]?万?[万亿兆]|[mb]n|tn"
)
CURRENCY = re.compile(r"^(?:(?:us|nt|hk|rmb|cny|usd|eur)?[$€£¥]|(?:us|nt|hk)\$|rmb |usd |eur |cny )")
AROUND_NUMBERS = " \"'.,;:!?()<>[]"
LONGEST_NUMBER = 8  # words
STAR_INSIDE = re.compile(r"[^\W\d_]\*[^\W\d_]")
SHORTEST = 2  # letters that a part of a word has at least


@dataclass(frozen=True, slots=True)
class Words:
    """Units that follow each other. Open at an end: the word there may go on. `value`: a number in any spelling."""

    phrase: tuple[Unit, ...]
    opens: bool = False
    goes_on: bool = False
    value: Fraction | None = None


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Without:
    part: "Node"


Node = Words | All | Any | Without


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on what is found, not on its words, and where it stands in the query."""

    name: str
    value: str
    negative: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: words (None: whatever the filters leave) and filters."""

    words: Node | None
    filters: tuple[Filter, ...] = ()

    def __bool__(self) -> bool:
        return self.words is not None or bool(self.filters)


@lru_cache(maxsize=256)
def parse(text: str) -> Query:
    """The tree of a query; Fault for what cannot be understood. A query without a letter is empty, not a Fault."""
    rest, filters = _without_filters(tokens(text))
    words = _Parser(rest).all()
    if words is not None and not askable(words):
        raise Fault("only_without")
    return Query(words, tuple(filters))


def plain(text: str) -> Node | None:
    """All phrases of a text in which nothing is an operator, such as a quote; no number in another spelling."""
    return join(All, [Words(phrase) for phrase in phrases(text)])


def words_of(node: Node | None, without: bool = True) -> Iterator[Words]:
    """All words of a tree; those that must not stand there only with `without`."""
    if isinstance(node, Words):
        yield node
    elif isinstance(node, Without):
        if without:
            yield from words_of(node.part)
    elif node is not None:
        for part in node.parts:
            yield from words_of(part, without)


def askable(node: Node) -> bool:
    """Whether an index can be asked: what is taken away is taken away from something, never alone or beside OR."""
    if isinstance(node, Any):
        return all(map(askable, node.parts))
    if isinstance(node, All):
        wanted = [part for part in node.parts if not isinstance(part, Without)]
        gone = [part.part for part in node.parts if isinstance(part, Without)]
        return bool(wanted) and all(map(askable, [*wanted, *gone]))
    return isinstance(node, Words)


def _without_filters(found: list[Token]) -> tuple[list[Token], list[Filter]]:
    """Filters hold for the whole search, wherever they stand; beside OR and in brackets that would mislead."""
    rest: list[Token] = []
    filters: list[Filter] = []
    depth = 0
    for at, token in enumerate(found):
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if token.kind != "field":
            rest.append(token)
            continue
        negative = bool(rest) and rest[-1].name == "NOT" and rest[-1] is found[at - 1]
        before = found[at - 1 - negative].name if at > negative else ""
        if depth or before == "OR" or (at + 1 < len(found) and found[at + 1].name == "OR"):
            raise Fault("filter_inside", f"{token.name}:{token.text}")
        start = rest.pop().start if negative else token.start
        if rest and rest[-1].name == "AND" and before == "AND":
            rest.pop()
        filters.append(Filter(token.name, token.text, negative, start, token.end))
    if filters and rest and rest[0].name == "AND":
        rest = rest[1:]
    return rest, filters


class _Parser:
    """Recursive descent: OR binds weakest, AND (or nothing) between, NOT and - strongest."""

    def __init__(self, found: list[Token]) -> None:
        self.found, self.at = found, 0

    def all(self) -> Node | None:
        return self.either() if self.found else None

    def peek(self) -> Token | None:
        return self.found[self.at] if self.at < len(self.found) else None

    def either(self) -> Node | None:
        parts = [self.both()]
        while (token := self.peek()) and token.name == "OR":
            self.at += 1
            parts.append(self.both(after="OR"))
        return join(Any, parts)

    def both(self, after: str = "") -> Node | None:
        began, parts = self.at, []
        while (token := self.peek()) and token.kind != "close" and token.name != "OR":
            if token.name == "AND":
                if self.at == began or after == "AND":
                    raise Fault("operator_alone", "AND")
                after, self.at = "AND", self.at + 1
                continue
            parts.append(self.one())
            after = ""
        following = self.peek()
        if after or (self.at == began and following is not None and following.name == "OR"):
            raise Fault("operator_alone", after or "OR")
        return join(All, parts)

    def one(self) -> Node | None:
        token = self.found[self.at]
        if token.name == "NOT":
            return self.without()
        if token.kind == "open":
            self.at += 1
            if (following := self.peek()) and following.kind == "close":
                raise Fault("bracket_empty")
            found = self.either()
            self.at += 1
            return found
        if token.kind == "word" and (number := self.number()):
            return number
        self.at += 1
        return make(token.text, quoted=token.kind == "phrase")

    def without(self) -> Node | None:
        self.at += 1
        token = self.peek()
        if token is None or token.kind == "close" or token.name in ("AND", "OR"):
            raise Fault("operator_alone", "NOT")
        part = self.one()
        if part is None:
            return None
        return part.part if isinstance(part, Without) else Without(part)

    def number(self) -> Words | None:
        """Words that are one number together: 350 million, three hundred million."""
        last = self.at + 1
        while last < min(len(self.found), self.at + LONGEST_NUMBER) and self.found[last].kind == "word":
            last += 1
        for end in range(last, self.at + 1, -1):
            texts = [fold_text(token.text) for token in self.found[self.at : end]]
            texts[0] = CURRENCY.sub("", texts[0])
            if AFTER_NUMBERS.fullmatch(texts[-1]) and (value := numbers.value_of(" ".join(texts))) is not None:
                self.at = end
                return Words(tuple(units(" ".join(texts))), value=value)
        return None


def join(kind: type[All] | type[Any], parts: list[Node | None]) -> Node | None:
    """Several as one, each once; what has no letter asks for nothing."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    known = tuple(dict.fromkeys(part for part in flat if part is not None))
    return (known[0] if len(known) == 1 else kind(known)) if known else None


def make(text: str, quoted: bool = False) -> Node | None:
    """The words of one piece of a query: its stars, its value if it is a number, its dates in other figures."""
    folded = fold_text(text)
    if not quoted and STAR_INSIDE.search(folded):
        raise Fault("star_inside", text)
    phrase = stripped(folded)
    if not phrase:
        return None
    opens = folded.startswith("*") and phrase[0].kind == "word"
    goes_on = folded.endswith("*") and phrase[-1].kind == "word"
    if opens and len(phrase[0].text) < SHORTEST:
        raise Fault("part_short", text)
    if opens or goes_on:
        return Words(phrase, opens, goes_on)
    bare = CURRENCY.sub("", folded.strip(AROUND_NUMBERS))
    value = numbers.value_of(bare)
    if value is not None:
        return Words(tuple(units(bare)), value=value)
    return join(
        Any, [Words(phrase), *(Words(stripped(other)) for other in ([] if quoted else spellings.others(folded)))]
    )
