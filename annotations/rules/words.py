"""The words of the screen in English, 简体中文 and 繁體中文: the glossary (UX.md 3), and the page docs/words.md.

The labels of the vocabularies are translated in the catalogues and nowhere else; the page shows both. Rewrite it with:
python -m annotations.rules.words > docs/words.md
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from annotations.rules import vocabulary
from annotations.rules.vocabulary import Vocabulary

LOCALE = Path(__file__).resolve().parents[1] / "locale"
Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Word:
    """`english`: the word in code and in UX.md; `why`: given where another word is common."""

    english: str
    hans: str
    hant: str
    why: str = ""


def read(table: str) -> tuple[Word, ...]:
    """Rows written as English | 简体 | 繁體 | why. ValueError for a line that has not three or four cells."""
    rows = []
    for line in table.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) not in (3, 4) or not all(cells[:3]):
            raise ValueError(f"not a row of the word list: {line}")
        rows.append(Word(*cells))
    return tuple(rows)


GLOSSARY = read("""
corpus | 语料库 | 語料庫
document | 文档 | 文件 | Taiwan: 文件
version | 版本 | 版本
passage | 文段 | 文段 | not a paragraph
annotation | 标注 | 標註
highlight | 划线 | 劃線 | readers' own word
note | 备注 | 備註
comment | 评论 | 留言 | Taiwan: 留言
tag | 标签 | 標籤
codebook | 编码手册 | 編碼手冊 | qualitative-research term
statement (claim or proposal) | 陈述 | 陳述 | 声明 = official
claim | 论断 | 論斷 | 主张 ≈ position
proposal | 提议 | 提議 | 提案 = motion
occurrence (code only; on screen: passage) | 出现处 | 出現處 | 出处 ≈ source
variant | 变体 | 變體
voice | 引述方式 | 引述方式 | 语态 = grammar
attributed to (speaker) | 发言方 | 發言方 | includes institutions
reported via | 转引自 | 轉引自
author's attitude (author_stance) | 作者态度 | 作者態度 | unlike evidence stance
strength of wording (modality) | 语气强度 | 語氣強度 | 情态 too technical
stands alone (wording) | 可独立理解 | 可獨立理解
triage | 初筛 | 初篩 | 分诊 = hospital
check-worthiness | 核查价值 | 查核價值 | academic usage
set aside | 暂不核查 | 暫不查核 | 搁置 ≈ pause
check (verification) | 核查 | 查核 | Taiwan, HK: 查核
question | 核查问题 | 查核問題
answer | 回答 | 回答
evidence | 证据 | 證據
stance | 证据指向 | 證據指向 | 立场 = persons
source | 来源 | 來源
snapshot | 存档快照 | 存檔快照
verdict | 核查结论 | 查核結論 | 判决 = court
why (justification) | 结论说明 | 結論說明
limits (of a check) | 局限 | 侷限
flag | 问题类型 | 問題類型
as of | 截至 | 截至
review | 复核 | 複核
blind verdict | 盲评结论 | 盲評結論 | 盲审 = anonymous
publish | 发布 | 發布
pause | 暂停展示 | 暫停顯示
withdraw | 撤回 | 撤回
correction | 更正 | 更正
progress | 进展 | 進展
milestone | 里程碑 | 里程碑
proposer | 提出方 | 提出方
actor | 执行方 | 執行方
addressee | 对象 | 對象
mechanism | 机制 | 機制
instrument | 政策工具 | 政策工具
agent (person or body) | 主体 | 主體 | not 智能体
relation | 关联 | 關聯
suggestion (machine) | 机器候选 | 機器候選 | 建议 = recommend
tracker | 追踪表 | 追蹤表
saved view | 已存视图 | 已存檢視
clean | 整理文本 | 整理文本
raw | 原始文本 | 原始文本
repair | 修复 | 修復
round | 编码轮次 | 編碼輪次 | communication-studies term
adjudication | 裁定 | 裁定
intercoder reliability | 编码者间信度 | 編碼者間信度
export | 导出 | 匯出
import | 导入 | 匯入
loss report | 未导出内容 | 未匯出內容 | 损失 sounds alarming
""")

_INTRODUCTION = """\
# Words

The words of the screen in English, 简体中文 and 繁體中文; "why" is given where another word is common. The glossary
stands in `annotations/rules/words.py`, the labels in `annotations/rules/vocabulary/` and in the catalogues. Made by
`python -m annotations.rules.words`; a test compares them.
"""


def page(hans: Translate, hant: Translate) -> str:
    """The whole of docs/words.md; `hans` and `hant` translate a msgid."""
    rows = ((word.english, word.hans, word.hant, word.why) for word in GLOSSARY)
    sections = [_section("Glossary", ("English", "简体", "繁體", "why"), rows)]
    seen: set[tuple[str, ...]] = set()
    for name, value in sorted(vars(vocabulary).items()):
        if isinstance(value, Vocabulary) and value.codes not in seen:
            seen.add(value.codes)
            terms = ((f"`{term.code}`", term.label, hans(term.label), hant(term.label)) for term in value)
            sections.append(_section(f"{value.name.capitalize()} ({name})", ("code", "English", "简体", "繁體"), terms))
    return _INTRODUCTION + "".join(sections)


def _section(heading: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return f"\n## {heading}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}\n{lines}"


def catalogue(language: str) -> Translate:
    """gettext of a compiled catalogue of the house (zh_Hans, zh_Hant)."""
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file).gettext


if __name__ == "__main__":
    print(page(catalogue("zh_Hans"), catalogue("zh_Hant")), end="")
