"""Tag scopes, the twelve tag colours, and the codebooks a new corpus can start from (UX.md 4.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotations.rules.errors import noop
from annotations.rules.vocabulary.terms import Term, Vocabulary

TAG_SCOPES = Vocabulary(
    noop("scope of a tag set"),
    (
        Term("annotation", noop("Passages")),
        Term("statement", noop("Statements"), noop("Columns of your own in the tracker.")),
        Term("document", noop("Documents")),
    ),
)

#: Names, not values: the style sheet gives each a tint for light and one for dark paper.
PALETTE = Vocabulary(
    noop("colour"),
    (
        Term("red", noop("Red")),
        Term("orange", noop("Orange")),
        Term("amber", noop("Amber")),
        Term("lime", noop("Lime")),
        Term("green", noop("Green")),
        Term("teal", noop("Teal")),
        Term("cyan", noop("Cyan")),
        Term("blue", noop("Blue")),
        Term("indigo", noop("Indigo")),
        Term("violet", noop("Violet")),
        Term("pink", noop("Pink")),
        Term("brown", noop("Brown")),
    ),
)


#: What may have become of a set or a tag between two editions of the codebook (rules/editions.py).
CODEBOOK_CHANGES = Vocabulary(
    noop("change of the codebook"),
    (
        Term("added", noop("Added")),
        Term("renamed", noop("Renamed")),
        Term("redefined", noop("Defined anew")),
        Term("merged", noop("Merged")),
        Term("split", noop("Split off")),
        Term("moved", noop("Moved")),
        Term("retired", noop("Retired")),
        Term("restored", noop("In use again")),
        Term("dressed", noop("Colour, key or order")),
        Term("changed", noop("Set changed")),
        Term("removed", noop("Not in it")),
    ),
)


@dataclass(frozen=True, slots=True)
class StarterTag:
    """A tag as a new corpus gets it. Data of the corpus from then on, hence three languages here and no msgids."""

    code: str
    key: str
    colour: str
    label: str
    label_zh_hans: str
    label_zh_hant: str
    definition: str
    definition_zh_hans: str
    definition_zh_hant: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """`name` is a msgid; `scope` and `many` are those of its one tag set."""

    name: str
    tags: tuple[StarterTag, ...]
    scope: str = "annotation"
    many: bool = True


_AI_GOVERNANCE = (
    StarterTag(
        "safety", "1", "red", "Safety", "安全", "安全",
        "Risks, loss of control, red lines, safeguards and their failure.",
        "风险、失控、红线、防护及其失效。", "風險、失控、紅線、防護及其失效。",
    ),
    StarterTag(
        "capacity-building", "2", "green", "Capacity building", "能力建设", "能力建設",
        "Skills, training, tools and help that let others take part.",
        "使他方得以参与的技能、培训、工具与援助。", "使他方得以參與的技能、培訓、工具與援助。",
    ),
    StarterTag(
        "institutions", "3", "blue", "Institutions and mechanisms", "机构与机制", "機構與機制",
        "Bodies, forums and procedures through which decisions are made.",
        "作出决定所依托的组织、论坛与程序。", "作出決定所依託的組織、論壇與程序。",
    ),
    StarterTag(
        "standards", "4", "violet", "Standards and evaluation", "标准与评测", "標準與評測",
        "Technical standards, testing, audits and certification.",
        "技术标准、测试、审计与认证。", "技術標準、測試、稽核與認證。",
    ),
    StarterTag(
        "rules", "5", "indigo", "Law and regulation", "法律与监管", "法律與監管",
        "Laws, treaties, duties, liability and their enforcement.",
        "法律、条约、义务、责任及其执行。", "法律、條約、義務、責任及其執行。",
    ),
    StarterTag(
        "ethics", "6", "pink", "Ethics and rights", "伦理与权利", "倫理與權利",
        "Values, fairness, privacy and the rights of people concerned.",
        "价值观、公平、隐私与当事人的权利。", "價值觀、公平、隱私與當事人的權利。",
    ),
    StarterTag(
        "access", "7", "amber", "Access and inclusion", "普惠与包容", "普惠與包容",
        "Who benefits and who is left out: divides, monopolies, public goods.",
        "谁受益、谁被排除在外:鸿沟、垄断、公共产品。", "誰受益、誰被排除在外:鴻溝、壟斷、公共產品。",
    ),
    StarterTag(
        "infrastructure", "8", "teal", "Compute, data and models", "算力、数据与模型", "算力、數據與模型",
        "The technical means and who holds them.",
        "技术资源及其掌握者。", "技術資源及其掌握者。",
    ),
    StarterTag(
        "economy", "9", "brown", "Economy and work", "经济与就业", "經濟與就業",
        "Growth, industry, trade, jobs and how work changes.",
        "增长、产业、贸易、就业与工作方式的变化。", "成長、產業、貿易、就業與工作方式的變化。",
    ),
)  # fmt: skip

#: By the code that a form or the command sends.
CODEBOOKS: Mapping[str, Codebook] = {
    "ai-governance": Codebook(noop("AI governance"), _AI_GOVERNANCE),
    "empty": Codebook(noop("Empty codebook"), ()),
}
