"""What a line of plain text is by its looks: list item, source line, byline, footnote, heading of some level ...

Everything is matched on folded text, so one pattern serves both scripts and every kind of punctuation.
"""

import re

from annotations.text.classes import fold_text
from annotations.text.han import UNSPACED

HAN_HEADING = 40  # characters; beyond that a line without a stop is a sentence cut off
LATIN_HEADING = 100
LOOKED_AT = 400  # code points; longer lines are paragraphs by their length

ENDED = re.compile(r"[.!?;:,~·](?:[\"')\]>]|\s)*$")
SOURCE = re.compile(
    r"^[(\[<]?\s*(?:来源|文章来源|资料来源|本文来源|稿件来源|信息来源|来自|原载|原载于|转载自|转自|摘自|出处|作者单位|作者简介"
    r"|责任编辑|责编|编辑|编审|校对|审核|图源|供图|source|originally published)\s*[:/|].{1,200}$"
)
BYLINE = re.compile(r"^[(\[]?\s*(?:文|作者|撰文|记者|本报记者|通讯员|译者|编译|author|authors|by)\s*[:/|].{1,60}$")
BY = re.compile(r"^\s*(?:By|BY)(?:\s+(?:and|,)?\s*[A-Z][\w.'-]*,?){2,10}\s*$")  # names, so on the line as written
BODY = "大学|学院|学校|研究院|研究所|实验室|中心|委员会|协会|学会|公司|集团|智库|基金会|出版社|报社|杂志社|部|局|厅"
POST = "主任|主席|教授|讲师|博士|院士|记者|编辑|专家|学者|总裁|顾问|员|长"
SIGNED = re.compile(
    rf"^[{UNSPACED}()·,/\s]{{2,60}}(?:{BODY}|{POST})\)?\s+[{UNSPACED}]{{2,4}}(?:\s+[{UNSPACED}]{{2,4}})*$"
)
LIST = re.compile(r"^(?:[•●■◆▪○◦]|·\s|[*+-]\s|[①-⑳]|\(?[a-z0-9]{1,2}[.)]\s|\([一二三四五六七八九十0-9]{1,3}\))")
QUOTE = re.compile(r"^>\s")
FOOTNOTE = re.compile(r"^(?:\[\d{1,3}\]|\[\^\w{1,20}\]:?|注释?:|注[一二三四五六七八九十\d]{1,3}[:,.]|\*注)")
LEVELS = (
    (re.compile(r"^第[一二三四五六七八九十百0-9]+[章编篇部]"), 1),
    (re.compile(r"^[一二三四五六七八九十]{1,3}[,.:]"), 1),
    (re.compile(r"^(?:chapter|part)\s+[0-9ivxlc]+\b"), 1),
    (re.compile(r"^第[一二三四五六七八九十百0-9]+节"), 2),
    (re.compile(r"^\([一二三四五六七八九十]{1,3}\)"), 2),
)
NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})(?:[.,)]\s*|\s+)\S")


def fixed_role(line: str, folded: str | None = None) -> str | None:
    """The role that a line has whatever stands around it; None when that decides (title, heading, paragraph)."""
    if "\t" in line.strip():
        return "table-cell"
    text = (fold_text(line[: 4 * LOOKED_AT]) if folded is None else folded).strip()
    if len(text) > LOOKED_AT:
        return None
    if SOURCE.match(text):
        return "source-line"
    if BYLINE.match(text) or BY.match(line) or SIGNED.match(text):
        return "byline"
    if FOOTNOTE.match(text):
        return "footnote"
    if QUOTE.match(text):
        return "quote"
    return "list-item" if LIST.match(text) and not (heading_level(text) > 1 and is_short(text)) else None


def is_short(folded: str) -> bool:
    """Whether a folded line could be a title or heading: short, not ended like a sentence."""
    text = folded.strip()
    if not text or len(text) > LATIN_HEADING or ENDED.search(text):
        return False
    han = len(re.findall(f"[{UNSPACED}]", text))
    return len(text) <= (HAN_HEADING if han * 2 >= len(text) else LATIN_HEADING)


def heading_level(folded: str) -> int:
    """The level a folded heading states by its number: 第一章 and 一、 are 1, （一） is 2, 1.2 is 2; 1 when by none."""
    text = folded.strip()
    for pattern, level in LEVELS:
        if pattern.match(text):
            return level
    numbered = NUMBERED.match(text)
    return numbered[1].count(".") + 1 if numbered else 1
