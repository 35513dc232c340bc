"""The plan of two documents of the demo corpus: figures counted from its files, each by the simplest means."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from annotations.text.folding import fold_text
from tests.browser.walk.plan import Passages, Plan, Search, Text

DEMO = Path(__file__).resolve().parents[3] / "fixtures" / "demo"
DOCUMENTS = DEMO / "documents"
A, B = "02-cooperation-organization", "09-jobs-exposure"
LOST = re.compile(r"\?,F\(xiàn\)|\?yōu\)")
GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]+\)")

PASSAGES = Passages(
    repeated="世界人工智能合作組織",
    damaged="制定統一的前沿模型安全評測標準",
    second="建議成員在重大人工智能事故發生後72小時內互相通報",
    third="推動關停協議和紅隊測試工具開源",
    around=("第一,建議", "互認評測結果"),
    inside="前沿模型安全",
    number="到2030年将新增1.7亿个岗位",
    share="全球80%的算力集中於少數發達國家",
    variant="全球约40%的就业受到人工智能影响",
    share_query="发达国家",
    forecast="預計到2027年,世界人工智能合作組織的成員將超過一百個",
    leaning="这句话在转述中变了样",
    leaning_on="这句话",
)
"""Own words of the demo; the rest of this module counts what the pages must make of them."""


def text_of(name: str) -> str:
    return (DOCUMENTS / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def known(file: str) -> dict[str, object]:
    rows = tomllib.loads((DEMO / "documents.toml").read_text(encoding="utf-8"))["documents"]
    found: dict[str, object] = next(row for row in rows if row["file"] == file)
    return found


def note_in(text: str) -> str:
    """What stands in the closing brackets, after the colon."""
    found = re.search(r"\([^()]*:([^()]*)\)\s*$", text)
    assert found
    return found[1]


def raw_span(raw: str, words: str) -> tuple[int, int]:
    """Where clean words stand in the raw text: each character may be followed by its gloss."""
    gloss = r"(?:\([^()\u4e00-\u9fff]{1,8}\))?"
    found = re.search("".join(re.escape(one) + gloss for one in words), raw)
    assert found, words
    return found.span()


def in_order(where: list[str], words: str) -> list[int]:
    """Numbers of the paragraphs in which words stand, once for each time."""
    return [number for number, line in enumerate(where, 1) for _ in range(line.count(words))]


def searching(query: str, first: list[str], second: list[str], again: list[str], shown: str = "") -> Search:
    """Counts over folded paragraphs, those of the repeated body apart."""
    wanted = fold_text(query)
    counts = [sum(fold_text(line).count(wanted) for line in lines) for lines in (first, second, again)]
    return Search(query, counts[0] + counts[1], sum(1 for n in counts[:2] if n), counts[2], shown)


def plan() -> Plan:
    """The twin of the seeds' walk."""
    raw, clean = text_of(f"{A}.txt"), text_of(f"{A}.clean.txt")
    once, twice = paragraphs(text_of(f"{B}.once.txt")), paragraphs(text_of(f"{B}.txt"))
    first, again = paragraphs(clean), twice[len(once) :]
    repairs = {
        "gloss": len(GLOSS.findall(raw)),
        "lost-bytes": len(LOST.findall(raw)),
        "broken-entity": raw.count("?ldquo;"),
    }
    span = raw_span(raw, PASSAGES.damaged)
    author = str(known(f"{A}.txt")["authors"][0])  # type: ignore[index]
    return Plan(
        a=Text(
            DOCUMENTS / f"{A}.txt", len(first), sum(repairs.values()), repairs, 0,
            {"source_note": note_in(clean), "language": "zh-Hant"},
            frozenset({"source_note", "language"}),
        ),
        b=Text(
            DOCUMENTS / f"{B}.txt", len(once), 0, {}, len(again),
            {"language": "zh-Hans", "affiliation": note_in(once[-1])},
            frozenset({"language", "affiliation"}),
        ),
        passages=PASSAGES,
        searches=(
            searching("岗位", first, once, again), searching("崗位", first, once, again),
            searching("人工智能", first, once, again), searching("圍欄", first, once, again, "圍欄"),
        ),
        title="給失控按下暫停鍵",
        repeats=tuple(in_order(first, PASSAGES.repeated)),
        damaged_span=span, damaged_exact=raw[slice(*span)],
        damaged_paragraph=in_order(first, PASSAGES.damaged)[0],
        actor="世界人工智能合作組織", proposer=author, author=author,
        speaker="世界经济论坛", via="《2025年未来就业报告》", number_paragraph=in_order(once, PASSAGES.number)[0],
        dates=("", ""),
    )  # fmt: skip
