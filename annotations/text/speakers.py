"""Who the words before a speech verb name: a person, a body, a document, or nobody in particular (domain.md 2.3)."""

import re
from dataclasses import dataclass

from annotations.text.classes import fold_text
from annotations.text.patterns import any_of, groups

LOOKED_AT = 300  # code points before a verb; the subject of a longer clause is no name anyway
LONGEST = 24  # code points of a name; beyond that the words are no name

_TITLE_WORDS = any_of(
    "总书记|国家主席|主席|总理|副总理|总统|首相|大臣|部长|国务卿|秘书长|外长|司长|局长|院长|所长|校长|主任|书记|大使|发言人|特使",
    "代表|教授|研究员|博士|院士|学者|专家|科学家|教父|记者|创始人|首席执行官|总裁|会长|理事长|委员|议员|先生|女士|董事长|负责人",
)
PUBLISHED = any_of("发布|公布|发表|出版|推出|通过|印发|制定|起草|编写|撰写|设立|牵头|提交|签署")
_NOUNS = (
    "报告|决议|文件|白皮书|蓝皮书|草案|条例|契约|宣言|公报|纲要|规划|法案|指南|框架|公约|协定|声明|意见|通知|论文|办法|章程"
    "|研究|调查|数据|统计|资料|报道|报导|消息"
)
DOCUMENT = re.compile(rf"{any_of(_NOUNS)}$")
#: Alone, without a body that made them, these name no source.
_LOOSE = any_of("研究|调查|数据|统计|资料|报道|报导|消息")
UNNAMED = re.compile(rf"^{any_of('有|多项|一些|相关|有关|最新|公开|大量')}*的?{_LOOSE}$")
COLLECTIVE = re.compile(
    any_of(
        "有专家|有学者|有人|有观点|有评论|有声音|有分析|不少|许多|一些|部分|多位|多名|业内人士|分析人士|观察人士|观察家|舆论|外界",
        "人们|专家们|学者们|普遍|据悉|据了解|媒体",
    )
    + "|^"
    + any_of("专家|学者|专家学者")
    + "$"
)
PRONOUN = re.compile(rf"^{any_of('他|她|他们|她们|其')}$")
OWN = re.compile(rf"^{any_of('笔者|本文|我们|我|作者')}")
POINTING = re.compile(rf"^(?:{any_of('该|此|这份|这项|这一|上述|前述')})(?P<noun>.*)$")
NOT_A_NAME = re.compile(rf"^{any_of('其|它|这|此|该|那|可见|事实|实践|结果|这一|这些')}")

BY_AND_TITLE = re.compile(r"^(?P<before>[^<>]*)(?P<title><[^<>]+>)(?P<after>[^<>]{0,14})$")
BY_AND_NOUN = re.compile(rf"^(?P<before>.*){PUBLISHED}(?:了|过)?的?(?P<what>.+)$")
QUALITY = re.compile(rf"^(?:{any_of('一份|一项|一篇|有关|关于|最新|题为|名为|的|了|最新的')})+")
WHEN_FIRST = re.compile(
    r"^(?:(?:\d{4}年|今年|去年|同年|近年来?|近日|日前|不久前|昨天|当日|当天)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:上午|下午|晚)?[,\s]*)"
)
ADVERB_LAST = re.compile(
    rf"(?:{any_of('还|也|曾|就|又|再|特别|明确|再次|共同|多次|公开|进一步|同时|并|更|则|均|都|已|已经|日前|近日|主要|专门|率先|随后|曾经|联合')}|\d{{1,2}}月\d{{1,2}}日)+$"
)
LINK = re.compile(f"^{any_of('以及|和|与|而|但|但是|对此|因此|然而|不过|其中|如|例如|比如|正如')}?")
SUBJECT_END = re.compile(
    any_of(
        "在|于|出席|主持|接受|近日|日前|曾|不久前|致辞|更新|参加|会见|访问|发起|联合|围绕|针对|通过|发出|向|就|对|撰文|进行|领衔|发布",
    )
)
BODY = re.compile(
    rf"^[^的]{{0,20}}?{any_of('大会|组织|论坛|委员会|政府|机构|研究所|研究院|大学|协会|部|联盟|银行|基金会|理事会|峰会|公司|集团|总署|署')}"
)
TITLED_BEFORE = re.compile(rf"^.*{_TITLE_WORDS}(?P<name>[^\W\d_]{{2,12}}(?:[·.]\s?[^\W\d_]{{1,10}})*)$")
TITLED_AFTER = re.compile(rf"^(?P<name>[㐀-鿿]{{2,3}}){_TITLE_WORDS}+$")
SUCH_AS = re.compile("(?<![究务務易询詢])所$")  # 大会所(通过), but not 研究所
NICKNAME = re.compile(r'^"[^"]*"(?P<name>.+)$')


@dataclass(frozen=True, slots=True)
class Speaker:
    """`voice`: direct or indirect speech ("indirect"), "document", "collective_unnamed", "author"; names as written."""

    voice: str
    name: str = ""
    via: str = ""


def identify(words: str, earlier: str = "") -> Speaker | None:
    """Who is named by the words before a speech verb; None when they name nobody. `earlier`: the text before them."""
    words = trim_first(trim(words[-LOOKED_AT:], ADVERB_LAST).strip(), LINK)
    plain = fold_text(words)
    if not words:
        return None
    if OWN.match(plain):
        return Speaker("author")
    if PRONOUN.match(plain):
        return Speaker("indirect")
    return _titled_document(words) or _document(words, earlier) or _unnamed(plain) or _person_or_body(words)


def _titled_document(words: str) -> Speaker | None:
    found = groups(BY_AND_TITLE, words)
    if found is None:
        return None
    made = groups(BY_AND_NOUN, found["before"] + "·") or {"before": ""}
    return Speaker("document", body(made["before"]) or leading_body(found["before"]), found["title"])


def _document(words: str, earlier: str) -> Speaker | None:
    if not DOCUMENT.search(fold_text(words)):
        return None
    pointing = groups(POINTING, words)
    if pointing is not None:
        return Speaker("document", "", title_of(pointing["noun"], earlier) or words)
    made = groups(BY_AND_NOUN, words)
    if made:
        return Speaker("document", body(made["before"]), trim_first(made["what"], QUALITY))
    return None if UNNAMED.match(fold_text(words)) else Speaker("document", "", trim_first(words, WHEN_FIRST))


def title_of(noun: str, earlier: str) -> str:
    """The last 《title》 before that ends with the noun: what 该契约 points at."""
    ending = fold_text(noun) + ">"
    titles = [title for title in re.findall("《[^《》]+》", earlier) if fold_text(title).endswith(ending)]
    return titles[-1] if titles and noun else ""


def _unnamed(plain: str) -> Speaker | None:
    return Speaker("collective_unnamed") if COLLECTIVE.search(plain) or UNNAMED.match(plain) else None


def _person_or_body(words: str) -> Speaker | None:
    found = name_of(words)
    return Speaker("indirect", found) if found else None


def name_of(words: str) -> str:
    """The name in a subject such as 国务院总理李强在上海出席: without date, office and what the person does there."""
    words = trim_first(words, WHEN_FIRST).strip(" ,，、")
    for pattern in (NICKNAME, TITLED_BEFORE, TITLED_AFTER):
        if found := groups(pattern, _subject(words)):
            return body(found["name"])
    return body(_subject(words))


def _subject(words: str) -> str:
    cut = groups(re.compile(rf"^(?P<subject>.{{2,}}?)(?:{SUBJECT_END.pattern}).*$"), words)
    return cut["subject"] if cut and not NICKNAME.match(fold_text(words)) else words


def body(words: str) -> str:
    """A name without what describes it (由…领衔的, 总部位于…的); "" when it is too long, or no name at all."""
    name = re.split("[，,、;；]", trim_first(words, WHEN_FIRST))[-1].rpartition("的")[2]
    name = SUCH_AS.sub("", name.strip(' ,，、:：“”"')).removeprefix("由")
    return name if 2 <= len(name) <= LONGEST and not NOT_A_NAME.match(fold_text(name)) else ""


def leading_body(words: str) -> str:
    """The body that a long description begins with: 联合国大会历史上首个…所通过的专项决议."""
    words = trim_first(words, WHEN_FIRST).lstrip("，, ")
    found = groups(re.compile(f"(?P<body>{BODY.pattern})"), words)
    return found["body"] if found else ""


def trim(words: str, pattern: re.Pattern[str]) -> str:
    """Without what the pattern matches at the end."""
    found = groups(re.compile(f"^(?P<kept>.*?){pattern.pattern}"), words)
    return found["kept"] if found else words


def trim_first(words: str, pattern: re.Pattern[str]) -> str:
    """Without what the pattern matches at the beginning."""
    found = groups(re.compile(f"{pattern.pattern}(?P<kept>.*)$"), words)
    return found["kept"] if found else words
