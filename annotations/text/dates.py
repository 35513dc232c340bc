"""Dates that a text mentions, and the year it speaks from (UX.md 4.11). All answers are ISO 8601.

A date is found by its sign (月, or four digits) and read in the few characters around it: one pass, no folding, both
scripts. A date that is planned (将于, 起施行) is no lower bound for the day of writing. Plausible years are 1900 to
that of `today` (ISO date, "" = no bound).
"""

import datetime
import re
from collections.abc import Iterator

Mention = tuple[int | None, int, int, int, int]  # year (None = not stated), month, day, start, end

DIGITS = "零一二三四五六七八九"
MONTHS = "january february march april may june july august september october november december".split()
WINDOW = 24  # code points read on either side of a sign

_NUMBER = rf"\d{{1,2}}|[{DIGITS}十]{{1,3}}"
BEFORE_MONTH = re.compile(
    rf"(?:(?:(?P<year>\d{{4}})|(?P<han_year>[〇{DIGITS}]{{4}}))\s*年|(?P<word>今年|本年|去年)|(?P<bare>(?<![年\d\s])|^))"
    rf"\s*(?P<month>{_NUMBER})\s*$"
)
AFTER_MONTH = re.compile(rf"\s*(?P<day>{_NUMBER})\s*[日号號]")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NUMERIC = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?![\d/-])")
_NAME = rf"(?P<name>{'|'.join(MONTHS)}|sept|{'|'.join(name[:3] for name in MONTHS)})\.?"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
BEFORE_YEAR = (
    re.compile(rf"\b{_NAME}\s+{_ORDINAL},?\s+$", re.IGNORECASE),
    re.compile(rf"\b{_ORDINAL}\s+{_NAME},?\s+$", re.IGNORECASE),
)
ADDRESS = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/_]?(?P<month>\d\d)[-/_]?(?P<day>\d\d)(?!\d)")

PLANNED_BEFORE = re.compile(
    r"(?:[将將拟擬定][于於]|[将將拟擬]在|计划于|計劃於|預計|预计于?|直到|(?<!截)至|到|自|\b(?:by|until|from|starting|effective))\s*$",
    re.IGNORECASE,
)
PLANNED_AFTER = re.compile(r"\s*(?:之?前|以前|起|开始|開始)")
AIMED_BEFORE = re.compile(r"(?:到|至|直到|未来|未來|面向|迈向|邁向|\b(?:by|until|towards))\s*$", re.IGNORECASE)
AIMED_AFTER = re.compile(
    r"\s?年?(?:底|末)?(?:之?前|以前|可持续|可持續|议程|議程|愿景|願景|远景|遠景|目标|目標|将|將| agenda| goals?)",
    re.IGNORECASE,
)
IS_YEAR = re.compile(r"\s?年|(?!\w|[.%]\d|%)")  # what a number must be followed by to be a year
THIS_YEAR = re.compile(r"今年|本年|\bthis year\b", re.IGNORECASE)
STOP = re.compile(r"[。！？!?;；\n]|\.(?=\s)")


def in_line(text: str, today: str = "") -> str:
    """The first full date with its year in a short line (a byline, a date line); "" when there is none."""
    for year, month, day, _, _ in sorted(_mentions(text), key=lambda mention: mention[3]):
        if year is not None and (iso := _valid(year, month, day, today)):
            return iso
    return ""


def in_address(url: str, today: str = "") -> str:
    """The date in a web address such as /2025-07/26/ or /20250726/."""
    found = (_valid(int(m["year"]), int(m["month"]), int(m["day"]), today) for m in ADDRESS.finditer(url))
    return next((iso for iso in found if iso), "")


def reference_year(text: str, today: str = "") -> int | None:
    """The year the text speaks from: the latest beside 今年, else the latest at all; never that of a goal."""
    years = list(_years(text, today))
    spans = [_sentence(text, match.start()) for match in THIS_YEAR.finditer(text)]
    beside = [year for year, at in years if any(start <= at < end for start, end in spans)]
    dated = [y for y, m, d, *span in _mentions(text) if y and _valid(y, m, d, today) and not _planned(text, *span)]
    return max([*(beside or [year for year, _ in years]), *dated], default=None)


def not_before(text: str, year: int | None, today: str = "") -> str:
    """The latest full date mentioned as past; dates without a year are read in `year` (left out when it is None)."""
    found = []
    for stated, month, day, start, end in _mentions(text, year):
        if stated is not None and not _planned(text, start, end):
            found.append(_valid(stated, month, day, today))
    return max(found, default="")


def _planned(text: str, start: int, end: int) -> bool:
    return bool(PLANNED_BEFORE.search(text, max(0, start - 12), start) or PLANNED_AFTER.match(text, end))


def _mentions(text: str, reference: int | None = None) -> Iterator[Mention]:
    """Every date of a day; one without a year gets the reference year, one of 去年 the year before it."""
    at = text.find("月")
    while at >= 0:
        if mention := _chinese(text, at, reference):
            yield mention
        at = text.find("月", at + 1)
    for match in YEAR.finditer(text):
        if numeric := NUMERIC.match(text, match.start()):
            yield int(numeric["year"]), int(numeric["month"]), int(numeric["day"]), *numeric.span()
        elif english := _before_year(text, match.start()):
            month = next(at for at, name in enumerate(MONTHS, 1) if name.startswith(english["name"].lower()[:3]))
            yield int(match[0]), month, int(english["day"]), english.start(), match.end()


def _chinese(text: str, at: int, reference: int | None) -> Mention | None:
    after = AFTER_MONTH.match(text, at + 1)
    before = BEFORE_MONTH.search(text[max(0, at - WINDOW) : at]) if after else None
    if not (before and after):
        return None
    stated = before["year"] or _digits(before["han_year"] or "")
    year = int(stated) if stated else None
    if year is None and reference is not None:
        year = reference - (before["word"] == "去年")
    start = max(0, at - WINDOW) + before.start()
    return year, _number(before["month"]), _number(after["day"]), start, after.end()


def _before_year(text: str, at: int) -> re.Match[str] | None:
    window = text[max(0, at - WINDOW) : at]
    if not window.endswith((" ", "\n")):
        return None
    return next((match for pattern in BEFORE_YEAR if (match := pattern.search(window))), None)


def _years(text: str, today: str) -> Iterator[tuple[int, int]]:
    """Years mentioned that are not goals, with where they stand."""
    latest = int(today[:4]) if today else 2100
    for match in YEAR.finditer(text):
        if int(match[0]) <= latest and IS_YEAR.match(text, match.end()):
            before = max(0, match.start() - 12), match.start()
            aimed = AIMED_BEFORE.search(text, *before) or PLANNED_BEFORE.search(text, *before)
            if not aimed and not AIMED_AFTER.match(text, match.end()):
                yield int(match[0]), match.start()


def _sentence(text: str, at: int) -> tuple[int, int]:
    start = max((match.end() for match in STOP.finditer(text, max(0, at - 500), at)), default=max(0, at - 500))
    end = STOP.search(text, at)
    return start, end.start() if end else len(text)


def _digits(numerals: str) -> str:
    return "".join(str(max(0, DIGITS.find(char))) for char in numerals)


def _number(text: str) -> int:
    """1 to 39 from digits or from numerals such as 二十六."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    value = int(_digits(ones)) if ones else 0
    return value + (10 * (int(_digits(tens)) if tens else 1) if ten else 0)


def _valid(year: int, month: int, day: int, today: str) -> str:
    try:
        iso = datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""
    return iso if year >= 1900 and (not today or iso <= today) else ""
