"""The units in which claims and proposals are suggested: short sentences whole, long ones clause by clause.

A compound sentence holds several statements; who checks them needs each for itself (domain.md 2.1).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.text.han import UNSPACED
from annotations.text.sentences import CLOSING, split

HAN = re.compile(f"[{UNSPACED}]")
#: Where a clause ends. A comma inside a number (3,000) or a list of words (、) is none.
CLAUSE = re.compile(rf"[，；：—][{CLOSING}—]*|(?<!\d)[,;:][{CLOSING}]*|[,;:][{CLOSING}]*(?!\d)|(?<=[{UNSPACED}])[ ]+")
#: In English a clause also begins with one of these words, behind whatever comma or none.
_VERB = r"(?:is|are|was|were|has|have|had|will|must|should|can)\b"
_JOINS = (
    r"but|while|whereas|which|because|although|though|that|when|where|after|before|with|including|unless|until|whether|who"
    r"|so that|rather than|as well as|by \w+ing|for \w+ing"
    r"|and (?:to|the|that|its|it)"
)
LATIN_CLAUSE = re.compile(
    rf"[;:—][\"'”’)]*\s+(?!{_VERB})|,[\"'”’)]*\s+(?!{_VERB}|[\d\s])(?=[^,;:]{{24}})|\s+(?={_JOINS})"
)
#: A clause that only says when or in which order belongs to the next.
LEAD = re.compile(
    r"^\W*(?:(?:到|在|自|从|自从|截至|截止|早在|至|同)?[\d\s年月日号號至到前后後底末初旬今去同本上、和～~—-]+(?:起|以来|以來|为止|為止|之前|之后|之後)?"
    r"|第[一二三四五六七八九十]|[一二三四五六七八九十]是|首先|其次|再次|最后|最後|一方面|另一方面|此外|因此|然而|同时|同時|例如|比如|对此|對此|其中"
    r"|当前|當前|目前|近年来|近年來|理论上|理論上|事实上|事實上|也就是说|也就是說)\W*$"
)
JOINT = re.compile(
    r"\W*(?:(?:and|but|so|or|yet)\s+(?=that\b))?(?:that|and|but)\s+"
    r"|\W*(?:第[一二三四五六七八九十](?=[，,、：:])|(?<![^\W])[一二三四五六七八九十]是|首先(?=[，,])|其次(?=[，,])|最后(?=[，,])|最後(?=[，,])"
    r"|例如|比如|因此(?=[，,])|对此(?=[，,])|對此(?=[，,]))[，,、：:]?",
    re.IGNORECASE,
)
EDGES = " \t\n，,；;：:。.、—-"
HEADS = EDGES + "”’」』）)】》"
TITLE = re.compile(r"《[^《》]*》|〈[^〈〉]*〉")
SHORT, WHOLE = 6, 10  # Chinese characters: no unit below the one, no sentence cut up to the other
LATIN = 4  # so many letters say what one character says


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: text[start:end], in the sentence text[first:last] of a block."""

    block: int
    start: int
    end: int
    first: int
    last: int


def units(text: str, block: int, start: int, end: int) -> Iterator[Unit]:
    """The units of one block, in order."""
    for first, last in split(text, start, end):
        for begin, stop in clauses(text, first, last):
            begin, stop = trimmed(text, begin, stop, first, last)
            if begin < stop:
                yield Unit(block, begin, stop, first, last)


def clauses(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """A sentence cut at its clauses; what is too short to stand alone goes with its neighbour."""
    factor = 1 if is_han(text[first:last]) else LATIN
    if last - first <= WHOLE * factor:
        return [(first, last)]
    cut = CLAUSE if factor == 1 else LATIN_CLAUSE
    names = [match.span() for match in TITLE.finditer(text, first, last)]
    ends = [match.end() for match in cut.finditer(text, first, last) if match.end() < last]
    ends = [stop for stop in ends if not any(start < stop < end for start, end in names)]
    found: list[tuple[int, int]] = []
    begin = first
    for stop in [*ends, last]:
        if stop < last and LEAD.match(text[begin:stop]):
            begin = stop
            continue
        if stop < last and stop - begin < SHORT * factor:
            continue
        if stop - begin < SHORT * factor and found:
            found[-1] = (found[-1][0], stop)
        else:
            found.append((begin, stop))
        begin = stop
    return found


def is_han(text: str) -> bool:
    """Whether a text is mostly unspaced writing."""
    return len(HAN.findall(text)) * LATIN > len(text)


def trimmed(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Without the marks around it and the words that only join it; a whole sentence keeps its stop."""
    if joint := JOINT.match(text, start, end):
        start = joint.end()
    while start < end and text[start] in HEADS:
        start += 1
    if (start, end) == (first, last):
        return start, end
    while start < end and text[end - 1] in EDGES:
        end -= 1
    return start, end
