"""CPU seconds of the text layer on one megabyte and on one million characters of Chinese text.

    python -m benchmarks.text

The text is made up of a fixed stock of clauses, so that every run sees the same; a damaged twin of it has readings
written after some characters, as the converter does that the cleaner knows.
"""

import random
import time
from collections.abc import Callable

from annotations.text import blocks, cleaning, folding, selectors, sentences, tokens

CLAUSES = (
    "各方應當在平等的基礎上商定規則", "監管機構需要公布測試的結果", "模型的開發者對風險負有責任",
    "公眾有權知道數據從哪裡來", "小國也應當參加標準的制定", "安全評測不能只由企業自己進行",
    "OpenAI和其他公司簽署了聲明", "2024年的報告列出233起事故", "技術的普惠要靠能力建設",
    "治理的目的是讓人受益", "各國的法律並不相同", "紅線必須說得清楚",
)  # fmt: skip
READINGS = {
    "應": "yīng", "監": "jiān", "構": "gòu", "對": "duì", "險": "xiǎn", "責": "zé", "數": "shù", "標": "biāo",
    "準": "zhǔn", "業": "yè", "簽": "qiān", "聲": "shēng", "術": "shù", "設": "shè", "國": "guó", "紅": "hóng",
}  # fmt: skip
MEGABYTE = 1_000_000
REPEATS = 3
PARAGRAPHS_A_HEADING = 6


def make(characters: int, seed: int = 1) -> str:
    """About so many characters of text: paragraphs of sentences, a heading now and then."""
    chosen = random.Random(seed)
    lines: list[str] = []
    size = 0
    while size < characters:
        if len(lines) % PARAGRAPHS_A_HEADING == 0:
            line = chosen.choice(CLAUSES)
        else:
            parts = (",".join(chosen.choices(CLAUSES, k=chosen.randint(1, 4))) for _ in range(chosen.randint(2, 6)))
            line = "。".join(parts) + f"。第{len(lines)}段。"
        lines.append(line)
        size += len(line) + 1
    return "\n".join(lines)[:characters]


def damaged(text: str) -> str:
    """The same text with a reading after each character of the list."""
    return text.translate({ord(char): f"{char}({reading})" for char, reading in READINGS.items()})


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call, the best of three."""
    best = float("inf")
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def segment(cleaned: cleaning.Cleaned, raw: str) -> list[tuple[int, int]]:
    """Blocks, repeats marked, and the sentences of each."""
    found: list[tuple[int, int]] = []
    for block in blocks.from_plain(raw):
        found += sentences.split(cleaned.text, *cleaned.map.raw_to_clean(block.start, block.end))
    return found


def index(text: str, spans: list[tuple[int, int]]) -> int:
    """The terms of every sentence."""
    return sum(len(tokens.index_tokens(folding.fold_text(text[start:end]))) for start, end in spans)


def measure(name: str, raw: str) -> dict[str, float]:
    """The steps of loading one text, and their sum without the index."""
    cleaned = cleaning.clean(raw)
    spans = segment(cleaned, raw)
    middle = spans[len(spans) // 2]
    quote = {"type": "TextQuoteSelector", "exact": cleaned.text[slice(*middle)].replace("的", "")}
    steps = {
        "clean": seconds(lambda: cleaning.clean(raw)),
        "fold": seconds(lambda: folding.fold(raw)),
        "segment": seconds(lambda: segment(cleaned, raw)),
    }
    steps["clean, fold and segment"] = sum(steps.values())
    steps["index terms"] = seconds(lambda: index(cleaned.text, spans))
    steps["search by brute force"] = seconds(lambda: folding.find(cleaned.text, "能力建设"))
    steps["offset map written and read"] = seconds(lambda: type(cleaned.map).decode(cleaned.map.encode()))
    steps["changed quote found"] = seconds(lambda: selectors.find(raw, quote, cleaned))
    return {f"{name}: {step}": round(cpu, 4) for step, cpu in steps.items()}


def run() -> dict[str, float]:
    """CPU seconds of every step for every text."""
    megabyte = make(MEGABYTE // 3)
    return {
        **measure("1 MB", megabyte),
        **measure("1 MB, damaged", damaged(megabyte)[: MEGABYTE * 10 // 27]),
        **measure("1,000,000 characters", make(1_000_000)),
    }


if __name__ == "__main__":
    for step, cpu in run().items():
        print(f"{cpu:8.3f} s  {step}")
