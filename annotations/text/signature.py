"""Who signed a text, and where it came from: labelled lines, bylines and closing lines at its edges (UX.md 4.11).

Matched on folded text, so one pattern serves both scripts; what is given back is as written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotations.text.folding import Folded, fold, fold_text
from annotations.text.patterns import any_of

EDGE = 6  # paragraphs looked at from either end
LONGEST = 200  # a longer paragraph is no byline

_NAME = "[㐀-鿿]{2,4}(?:·[㐀-鿿]{1,8})?"
NAME = re.compile(_NAME)
LATIN_NAME = re.compile(r"[a-z][a-z.'-]*(?: [a-z][a-z.'-]*){1,4}")
BODY = re.compile(
    any_of(
        "大学|学院|学校|研究院|研究所|研究中心|研究会|实验室|中心|委员会|协会|学会|联合会|公司|集团|智库|基金会|出版社|报社|杂志社",
        "日报|晚报|通讯社|新华社|网|部|局|厅|院|所|社|university|institute|college|school|centre|center|academy|laboratory",
    )
)
_POST = any_of(
    "院长|所长|主任|秘书长|理事长|会长|主席|校长|教授|研究员|讲师|博士生|博士后|博士|硕士生|院士|记者|通讯员|评论员|编辑|专家",
    "学者|总裁|部长|司长|局长|处长|顾问|分析师|工程师|律师|法官|委员|代表|大使|书记",
)
_RANK = any_of("前|原|时任|名誉|执行|常务|高级|首席|特约|特聘|客座|讲席|副|助理")
POST_AT_END = re.compile(rf"(?:{_RANK}*{_POST}[,/兼和]*)+$")
SIGNED = re.compile(rf"(?P<role>\S.{{1,60}}?)\s+(?P<names>{_NAME}(?:[\s,]+{_NAME}){{0,5}})")
SIGNED_FIRST = re.compile(rf"(?P<names>{_NAME})\s+(?P<role>.{{2,60}})")
BY = re.compile(r"by\s+(?P<names>[a-z][a-z.' -]+(?:(?:,| and | & )\s*[a-z][a-z.' -]+)*)")
DATE_LINE = re.compile(r"[\d年月日号:./\s\-二〇零一三四五六七八九十]{6,30}")

LABELS = {
    "affiliation": "作者单位|工作单位|affiliation",
    "about": "作者简介|作者系|作者为|作者是|作者均系|作者均为",
    "authors": "作者|撰文|撰稿|执笔|本报记者|记者|author|authors|written by",
    "source_note": (
        "文章来源|稿件来源|资料来源|本文来源|信息来源|来源|原载|原载于|转载自|转自|摘自|出处|source"
        "|originally published in"
    ),
    "date_line": (
        "发布时间|发布日期|发表时间|发表日期|发稿时间|时间|日期|published|published on|posted|posted on|date"
    ),
    "other": "责任编辑|责编|编辑|编审|校对|审核|译者|编译|图源|供图|原标题|标题|题目|摘要|关键词|更新时间|点击|浏览",
}
_EITHER = "|".join(f"(?P<{name}>{any_of(words)})" for name, words in LABELS.items())
LABEL = re.compile(rf"(?:^|(?<=[\s,;(\[|/]))(?:{_EITHER})(?:\s*[:|/]\s*|(?<=系)|(?<=为)|(?<=是))")
AT_START = re.compile(r"[(\[]?\s*文\s*[:|/]\s*")
LIST_BREAK = re.compile(r"[、,，;；/&\s]+(?![a-z])|\band\b")
LATIN_BREAK = re.compile(r"[,;&]|\band\b")
_MARKS = " \t\u3000,，;；|｜。.、"
_PAIRS = (("(", ")"), ("（", "）"), ("[", "]"), ("【", "】"))

Found = tuple[str, str | tuple[str, ...]]  # field of Signature, value


@dataclass(frozen=True, slots=True)
class Signature:
    """What the edges of a text say about it; values as written, "" or () = not said."""

    authors: tuple[str, ...] = ()
    author_note: str = ""  # role with affiliation
    affiliation: str = ""
    source_note: str = ""
    date_line: str = ""  # the text beside a date label, or a line that is nothing but a date


def read(paragraphs: Sequence[tuple[str, str]]) -> Signature:
    """Read the first and last paragraphs ((role, clean text), in order); what is said first counts."""
    found = Signature()
    for text in _edges(paragraphs):
        for name, value in _line(text):
            if value and not getattr(found, name):
                change: dict[str, Any] = {name: value}
                found = replace(found, **change)
    return found


def _edges(paragraphs: Sequence[tuple[str, str]]) -> Iterator[str]:
    count = len(paragraphs)
    for at in [*range(min(EDGE, count)), *range(max(EDGE, count - EDGE), count)]:
        role, text = paragraphs[at]
        if text.strip() and len(text) <= LONGEST and role not in ("title", "heading"):
            yield text.strip()


def _line(text: str) -> Iterator[Found]:
    folded = fold(text)
    labelled = list(_labelled(text, folded))
    for name, value in labelled:
        yield from _value(name, value)
    if not labelled:
        if DATE_LINE.fullmatch(folded.text):
            yield "date_line", text
        yield from _signed(text, folded)


def _labelled(text: str, folded: Folded) -> Iterator[tuple[str, str]]:
    marks = [(m.start(), m.end(), m.lastgroup or "") for m in LABEL.finditer(folded.text)]
    if first := AT_START.match(folded.text):
        marks.insert(0, (first.start(), first.end(), "authors"))
    for at, (_, start, name) in enumerate(marks):
        end = marks[at + 1][0] if at + 1 < len(marks) else len(folded.text)
        yield name, trim(_slice(text, folded, start, end))


def _slice(text: str, folded: Folded, start: int, end: int) -> str:
    return text[slice(*folded.span(start, end))] if start < end else ""


def trim(text: str) -> str:
    """Without blanks and marks around it, and without a bracket whose partner is elsewhere."""
    text = text.strip(_MARKS)
    for opening, closing in _PAIRS:
        if text.count(closing) > text.count(opening) and text.endswith(closing):
            text = text[:-1].strip(_MARKS)
        if text.count(opening) > text.count(closing) and text.startswith(opening):
            text = text[1:].strip(_MARKS)
        if text.startswith(opening) and text.endswith(closing) and text.count(opening) == 1:
            text = text[1:-1].strip(_MARKS)
    return text


def _value(name: str, value: str) -> Iterator[Found]:
    if name == "authors":
        names, rest = _names(value)
        yield "authors", names
        yield from _position(rest)
    elif name == "about":
        yield from _position(value)
    elif name != "other":
        yield name, value


def _names(value: str) -> tuple[tuple[str, ...], str]:
    """The names at the start of a value, and what follows them (a position, an affiliation)."""
    pattern = LIST_BREAK if NAME.match(fold_text(value)) else LATIN_BREAK
    parts = [trim(part) for part in pattern.split(value) if trim(part)]
    names: list[str] = []
    for at, part in enumerate(parts):
        folded = fold_text(part)
        if not (NAME.fullmatch(folded) or LATIN_NAME.fullmatch(folded)) or (names and BODY.search(folded)):
            return tuple(names), "".join(parts[at:])
        names.append(part)
    return tuple(names), ""


def _position(role: str) -> Iterator[Found]:
    """Role and affiliation from 清华大学公共管理学院教授: the whole, and the body without the post."""
    role = trim(role)
    folded = fold(role)
    if not BODY.search(folded.text):
        return
    post = POST_AT_END.search(folded.text)
    yield "affiliation", trim(role[: folded.index[post.start()]] if post else role)
    if post:
        yield "author_note", role


def _signed(text: str, folded: Folded) -> Iterator[Found]:
    if by := BY.fullmatch(folded.text):
        names, rest = _names(_slice(text, folded, *by.span("names")))
        if not rest and all(word[0].isupper() for name in names for word in name.split()):
            yield "authors", names
        return
    for pattern in (SIGNED, SIGNED_FIRST):
        match = pattern.fullmatch(folded.text)
        if match and _is_position(match["role"]):
            yield "authors", _names(_slice(text, folded, *match.span("names")))[0]
            yield from _position(_slice(text, folded, *match.span("role")))
            return


def _is_position(folded: str) -> bool:
    return bool(POST_AT_END.search(folded) or BODY.search(folded[-6:])) and not re.search(r"[.!?;:]", folded)
