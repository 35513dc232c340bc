"""W3C Web Annotation selectors of plain text: what to send out, and how to find again what comes in.

Read: TextPositionSelector, TextQuoteSelector, FragmentSelector (RFC 5147 `char=`), RangeSelector of these, `refinedBy`,
and arrays of alternatives.  Others are passed over.  Spans are raw, half-open, in code points; tools that count in
UTF-16 units, quote the clean view, or quote in the other script are understood.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotations.text import quotes
from annotations.text.cleaning import Cleaned
from annotations.text.folding import fold_text
from annotations.text.quotes import Quote, Source, Span

CONTEXT = 32
CHAR = re.compile(r"#?char=(\d{0,15})(?:(,)(\d{0,15}))?(?:;.*)?$", re.DOTALL)
STATES = ("ok", "moved", "changed", "ambiguous", "orphaned")  # best first
MOST_CANDIDATES = 20
DEEPEST = 8  # nested refinements

Selector = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Found:
    """Where a selector points.

    `state`: ok; moved (the very words, elsewhere); changed (much the same words); ambiguous (several places, the first
    candidate is only the likeliest and `start` is None); orphaned (`start` is None).
    `method`: position, position-utf16, position-clean, position-clean-utf16, quote, quote-clean, quote-folded, context,
    fuzzy, or none.  `similarity` 0 to 1, of folded text.  `candidates`: raw spans, likeliest first.
    """

    state: str
    start: int | None = None
    end: int | None = None
    method: str = "none"
    similarity: float = 0.0
    candidates: tuple[Span, ...] = ()


@dataclass(slots=True)
class Hints:
    """What a selector and its alternatives say."""

    positions: list[Span] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    fixed: list[Found] = field(default_factory=list)  # ranges and refinements, resolved already


def context(raw: str, start: int, end: int, length: int = CONTEXT) -> tuple[str, str]:
    """The text right before and right after raw[start:end], at most `length` code points each."""
    return raw[max(0, start - length) : start], raw[end : end + length]


def find(raw: str, selector: Selector | Sequence[Selector], cleaned: Cleaned | None = None) -> Found:
    """The place a selector, or an array of alternatives for one place, points to.

    A position counts when its slice is the quote; without a quote it is taken as it is.  `cleaned` is the clean view of
    raw, worked out when it is needed and not given.  Never raises for selectors that make no sense: they find nothing.
    """
    return search(Source(raw, cleaned), selector, 0)


def search(source: Source, selector: object, depth: int) -> Found:
    """The same, `depth` refinements down."""
    several = selector if isinstance(selector, Sequence) and not isinstance(selector, str) else [selector]
    hints = Hints()
    for one in several:
        if isinstance(one, Mapping) and depth <= DEEPEST:
            read(source, one, hints, depth)
    for quote in hints.quotes:
        if found := at_position(source, quote, hints.positions):
            return found
    if hints.fixed:
        return min(hints.fixed, key=rank)
    if hints.quotes:
        return min((by_quote(source, quote, hints.positions) for quote in hints.quotes), key=rank)
    for start, end in hints.positions:
        if end <= len(source.raw):
            return Found("ok", start, end, "position", 1.0, ((start, end),))
    return Found("orphaned")


def rank(found: Found) -> int:
    """0 for the best state."""
    return STATES.index(found.state)


def read(source: Source, selector: Selector, hints: Hints, depth: int) -> None:
    """Add what one selector says to the hints."""
    kind, value = selector.get("type"), selector.get("value")
    if "refinedBy" in selector:
        outer = {key: part for key, part in selector.items() if key != "refinedBy"}
        hints.fixed.append(refine(source, search(source, outer, depth + 1), selector["refinedBy"], depth))
    elif kind == "RangeSelector":
        hints.fixed.append(between(source, selector, depth))
    elif kind == "TextQuoteSelector":
        exact, prefix, suffix = (str(selector.get(name) or "") for name in ("exact", "prefix", "suffix"))
        if exact:
            hints.quotes.append(Quote(exact, prefix, suffix))
    elif kind == "TextPositionSelector":
        hints.positions += span_of(selector.get("start"), selector.get("end"))
    elif kind == "FragmentSelector" and isinstance(value, str) and (match := CHAR.match(value)):
        start = int(match[1] or 0)
        end = int(match[3]) if match[3] else len(source.raw) if match[2] else start
        hints.positions += span_of(start, end)


def span_of(start: object, end: object) -> Iterable[Span]:
    """The span, when it is one."""
    if isinstance(start, int) and isinstance(end, int) and 0 <= start <= end:
        yield int(start), int(end)


def between(source: Source, selector: Selector, depth: int) -> Found:
    """From the beginning of what one selector finds to the beginning of what the other finds (Web Annotation 4.2.9)."""
    first = search(source, selector.get("startSelector"), depth + 1)
    last = search(source, selector.get("endSelector"), depth + 1)
    if first.start is None or last.start is None or last.start < first.start:
        return Found("orphaned")
    span = (first.start, last.start)
    return replace(max(first, last, key=rank), start=span[0], end=span[1], candidates=(span,))


def refine(source: Source, outer: Found, inner: object, depth: int) -> Found:
    """What the inner selector finds inside the outer selection."""
    if outer.start is None or outer.end is None:
        return Found("orphaned")
    found = search(Source(source.raw[outer.start : outer.end]), inner, depth + 1)
    shifted = tuple((start + outer.start, end + outer.start) for start, end in found.candidates)
    if found.start is None or found.end is None:
        return replace(found, candidates=shifted)
    state = max(outer, found, key=rank).state
    return replace(found, state=state, start=found.start + outer.start, end=found.end + outer.start, candidates=shifted)


def at_position(source: Source, quote: Quote, positions: Iterable[Span]) -> Found | None:
    """The quote where a position says it is, whichever text and unit the tool counted in."""
    wanted = fold_text(quote.exact)
    for start, end in positions if wanted else ():
        for method, text, span in readings(source, start, end):
            if span[1] <= len(text) and fold_text(text[span[0] : span[1]]) == wanted:
                place = span if text is source.raw else source.cleaned.map.clean_to_raw(*span)
                return Found("ok", *place, method, 1.0, (place,))
    return None


def readings(source: Source, start: int, end: int) -> Iterator[tuple[str, str, Span]]:
    """What a position can mean, likeliest first: the name of the reading, the text, the span in it."""
    yield "position", source.raw, (start, end)
    yield "position-utf16", source.raw, (source.units.to_code_points(start), source.units.to_code_points(end))
    clean, units = source.cleaned.text, source.clean_units
    yield "position-clean", clean, (start, end)
    yield "position-clean-utf16", clean, (units.to_code_points(start), units.to_code_points(end))


def by_quote(source: Source, quote: Quote, positions: Sequence[Span]) -> Found:
    """The quote wherever it is now, the positions being no more than a hint."""
    hint = positions[0][0] if positions else None
    spans, method = quotes.places(source, quote)
    if spans := quotes.best(source.raw, spans, quote, hint):
        return answer(spans, "ok" if hint is None else "moved", method, 1.0)
    spans, method, similarity = quotes.changed(source, quote)
    return answer(quotes.best(source.raw, spans, quote, hint), "changed", method, similarity)


def answer(spans: Sequence[Span], state: str, method: str, similarity: float) -> Found:
    """One place is found; of several none is, of none neither."""
    several = tuple(spans[:MOST_CANDIDATES])
    if not several:
        return Found("orphaned")
    if len(several) > 1:
        return Found("ambiguous", None, None, method, similarity, several)
    return Found(state, *several[0], method, similarity, several)
