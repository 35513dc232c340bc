"""Markdown (CommonMark, tables): text and block roles, no markup left.

The parser's `html` option is on only so that tags are recognised and dropped; no HTML ever leaves this reader.
"""

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.token import Token

from annotations.readers import facts
from annotations.readers.base import Reader
from annotations.readers.decoding import open_text
from annotations.readers.draft import Piece, Row, assemble, with_title
from annotations.readers.facts import Facts
from annotations.readers.markup import Walker
from annotations.readers.spaces import collapse
from annotations.readers.trees import parse_html
from annotations.records import SourceText
from annotations.rules.errors import Unreadable

# Nesting far beyond Python's own recursion limit: the parser would drop deeper text without a word, read() refuses it.
PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": 10_000}).enable(["table", "strikethrough"])
MATTER_LINES = 100


def _no_note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """CommonMark takes "[^1]: note" for the address of a link and would swallow the note."""
    begin = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("[^", begin) and reference(state, start, end, silent)


PARSER.block.ruler.at("reference", _no_note)

_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
_ENTRY = re.compile(r"(\w[\w -]*):[ \t]*(.*)")
_NOTE_LINE = re.compile(r"\n(?=\[\^[^\]\s]+\]:)")
_NOTE = re.compile(r"\[\^[^\]\s]+\]:")


def read(data: bytes, filename: str) -> SourceText:
    """The document as blocks; facts from its front matter, title from the first heading when there is none."""
    opened = open_text(data, filename)
    matter, body = _front_matter(opened.text)
    stated = _facts(matter)
    pieces, title = with_title(list(_pieces(PARSER.parse(body), filename)), stated.title)
    text, blocks = assemble(pieces, filename)
    found = Facts(title=title).or_else(stated)
    return found.source(text, blocks, READER.name, charset=opened.charset, notices=opened.notices)


def _pieces(tokens: Iterable[Token], filename: str) -> Iterator[Piece]:
    inside: list[Token] = []
    row = Row()
    for token in tokens:
        if token.type == "tr_open":
            row = Row()
        if token.nesting > 0:
            inside.append(token)
        elif token.nesting < 0:
            inside.pop()
        elif token.type == "inline":
            role, level = _role(inside)
            row.cell += role == "table-cell"
            yield from _lines(_inline(token.children or []), role, level, row)
        elif token.type in ("fence", "code_block"):
            yield from (Piece("paragraph", line.rstrip()) for line in token.content.split("\n"))
        elif token.type == "html_block":
            yield from _html_pieces(token.content, filename)


def _lines(text: str, role: str, level: int, row: Row) -> Iterator[Piece]:
    """A piece for each line (a hard break begins one); a heading or cell stays whole."""
    whole = role in ("heading", "table-cell")
    for line in [text.replace("\v", "\n")] if whole else text.split("\v"):
        line = collapse(line)
        if line:
            before = row.before() if role == "table-cell" else "\n"
            yield Piece("footnote" if _NOTE.match(line) else role, line, level, before=before)


def _inline(children: Iterable[Token]) -> str:
    """The text of inline tokens; soft breaks as new lines, hard breaks as vertical tabs, pictures and tags left out."""
    parts: list[str] = []
    for token in children:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append("\n")
        elif token.type == "hardbreak" or re.match(r"<br\b", token.content, re.I):
            parts.append("\v")
    return _NOTE_LINE.sub("\v", "".join(parts))


def _role(inside: list[Token]) -> tuple[str, int]:
    types = [token.type for token in inside]
    last = inside[-1] if inside else None
    if last and last.type == "heading_open":
        return "heading", int(last.tag[1])
    if last and last.type in ("th_open", "td_open"):
        return "table-cell", 0
    if "blockquote_open" in types:
        return "quote", 0
    depth = types.count("bullet_list_open") + types.count("ordered_list_open")
    return ("list-item", depth) if depth else ("paragraph", 0)


def _html_pieces(content: str, filename: str) -> list[Piece]:
    try:
        return Walker().walk(parse_html(content, filename))
    except Unreadable as problem:
        if problem.code == "blank":  # only tags or a comment
            return []
        raise


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Simple `key: value` lines between two rules at the very beginning, and the text behind them."""
    match = _MATTER.match(text)
    lines = match[1].split("\n") if match else []
    if match is None or len(lines) > MATTER_LINES or not any(_ENTRY.match(line) for line in lines):
        return {}, text
    entries = (entry for line in lines if (entry := _ENTRY.match(line)))
    return {entry[1].strip().lower(): entry[2].strip().strip("\"'[]") for entry in entries}, text[match.end() :]


def _facts(matter: dict[str, str]) -> Facts:
    return Facts(
        title=facts.title(matter.get("title")),
        authors=facts.people([matter.get("author") or matter.get("authors")]),
        publisher=facts.words(matter.get("publisher") or matter.get("source")),
        published_date=facts.day(matter.get("date")),
        language=facts.language(matter.get("lang") or matter.get("language")),
        url=facts.url(matter.get("url")),
    )


def accepts(data: bytes, filename: str) -> bool:
    """Never by content: Markdown is text, only the extension says what it means."""
    return False


READER = Reader("md", "Markdown", (".md", ".markdown"), ("text/markdown",), accepts, read)
