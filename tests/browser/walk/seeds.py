"""The plan of the two seed documents, with the figures of the specification."""

from __future__ import annotations

from pathlib import Path

from tests.browser.walk.plan import Passages, Plan, Search, Text

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


def file(number: str) -> Path | None:
    return next(iter(SEEDS.glob(f"{number}_*.txt")), None)


def present() -> bool:
    return file("000") is not None and file("003") is not None


def plan() -> Plan:
    """The walk of the specification. Call it only when the seeds are present."""
    first, second = file("000"), file("003")
    assert first and second
    return Plan(
        a=Text(
            first, 18, 290, {"gloss": 287, "lost-bytes": 2, "broken-entity": 1}, 0,
            {"authors": "魯俊群", "source_note": "世界人工智能大會", "language": "zh-Hant", "not_before": "2025-07-26"},
            frozenset({"title", "authors", "source_note", "language", "not_before"}),
        ),
        b=Text(
            second, 15, 0, {}, 13,
            {"affiliation": "西北工业大学马克思主义学院", "not_before": "2025-05-20", "reference_year": "2025"},
            frozenset({"affiliation", "not_before", "reference_year"}),
        ),
        passages=Passages(
            repeated="中國政府倡議成立世界人工智能合作組織",
            damaged="建議建立全球統一技術安全評測標準",
            second="推動安全技術共享普惠",
            third="建立風險預警與應急響應預案處置體系",
            around=("對此", "應對方案"),
            inside="評測",
            number="2024年全球人工智能相关事故飙升至233起,同比激增56.4%",
            share="全球80%算力集中于少數發達國家",
            variant="发达国家垄断算力资源",
            share_query="发达国家",
            forecast="人工智能或成“富人和富國的游戲”",
            leaning="该契约还特别强调增加发展中国家的数字公共产品投资",
            leaning_on="该契约",
        ),
        searches=(
            Search("国际公共产品", 19, 2, 15),
            Search("國際公共產品", 19, 2, 15),
            Search("红线", 1, 1, 0, "紅線"),
            Search("能力建设", 3, 2, 2),
        ),
        title="世界人工智能合作組織的倡議與安全邊界",
        repeats=(1, 2),
        damaged_span=(990, 1039),
        damaged_exact="",
        damaged_paragraph=6,
        actor="世界人工智能合作組織",
        proposer="魯俊群",
        author="魯俊群",
        speaker="斯坦福大学人工智能研究所",
        via="《2025年人工智能指数报告》",
        number_paragraph=10,
        dates=("2025-07-26", "2025-05-20"),
    )  # fmt: skip
