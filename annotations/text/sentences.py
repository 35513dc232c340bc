"""Cut clean text into sentences, the unit of search, sketches, coverage and suggestions.

A sentence ends at 。！？； and their half-width forms, with the quotation marks and brackets that close behind them,
and at an English full stop that is no abbreviation, initial, decimal point or part of a name (杰弗里.辛頓).
One pass, linear.
"""

import re
from collections.abc import Iterator

LIMIT = 500
CLOSING = "”’\"'」』）)】〕］\\]》〉›»"
STOP = re.compile(
    rf"[。｡！？；]+[。｡！？；!?;.]*[{CLOSING}]*|[!?;]+[{CLOSING}]*|\.+[{CLOSING}]*(?=\s|$)|\.+[”’」』）》】]+"
)
SHORTENED = re.compile(  # the name or letter goes on after it
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|jr|sr|vs|e\.g|i\.e|cf|al|approx|dept|gen|gov|sen|rep|rev|ph\.d)"
    r"|\b[a-z]|\b(?:[a-z]\.)+[a-z])$",
    re.IGNORECASE,
)
NUMBERED = re.compile(  # a number goes on after it
    r"\b(?:no|nos|vol|vols|pp?|art|arts|sec|secs|ch|para|paras|figs?|eds?"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$",
    re.IGNORECASE,
)
NUMBERING = re.compile(r"(?:^|[.!?;:。！？；：]\s*)\d{1,2}$")  # 2. Listen
FOLLOWING = re.compile(r"[\s\"'“‘(\[]*([^\s\"'“‘(\[])")
WEAK = re.compile(r"[，、,：:]|\s+|—+|…+")
JOINED = re.compile("[\u0300-\u036f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
SOMETHING = re.compile(r"\S")
LOOK_BACK = 12


def split(text: str, start: int, end: int, limit: int = LIMIT) -> list[tuple[int, int]]:
    """The sentences of text[start:end] (one block), as spans in `text`, none longer than `limit` code points.

    They follow each other without overlap and leave out nothing but white space.
    """
    found: list[tuple[int, int]] = []
    begin = start
    for stop in [*stops(text, start, end), end]:
        if 0 < stop - begin <= limit and not text[begin].isspace() and not text[stop - 1].isspace():
            found.append((begin, stop))
        else:
            found += pieces(text, begin, stop, limit)
        begin = stop
    return found


def stops(text: str, start: int, end: int) -> Iterator[int]:
    """Where sentences end, without the end of the block."""
    for match in STOP.finditer(text, start, end):
        mark = text[match.start()]
        if mark == "." and not full_stop(text, start, match, end):
            continue
        if mark in "!?;" and match.end() - match.start() == 1 and inside_word(text, match.end(), end):
            continue
        yield match.end()


def full_stop(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether a point ends a sentence: no small letter begins the next, and the word before it is not cut short."""
    following = FOLLOWING.match(text, match.end(), min(end, match.end() + LOOK_BACK))
    before = text[max(start, match.start() - LOOK_BACK) : match.start()]
    if not following or match[0].startswith(".."):
        return not (following and following[1].islower())
    if following[1].islower() or SHORTENED.search(before):
        return False
    item = NUMBERING.search(before)
    if item and not NUMBERED.search(before[: item.start()]):
        return False
    return not (following[1].isdecimal() and NUMBERED.search(before))


def inside_word(text: str, at: int, end: int) -> bool:
    """Whether a half-width mark goes on with a Latin letter or digit, as in an address: page?id=5."""
    return at < end and text[at].isascii() and (text[at].isalnum() or text[at] in "=&/")


def pieces(text: str, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    """One sentence without the white space around it, cut where it breathes when it is longer than the limit."""
    end = start + len(text[start:end].rstrip())
    while first := SOMETHING.search(text, start, end):
        start = first.start()
        stop = end if end - start <= limit else breath(text, start, start + limit)
        yield start, start + len(text[start:stop].rstrip())
        start = stop


def breath(text: str, start: int, end: int) -> int:
    """Where to cut a long sentence: after its last comma or space in the second half, else at a whole character."""
    if weak := [match.end() for match in WEAK.finditer(text, start + (end - start) // 2, end)]:
        return weak[-1]
    cut = end
    while cut > start + 1 and joined(text, cut):
        cut -= 1
    return cut if cut > start + 1 else end


def joined(text: str, at: int) -> bool:
    """Whether a cut would part a mark from its letter, or a word in two."""
    here, before = text[at], text[at - 1]
    return JOINED.match(here) is not None or (
        here.isascii() and here.isalnum() and before.isascii() and before.isalnum()
    )
