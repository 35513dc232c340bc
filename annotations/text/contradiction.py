"""Which of many statements cannot both be right: the same indicator with another value, or said the opposite way.

Compared folded, so script and punctuation make no difference. A statement is what it talks about (its frame: words
without numbers, dates, negations) and what it says of it. Two with one frame that say something else are suggested to a
person, never decided: what is alike in words may speak of two things.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log

from annotations.text.folding import fold
from annotations.text.patterns import any_of
from annotations.text.variants import DATE, NEGATION, NUMBER, dates, numbers

#: How much of the weight of the poorer frame, and of the richer one, both must share.
POORER, RICHER = 0.55, 0.4
#: Those that name the same resolution, article or model need share so much less.
NAMED = 0.8
#: The same for the opposite way: a negation is easily one of something else.
SAME_TALK = 0.72
#: A token that so many statements have (as a share, and at least this number) leads to no comparison.
COMMON, FEW = 0.01, 24
IDENTIFIER = re.compile(
    r"第?\d+/\d+(?:/\d+)*|[a-z]+-\d+(?:\.\d+)*|第\s?\d+(?:\s?[条号届次章款])?"
    r"|\b(?:article|annex|chapter|section|resolution|sb|order|version) \d+(?:[./]\d+)*"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(?P<month>" + "|".join(f"{month}[a-z]*" for month in MONTHS) + r")\.?"
ENGLISH_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}}) {_MONTH},? (?P<year>\d{{4}})"
    rf"|{_MONTH.replace('month', 'm2')} (?:(?P<d2>\d{{1,2}}),? )?(?P<y2>\d{{4}}))\b"
)
DENIED = re.compile(NEGATION.pattern + r"|\b(?:refused?|refuses|rejected|failed to)\b")
#: Words that turn a statement round, side against side.
OPPOSITES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (any_of("增加|上升|增长|提高|扩大") + r"|\b(?:increased?|rises?|rose|grew|growing)\b",
         any_of("减少|下降|降低|缩小") + r"|\b(?:decreased?|falls?|fell|declined?|shrank)\b"),
        (any_of("强制|必须|有义务") + r"|\b(?:mandatory|binding|must|obliges?)\b",
         any_of("自愿|没有约束力|无约束力|不具约束力") + r"|\b(?:voluntary|non-?binding)\b"),
        (any_of("支持|赞成") + r"|\b(?:supports?|supported|backs)\b", any_of("反对") + r"|\b(?:opposes?|opposed)\b"),
        (any_of("成立|生效|批准") + r"|\b(?:established|in force|ratified)\b",
         any_of("解散|失效|废除|撤销") + r"|\b(?:dissolved|repealed|revoked)\b"),
    )
)  # fmt: skip
TURNING = re.compile("|".join(side.pattern for pair in OPPOSITES for side in pair))
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ed|ing|e?s)$")
_WORD = re.compile(r"[a-z]{3,}|[⺀-鿿豈-﫿\U00020000-\U0003ffff]+")
_EMPTY = frozenset(
    "the and for with that this from are was were has have had its their will would been which than more most"
    " about into over under per cent percent".split()
)


@dataclass(frozen=True, slots=True)
class Talk:
    """A statement in one language, taken apart. `names`: resolutions, articles, models that it is about."""

    key: int
    frame: frozenset[str]
    names: frozenset[str]
    shares: frozenset[Fraction]
    counts: frozenset[Fraction]
    dates: frozenset[str]
    denied: bool
    sides: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two statements that may contradict each other; `kind` is a code of DIFFERENCES: number, date or negation."""

    one: int
    other: int
    kind: str
    likeness: float


def talk(key: int, folded: str) -> Talk:
    """Take folded text apart."""
    folded = ENGLISH_DATE.sub(_as_date, folded)
    names = frozenset(_name(found) for found in IDENTIFIER.findall(folded))
    bare = IDENTIFIER.sub(" ", folded)
    without_dates = DATE.sub(" ", bare)
    shares = {value for match in NUMBER.finditer(without_dates) if _is_share(match) for value in numbers(match[0])}
    counts = numbers(without_dates) - shares
    years = {value for value in counts if value.denominator == 1 and 1900 <= value <= 2100}
    rest = TURNING.sub(" ", DENIED.sub(" ", NUMBER.sub(" ", without_dates)))
    return Talk(
        key, frozenset(_tokens(rest)), names, frozenset(shares), frozenset(counts - years),
        frozenset(dates(bare) | {str(year) for year in years}),
        len(DENIED.findall(folded)) % 2 == 1, tuple(_side(folded, *pair) for pair in OPPOSITES),
    )  # fmt: skip


def _name(found: str) -> str:
    """A resolution by its number alone: 第78/265 and resolution 78/265 are one."""
    return found.lstrip("第 abcdefghijklmnopqrstuvwxyz") if "/" in found else found.replace(" ", "")


def _as_date(match: re.Match[str]) -> str:
    """26 July 2025 as DATE reads it."""
    month = MONTHS.index((match["month"] or match["m2"])[:3]) + 1
    day = match["day"] or match["d2"]
    return f"{match['year'] or match['y2']}年{month}月" + (f"{day}日" if day else "")


def _is_share(match: re.Match[str]) -> bool:
    return bool(match["part"]) or match["unit"] in ("%", "个百分点", "percent", "per cent")


def _tokens(text: str) -> Iterator[str]:
    """Latin words and pairs of Han characters; a single character stands alone."""
    for found in _WORD.findall(text):
        if found.isascii():
            if found not in _EMPTY:
                yield _ENDING.sub("", found)
        else:
            yield from (found[n : n + 2] for n in range(max(len(found) - 1, 1)))


def _side(folded: str, one: re.Pattern[str], other: re.Pattern[str]) -> int:
    """1 and -1 for the two sides, 0 for neither or both."""
    against = bool(other.search(folded))
    return bool(one.search(other.sub(" ", folded))) - against


def clashes(talks: Sequence[Talk]) -> list[Clash]:
    """Every pair that may contradict, most alike first; a pair once, by its plainest kind."""
    weights = _weights(talks)
    whole = {id(each): sum(weights[token] for token in each.frame) for each in talks}
    best: dict[tuple[int, int], Clash] = {}
    for one, other in _pairs(talks):
        if not differs(one, other, 1.0):  # alike or not, they agree
            continue
        shared = sum(weights[token] for token in one.frame & other.frame)
        sums = sorted((whole[id(one)], whole[id(other)]))
        ease = NAMED if one.names and one.names == other.names else 1.0
        if not sums[0] or shared / sums[0] < POORER * ease or shared / sums[1] < RICHER * ease:
            continue
        likeness = round(2 * shared / (sums[0] + sums[1]), 3)
        if kind := differs(one, other, likeness):
            found = Clash(min(one.key, other.key), max(one.key, other.key), kind, likeness)
            pair = (found.one, found.other)
            if pair not in best or best[pair].likeness < likeness:
                best[pair] = found
    return sorted(best.values(), key=lambda clash: (-clash.likeness, clash.one, clash.other))


def differs(one: Talk, other: Talk, likeness: float) -> str:
    """How two with one frame contradict each other; "" when they speak of two things or of two times, or agree."""
    if one.names and other.names and not one.names & other.names:
        return ""
    if (one.names or other.names) and one.names != other.names and likeness < SAME_TALK:
        return ""
    apart = bool(one.dates and other.dates) and not any(_meet(a, b) for a in one.dates for b in other.dates)
    if not apart and (_another(one.shares, other.shares) or _another(one.counts, other.counts)):
        return "number"
    turned = any(a * b < 0 for a, b in zip(one.sides, other.sides, strict=True))
    if not apart and (turned or one.denied != other.denied) and likeness >= SAME_TALK:
        return "negation"
    same = one.counts == other.counts and one.shares == other.shares and one.denied == other.denied
    if apart and same and likeness >= SAME_TALK and len(one.dates) == len(other.dates) == 1:
        return "date"
    return ""


def _another(mine: frozenset[Fraction], theirs: frozenset[Fraction]) -> bool:
    """Whether both name a value, and none in common."""
    return bool(mine and theirs) and not mine & theirs


def _meet(one: str, other: str) -> bool:
    """Whether two dates can be one: 2025 and 2025-7-26, or 7-26 without a year."""
    mine, theirs = one.lstrip("-").split("-"), other.lstrip("-").split("-")
    if one.startswith("-") != other.startswith("-"):
        longer, shorter = (mine, theirs) if len(mine) > len(theirs) else (theirs, mine)
        return longer[-len(shorter) :] == shorter if len(longer) > 1 else True
    return all(a == b for a, b in zip(mine, theirs, strict=False))


def _weights(talks: Sequence[Talk]) -> dict[str, float]:
    """Rare tokens say more of what a statement is about."""
    often = Counter(token for one in talks for token in one.frame)
    return {token: 1 + log(len(talks) / many) for token, many in often.items()}


def _pairs(talks: Sequence[Talk]) -> Iterator[tuple[Talk, Talk]]:
    """Pairs that share several tokens which not everybody has."""
    where: dict[str, list[int]] = {}
    for number, one in enumerate(talks):
        for token in one.frame:
            where.setdefault(token, []).append(number)
    most = max(FEW, int(len(talks) * COMMON))
    for number, one in enumerate(talks):
        shared: Counter[int] = Counter()
        for token in one.frame:
            if len(where[token]) <= most:
                shared.update(other for other in where[token] if other < number)
        least = max(1, len(one.frame) // 6)
        enough = (talks[other] for other, many in shared.items() if many >= least)
        yield from ((other, one) for other in enough if other.key != one.key)


def marks(text: str) -> list[tuple[int, int]]:
    """Where text says what can clash: numbers, dates, negations and the words that turn it round, as spans of it."""
    folded = fold(text)
    patterns = (DATE, ENGLISH_DATE, NUMBER, DENIED, TURNING)
    said = (match for pattern in patterns for match in pattern.finditer(folded.text))
    found = sorted((match.start(), match.start() + len(match[0].rstrip())) for match in said if match[0].strip())
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return [folded.span(start, end) for start, end in spans]
