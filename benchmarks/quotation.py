"""CPU milliseconds to hold a quotation of 200 characters against a snapshot: exact, elided, altered, not found.

    python -m benchmarks.quotation

The snapshot is read for the first time in each call, as by a page that nobody opened before; `again` is what a second
quotation from it takes.
"""

import random
from collections.abc import Iterator

from annotations.text import bare
from annotations.text.quotation import KINDS, compare
from benchmarks.text import MEGABYTE, make, seconds

LENGTH = 200
WORDS = 8_000  # of the made-up English
PAGES = {"1 MB": 1, "5 MB": 5}


def english(size: int, seed: int = 1) -> str:
    """About so many characters of words and sentences, the shorter words more often."""
    chosen = random.Random(seed)
    stock = ["".join(chosen.choices("etaoinshrdlucmfw", k=chosen.randint(2, 10))) for _ in range(WORDS)]
    lines: list[str] = []
    written = 0
    while written < size:
        words = chosen.choices(stock, weights=[1 / len(word) for word in stock], k=chosen.randint(6, 30))
        lines.append(" ".join(words).capitalize() + ".")
        written += len(lines[-1]) + 1
    return " ".join(lines)[:size]


def chinese(size: int) -> str:
    """About so many bytes of Chinese text; its numbers keep apart what its clauses repeat."""
    return make(size // 3)


def quotations(text: str) -> Iterator[tuple[str, str]]:
    """Each kind with a quotation of that kind, made from words in the middle of a text."""
    begin = text.index(" " if text.isascii() else "。", len(text) // 2) + 1
    middle = text[begin : begin + LENGTH].rsplit(" ", 1)[0]
    third = len(middle) // 3
    if text.isascii():
        third = middle.index(" ", third)
    yield "exact", middle
    yield "elided", f"{middle[:third]}…{middle[-third:].partition(' ')[2] or middle[-third:]}"
    yield "altered", f"{middle[:third]} zwölf 甭 {middle[third + 4 :]}"
    yield "not_found", "量子糾纏甭" * (LENGTH // 5) if not text.isascii() else "zyx wvu qpk " * (LENGTH // 12)


def milliseconds(claimed: str, text: str) -> float:
    return round(1000 * seconds(lambda: compare(claimed, bare.strip(text), text)), 1)


def run() -> dict[str, float]:
    """CPU milliseconds by text and kind; `slowest` of each text is what is promised."""
    found: dict[str, float] = {}
    for page, times in PAGES.items():
        for language, make_text in (("Chinese", chinese), ("English", english)):
            text = make_text(times * MEGABYTE)
            cases = dict(quotations(text))
            original = bare.strip(text)
            told = [compare(claimed, original, text).kind for claimed in cases.values()]
            assert told == list(KINDS), told
            taken = {f"{kind} ms": milliseconds(claimed, text) for kind, claimed in cases.items()}
            again = seconds(lambda text=text, original=original, cases=cases: compare(cases["altered"], original, text))
            found |= {f"{page} {language} {kind}": value for kind, value in taken.items()}
            found[f"{page} {language} slowest ms"] = max(taken.values())
            found[f"{page} {language} again ms"] = round(1000 * again, 1)
    return found


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{value:8.1f}  {name}")
