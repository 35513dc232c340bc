"""What stands in a query: words, phrases in quotation marks, AND OR NOT, brackets, filters such as tag:safety."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

#: Filters, by the name before the colon.
FIELDS = ("kind", "tag", "by", "in", "status", "after", "before")
OPERATORS = ("AND", "OR", "NOT")
QUOTES = '"“”„＂「」『』'
OPENING, CLOSING = "(（", ")）"
MINUS = "-－−"
FIELD = re.compile(rf"({'|'.join(FIELDS)})[:：]", re.IGNORECASE)
#: Marks after a quotation mark that closes; they ask for nothing.
TRAILING = re.compile("[,.;:!?，。；：！？、…]*")
CLOSED = re.compile(rf"[{QUOTES}](?={TRAILING.pattern}(?:[\s{CLOSING}]|$))")
BARE = re.compile(r"\S+")


class Fault(Exception):
    """What keeps a query from being understood: a code with what it is about (services/search_words.py says it)."""

    def __init__(self, code: str, word: str = "") -> None:
        super().__init__(code, word)
        self.code, self.word = code, word


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a query; `name` is the operator or the field, `text` the words or the value; where it stands."""

    kind: Literal["word", "phrase", "operator", "open", "close", "field"]
    text: str = ""
    name: str = ""
    start: int = 0
    end: int = 0


def tokens(query: str) -> list[Token]:
    """The pieces of a query in order. A bracket that nobody closes and a value that is missing are Faults."""
    found: list[Token] = []
    at = depth = 0
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        start = at
        token, at = _next(query, at, depth)
        token = replace(token, start=start, end=at)
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        found.append(token)
    if depth:
        raise Fault("bracket_open")
    return found


def _next(query: str, at: int, depth: int) -> tuple[Token, int]:
    char = query[at]
    if char in CLOSING and depth:
        return Token("close"), at + 1
    if char in OPENING and _is_group(query, at):
        return Token("open"), at + 1
    if char in MINUS and query[at + 1 : at + 2].strip(MINUS + "*").strip():
        return Token("operator", name="NOT"), at + 1
    if field := FIELD.match(query, at):
        return _field(query, field, depth)
    return _words(query, at, depth)


def _is_group(query: str, at: int) -> bool:
    """Whether a bracket opens a group: not when it closes again within its own word, as in (AI)治理."""
    word = _bare(query, at, 0)
    level = 0
    for place, char in enumerate(word):
        level += (char in OPENING) - (char in CLOSING)
        if not level:
            return place == len(word) - 1
    return True


def _field(query: str, field: re.Match[str], depth: int) -> tuple[Token, int]:
    name = field[1].lower()
    if field.end() == len(query) or query[field.end()].isspace():
        raise Fault("filter_empty", name)
    value, at = _words(query, field.end(), depth)
    if not value.text.strip(f"{QUOTES} "):
        raise Fault("filter_empty", name)
    return Token("field", value.text, name), at


def _words(query: str, at: int, depth: int) -> tuple[Token, int]:
    """What is quoted, or all up to the next white space (or up to the bracket that closes the group)."""
    if query[at] in QUOTES and (closed := CLOSED.search(query, at + 2)) and not query[at + 1].isspace():
        after = TRAILING.match(query, closed.end())
        return Token("phrase", query[at + 1 : closed.start()]), after.end() if after else closed.end()
    word = _bare(query, at, depth)
    if len(word) > 1 and not word.strip(QUOTES):
        return Token("phrase"), at + len(word)  # nothing between quotation marks
    if word[0] == '"' and word != '"' and '"' not in word[1:] and re.search(r"\S\s+\S", query[at:]):
        raise Fault("quote_open")
    width = unicodedata.normalize("NFKC", word)
    token = Token("operator", name=width) if width in OPERATORS else Token("word", word)
    return token, at + len(word)


def _bare(query: str, at: int, depth: int) -> str:
    """All up to the next white space; in a group, up to the bracket that closes it."""
    match = BARE.match(query, at)
    word = match[0] if match else query[at]
    level = 0
    for place, char in enumerate(word if depth else ""):
        level += (char in OPENING) - (char in CLOSING)
        if level < 0:
            return word[:place]
    return word
