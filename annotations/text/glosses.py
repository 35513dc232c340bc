"""Find the pinyin that a certain converter wrote after Traditional characters (國務(wù)院), and nothing that was meant.

The converter works on GBK bytes and writes a reading after each character of a list, all of them Traditional characters
whose Simplified form differs, every time they occur.  A text is taken for its work only when all of this holds:
- the glossed characters are such characters, glossed nearly every time, with one reading each;
- hardly any other character has a gloss (teaching text glosses 人 and 的, too);
- the glosses stand in running text, before another Han character (a list of words does not);
- there are many: at least 6, of 4 different characters, one for every 50 Han characters.
A single 務(wù), glosses for readers of rare words, and text where every character is glossed stay as they are.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from annotations.text.han import CONVERTIBLE, IS_HAN, glosses

MANY = 6
DIFFERENT = 4
PER_HAN = 50
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
    total = Counter(raw)
    known = consistent(raw, found, total)
    ours = [span for span in found if raw[span[0] - 1] in known]
    if len(ours) < NEARLY_ALWAYS * sum(total[char] for char in known) or not convincing(raw, found, ours, len(known)):
        return Glossed()
    readings: dict[str, set[str]] = defaultdict(set)
    for char, reading in known.items():
        readings[reading].add(char)
    return Glossed(tuple(ours), {reading: frozenset(chars) for reading, chars in readings.items()})


def consistent(raw: str, found: list[Span], total: Counter[str]) -> dict[str, str]:
    """The convertible characters that have one reading most times they occur, with that reading."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for start, end in found:
        char = raw[start - 1]
        if char in CONVERTIBLE:
            seen[char][raw[start + 1 : end - 1].partition(")")[0]] += 1
    best = {char: counts.most_common(1)[0] for char, counts in seen.items()}
    return {char: reading for char, (reading, count) in best.items() if count >= MOSTLY * total[char]}


def convincing(raw: str, found: list[Span], ours: list[Span], different: int) -> bool:
    """Whether glosses so many, so dense and so placed are the converter's."""
    if len(ours) < MANY or different < DIFFERENT or len(ours) < HARDLY_ANY_OTHER * len(found):
        return False
    running = sum(1 for _, end in ours if IS_HAN.match(raw, end))
    return running >= IN_RUNNING_TEXT * len(ours) and len(ours) * PER_HAN >= sum(1 for _ in IS_HAN.finditer(raw))
