"""Find a quoted passage again: as it is, in clean text, in the other script, or a little changed.  Spans are raw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from annotations.text.cleaning import Cleaned, clean
from annotations.text.folding import Folded, fold, fold_text
from annotations.text.offsets import Utf16

Span = tuple[int, int]

MOST = 500  # places of one quote worth comparing
SHORT, UNSURE = 8, 20  # folded code points: below, no likeness is enough; below, the neighbours must agree, too
ALIKE, SURELY_ALIKE = 60.0, 80.0  # rapidfuzz ratio
HARDLY_ALIKE = 25.0  # enough when both neighbours stand where they stood
NEIGHBOURS_ALIKE = 50.0
NEIGHBOUR = 6  # folded code points on each side that prove a place


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted passage and what stands before and after it, as a selector gives them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class Source:
    """A raw text with what searching it needs, worked out when first asked for."""

    def __init__(self, raw: str, cleaned: Cleaned | None = None) -> None:
        self.raw = raw
        self.given = cleaned

    @cached_property
    def cleaned(self) -> Cleaned:
        """The clean view."""
        return self.given or clean(self.raw)

    @cached_property
    def folded(self) -> Folded:
        """The folded raw text."""
        return fold(self.raw)

    @cached_property
    def units(self) -> Utf16:
        """UTF-16 units of raw."""
        return Utf16(self.raw)

    @cached_property
    def clean_units(self) -> Utf16:
        """UTF-16 units of the clean view."""
        return Utf16(self.cleaned.text)


def occurrences(text: str, part: str) -> Iterator[int]:
    """Every place of a part, also those that overlap."""
    at = text.find(part) if part else -1
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def places(source: Source, quote: Quote) -> tuple[list[Span], str]:
    """All places of the very words, and in which text they stood: raw, clean, or folded (script, width, marks)."""
    exact, length = quote.exact, len(quote.exact)
    if found := [(at, at + length) for at in islice(occurrences(source.raw, exact), MOST)]:
        return found, "quote"
    if found := [(at, at + length) for at in islice(occurrences(source.cleaned.text, exact), MOST)]:
        return [source.cleaned.map.clean_to_raw(*span) for span in found], "quote-clean"
    needle = fold_text(exact).strip()
    hits = [source.folded.span(at, at + len(needle)) for at in islice(occurrences(source.folded.text, needle), MOST)]
    return list(dict.fromkeys(hits)), "quote-folded"


def likeness(raw: str, span: Span, quote: Quote) -> float:
    """How well the neighbours of a span agree with those of the quote, 0 to 100; 100 when it names none."""
    scores = []
    if quote.prefix:
        before = fold_text(raw[max(0, span[0] - 4 * len(quote.prefix)) : span[0]])
        scores.append(fuzz.ratio(before[-len(quote.prefix) :].strip(), fold_text(quote.prefix).strip()))
    if quote.suffix:
        after = fold_text(raw[span[1] : span[1] + 4 * len(quote.suffix)])
        scores.append(fuzz.ratio(after[: len(quote.suffix)].strip(), fold_text(quote.suffix).strip()))
    return sum(scores) / len(scores) if scores else 100.0


def best(raw: str, spans: Sequence[Span], quote: Quote, near: int | None) -> list[Span]:
    """The spans that the neighbours and then the expected offset prefer, best first; several when nothing tells."""
    if len(spans) < 2:
        return list(spans)
    scored = [(likeness(raw, span, quote), span) for span in spans]
    top = max(score for score, _ in scored)
    rest = [span for score, span in scored if score >= top - 1]
    if near is None or len(rest) < 2:
        return rest
    rest.sort(key=lambda span: abs(span[0] - near))
    closest, second = (abs(span[0] - near) for span in rest[:2])
    return rest[:1] if closest * 4 <= second else rest


def changed(source: Source, quote: Quote) -> tuple[list[Span], str, float]:
    """Where a quote that is not there any more stood: spans (several when nothing tells), method, likeness 0 to 1.

    A short quote is found by its neighbours only: "Linus" is not "chines".
    """
    raw, folded = source.raw, source.folded
    needle = fold_text(quote.exact).strip()
    if not needle:
        return [], "fuzzy", 0.0
    if found := framed(folded, needle, quote):
        return found
    if len(needle) < SHORT or len(needle) > len(folded.text):
        return [], "fuzzy", 0.0
    first = aligned(folded.text, needle, 0, len(folded.text))
    if not first:
        return [], "fuzzy", 0.0
    others = [aligned(folded.text, needle, 0, first[1][0]), aligned(folded.text, needle, first[1][1], len(folded.text))]
    near = [hit for hit in (first, *others) if hit and hit[0] >= first[0] - 2]
    sure = [(score, folded.span(*span)) for score, span in near]
    kept = [(score, span) for score, span in sure if convincing(raw, span, quote, score, len(needle))]
    spans = best(raw, [span for _, span in kept], quote, None)
    return spans, "fuzzy", max((score for score, span in kept if span in spans), default=0.0) / 100


def convincing(raw: str, span: Span, quote: Quote, score: float, length: int) -> bool:
    """Whether a likeness is enough: a quote of under 20 needs neighbours that agree, or to be nearly the same."""
    if length >= UNSURE:
        return score >= ALIKE
    known = bool(quote.prefix or quote.suffix)
    return score >= (ALIKE if known and likeness(raw, span, quote) >= NEIGHBOURS_ALIKE else SURELY_ALIKE)


def framed(folded: Folded, needle: str, quote: Quote) -> tuple[list[Span], str, float] | None:
    """The one stretch between the quote's own neighbours, when both stand there and it is not much longer."""
    prefix, suffix = fold_text(quote.prefix), fold_text(quote.suffix)
    if min(len(prefix), len(suffix)) < NEIGHBOUR:
        return None
    found = []
    for at in islice(occurrences(folded.text, prefix), MOST):
        start = at + len(prefix)
        end = folded.text.find(suffix, start, start + 2 * len(needle) + 8 + len(suffix))
        if end > start and fuzz.ratio(needle, folded.text[start:end]) >= HARDLY_ALIKE:
            found.append((start, end))
    if not found:
        return None
    score = max(fuzz.ratio(needle, folded.text[start:end]) for start, end in found)
    return [folded.span(*span) for span in found], "context", score / 100


def aligned(text: str, needle: str, start: int, end: int) -> tuple[float, Span] | None:
    """The stretch of text[start:end] most like the needle, with its ratio; None when nothing is."""
    if end - start < len(needle):
        return None
    hit = fuzz.partial_ratio_alignment(needle, text[start:end], score_cutoff=ALIKE)
    if not hit:
        return None
    slack = max(8, len(needle) // 4)
    low, high = max(start, start + hit.dest_start - slack), min(end, start + hit.dest_end + slack)
    span = trimmed(needle, text[low:high], low) or (start + hit.dest_start, start + hit.dest_end)
    score = fuzz.ratio(needle, text[span[0] : span[1]])
    return (score, span) if score >= ALIKE else None


def trimmed(needle: str, window: str, offset: int) -> Span | None:
    """The part of a window that the needle's kept characters cover; an alignment always has the needle's length."""
    kept = [op for op in Levenshtein.opcodes(needle, window) if op.tag == "equal"]
    firm = [op for op in kept if op.dest_end - op.dest_start > 1] or kept
    if not firm:
        return None
    first, last = firm[0], firm[-1]
    start = max(0, first.dest_start - (first.src_start if first.src_start <= 2 else 0))
    tail = len(needle) - last.src_end
    end = min(len(window), last.dest_end + (tail if tail <= 2 else 0))
    return (offset + start, offset + end) if start < end else None
