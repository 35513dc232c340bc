"""Find the pinyin that a certain converter wrote after Traditional characters (國務(wù)院), and nothing that was meant.

The converter works on GBK bytes and writes a reading after each character of a list, all of them Traditional characters
whose Simplified form differs, every time they occur.  A text is taken for its work only when all of this holds:
- the glossed characters are such characters, glossed nearly every time, with one reading each;
- hardly any other character has a gloss (teaching text glosses 人 and 的, too);
- the glosses stand in running text, before another Han character (a list of words does not);
- there are many: at least 6, of 4 different characters, one for every 50 characters of text.
A single 務(wù), glosses for readers of rare words, and text where every character is glossed stay as they are.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from annotations.text.han import CONVERTIBLE, IS_HAN, glosses

MANY = 6
DIFFERENT = 4
APART = 50
FEW = 200  # different characters; their places are counted one by one
MOSTLY = 0.5  # of one character's occurrences, which torn bytes and quotations may add to
NEARLY_ALWAYS = 0.9  # of all occurrences of such characters
HARDLY_ANY_OTHER = 0.9
IN_RUNNING_TEXT = 0.5

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Glossed:
    """The glosses to leave out, and what they tell: which characters the converter knows by a reading."""

    spans: tuple[Span, ...] = ()
    readings: dict[str, frozenset[str]] = field(default_factory=dict)


def find(raw: str) -> Glossed:
    """The glosses of a damaged text; none when the text does not look damaged."""
    found = list(glosses(raw))
    if len(found) < MANY:
        return Glossed()
    known, occurrences = consistent(raw, found)
    ours = [span for span in found if raw[span[0] - 1] in known]
    dense = APART * len(ours) >= len(raw) - sum(end - start for start, end in found)
    always = len(ours) >= NEARLY_ALWAYS * occurrences
    if not (dense and always and len(known) >= DIFFERENT and running(raw, found, ours)):
        return Glossed()
    readings: dict[str, set[str]] = defaultdict(set)
    for char, reading in known.items():
        readings[reading].add(char)
    return Glossed(tuple(ours), {reading: frozenset(chars) for reading, chars in readings.items()})


def consistent(raw: str, found: list[Span]) -> tuple[dict[str, str], int]:
    """The convertible characters that have one reading most times they occur, with that reading; how often they do."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for glossed, count in Counter([raw[start - 1 : end] for start, end in found]).items():
        if glossed[0] in CONVERTIBLE:
            seen[glossed[0]][glossed[2:].partition(")")[0]] += count
    total = Counter(raw) if len(seen) > FEW else Counter({char: raw.count(char) for char in seen})
    best = {char: counts.most_common(1)[0] for char, counts in seen.items()}
    known = {char: reading for char, (reading, count) in best.items() if count >= MOSTLY * total[char]}
    return known, sum(total[char] for char in known)


def running(raw: str, found: list[Span], ours: list[Span]) -> bool:
    """Whether these are many, hardly any others stand beside them, and they stand in running text."""
    if len(ours) < MANY or len(ours) < HARDLY_ANY_OTHER * len(found):
        return False
    following = Counter([raw[end : end + 1] for _, end in ours])
    return sum(count for char, count in following.items() if IS_HAN.match(char)) >= IN_RUNNING_TEXT * len(ours)
