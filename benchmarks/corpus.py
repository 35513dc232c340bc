"""A made-up corpus for measurements: the same documents for the same numbers, on every machine and in every run.

    python -m benchmarks.corpus FOLDER [--documents 1000] [--characters 2000]

Document 17 is the same whether 100 or 10,000 are made. Three needles are planted at a known rate, so that the counts of
a search can be checked: NEEDLES maps each to the remainder of number % PERIOD at which it stands, once a document.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHARACTERS = 2_000
SPANS = 20
TAGS = 10
PERIOD = 20
NEEDLES = {"豁免": 3, "算法备案": 7, "watermarking": 11}
LENGTHS = (2, 4, 4, 6, 8, 12, 20, 30, 45)  # of spans, in characters

WHO = "各国政府 监管机构 研究团队 平台企业 标准组织 模型开发者 公众代表 大学实验室 国际组织 行业协会 用户".split()
DOES = "公布 要求 提出 评估 披露 限制 鼓励 修订 讨论 承认 暂停 记录 核实 引用 测试 量化".split()
HOW = "已经 尚未 正在 明确 反复 首次 联合 按程序 原则上".split()
WHICH = "高风险的 通用的 透明的 强制的 自愿的 跨境的 最新的 有争议的 未经证实的 前沿的".split()
WHAT = (
    "人工智能系统 训练数据 风险报告 合规义务 安全测试 内容标识 算力门槛 事故通报 责任分配 数据治理 伦理准则 模型权重 "
    "评测基准 隐私保护 版权争议 认证体系 处罚条款 协调机制 供应链审查 投诉渠道"
).split()
ENGLISH = (
    "Incident reporting stays voluntary in most countries.",
    "A developer of a frontier model publishes its safety framework.",
    "Thresholds of compute such as 10^25 FLOP are disputed.",
    "The figure could not be checked against the first source.",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One document: `spans` are (start, end, tag number), code points of `text`, half-open, in order of start."""

    number: int
    title: str
    text: str
    spans: tuple[tuple[int, int, int], ...]


def documents(count: int, characters: int = CHARACTERS, spans: int = SPANS, seed: int = 1) -> Iterator[Sample]:
    """So many documents of about so many characters, one after another."""
    return (document(number, characters, spans, seed) for number in range(count))


def document(number: int, characters: int = CHARACTERS, spans: int = SPANS, seed: int = 1) -> Sample:
    """The document of this number: paragraphs parted by single line ends, one needle at most, overlapping spans."""
    chance = random.Random(f"{seed}:{number}")
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < characters:
        paragraphs.append("".join(sentence(chance) for _ in range(chance.randint(3, 7))))
    for needle, remainder in NEEDLES.items():
        if number % PERIOD == remainder:
            paragraphs[chance.randrange(len(paragraphs))] += f"此处说明 {needle} 的范围。"
    text = "\n".join(paragraphs)
    title = f"{number:05d} {chance.choice(WHO)}{chance.choice(DOES)}{chance.choice(WHAT)}"
    return Sample(number, title, text, tuple(sorted(passages(chance, text, spans))))


def sentence(chance: random.Random) -> str:
    """One sentence; one in sixteen is English."""
    if chance.randrange(16) == 0:
        return chance.choice(ENGLISH)
    who, does, how = chance.choice(WHO), chance.choice(DOES), chance.choice(HOW)
    what, which, other = chance.choice(WHAT), chance.choice(WHICH), chance.choice(WHO)
    return chance.choice((
        f"{chance.randint(2019, 2025)}年，{who}{how}{does}{which}{what}。",
        f"{who}认为，{what}对{other}的影响约为{chance.randint(2, 97)}%，{how}{does}{chance.choice(WHAT)}。",
        f"“{who}应当{does}{what}。”{chance.choice(WHO)}对此作出回应。",
    ))  # fmt: skip


def passages(chance: random.Random, text: str, count: int) -> set[tuple[int, int, int]]:
    """So many different spans inside single lines; overlaps are wanted."""
    found: set[tuple[int, int, int]] = set()
    while len(found) < count:
        start = chance.randrange(len(text) - max(LENGTHS))
        end = start + chance.choice(LENGTHS)
        if "\n" not in text[start:end] and text[start] != " " != text[end - 1]:
            found.add((start, end, chance.randrange(TAGS)))
    return found


def write(folder: Path, count: int, characters: int = CHARACTERS) -> list[Path]:
    """The documents as UTF-8 files 00000.txt, 00001.txt ... in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for sample in documents(count, characters, spans=0):
        paths.append(folder / f"{sample.number:05d}.txt")
        paths[-1].write_text(f"{sample.title}\n\n{sample.text}\n", "utf-8")
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--characters", type=int, default=CHARACTERS)
    asked = parser.parse_args()
    print(f"{len(write(asked.folder, asked.documents, asked.characters))} files in {asked.folder}")


if __name__ == "__main__":
    main()
