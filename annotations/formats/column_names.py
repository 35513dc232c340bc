"""What analysts call the columns of their tables: English and Chinese, both scripts, the most telling name first.

Names are matched without case, width, spaces, punctuation and brackets (spreadsheet_plan.key).
"""

from collections.abc import Mapping

#: field: names. The fields are those of spreadsheet_plan.PlannedRow, in the order in which people are asked for them.
_NAMES = """
quote: quote_raw quote exact quotation quoted_text passage excerpt highlight quote_clean original_text
quote: 引文 原文 摘录 摘錄 原文摘录 原文摘錄 引用 引用原文 引述 原句 节选 節選 文段 片段 划线 劃線
document: document_title document doc document_name article file file_name title document_id
document: 文档 文檔 文件 文件名 檔名 文章 篇名 篇目 题名 題名 标题 標題 文章标题 文章標題
kind: kind statement_kind category claim_or_proposal class
kind: 类别 類別 种类 種類 分类 分類 性质 性質 陈述类别 陳述類別
text: statement_text text statement claim_text claim proposal summary wording
text: 陈述 陳述 陈述内容 陳述內容 论断 論斷 主张 主張 观点 觀點 提议 提議 表述 内容 內容 概括
type: type claim_type statement_type subtype mechanism
type: 类型 類型 论断类型 論斷類型 子类 子類 机制 機制
tags: annotation_tags tags tag labels label codes code keywords topic topics statement_tags
tags: 标签 標籤 标记 標記 编码 編碼 关键词 關鍵詞 关键字 關鍵字 主题 主題
note: note notes comment comments remark remarks memo
note: 备注 備註 批注 批註 说明 說明 笔记 筆記 评论 評論 留言
speaker: attributed_to speaker who said_by claimant
speaker: 发言方 發言方 发言人 發言人 发言者 發言者 说话人 說話人 讲话人 講話人 提出者 提出方
owner: owner assignee assigned_to responsible
owner: 负责人 負責人 经办人 經辦人 承办 承辦 分配给 分配給
source: source_urls source_url sources source url urls link links evidence reference references source_titles
source: 来源 來源 出处 出處 链接 鏈接 連結 网址 網址 参考 參考 证据 證據 依据 依據
"""

_KINDS = """
claim: claim claims c 论断 論斷 主张 主張 声明 聲明 断言 斷言 事实 事實
proposal: proposal proposals p recommendation recommendations 提议 提議 建议 建議 提案 倡议 倡議
"""


def _table(text: str) -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in text.strip().splitlines():
        field, _, names = line.partition(":")
        table[field] = (*table.get(field, ()), *names.split())
    return table


COLUMN_NAMES = _table(_NAMES)
FIELDS = tuple(COLUMN_NAMES)
#: word in a cell: code of the kind of statement
KIND_WORDS = {word: code for code, words in _table(_KINDS).items() for word in words}
