"""Who says a passage, from quotation marks, titles and speech verbs; and how strongly it is worded."""

from __future__ import annotations

import re
import time

import pytest

from annotations.rules.vocabulary import KINDS, MODALITIES, VOICES
from annotations.text import english_speech, modality, signature, speakers, speech, variants, wording_rules
from annotations.text.attribution import Attribution, propose, quotations
from annotations.text.classes import fold_text
from annotations.text.speakers import Speaker, identify
from tests.text.seeds import seed
from tests.text.test_facts import paragraphs_of

AUTHOR = "魯俊群"
STANFORD = "斯坦福大学人工智能研究所"

SEEDS = [
    # document, paragraph, passage, voice, speaker, via (None = do not compare), modality, proposer
    ("000", 1, "中國政府倡議成立世界人工智能合作組織", "indirect", "李強", "", "recommend", "中國政府"),
    ("000", 2, "中國政府倡議成立世界人工智能合作組織", "indirect", "中國政府", "", "recommend", "中國政府"),
    ("000", 6, "建議建立全球統一技術安全評測標準", "author", AUTHOR, "", "recommend", AUTHOR),
    ("000", 6, "推動安全技術共享普惠", "author", AUTHOR, "", "ongoing", AUTHOR),
    ("000", 6, "建立風險預警與應急響應預案處置體系", "author", AUTHOR, "", "ongoing", AUTHOR),
    ("000", 7, "中國通過構建", "direct_quote", "傅瑩", "", "", "傅瑩"),
    ("000", 9, "人工智能的出現", "direct_quote", "基辛格", "", "", "基辛格"),
    ("000", 9, "人工智能如同", "direct_quote", "杰弗里.辛頓", "", "", "杰弗里.辛頓"),
    ("000", 13, "人工智能或成“富人和富國的游戲”", "collective_unnamed", "", "", "may", ""),
    ("000", 14, "全球80%算力集中于少數發達國家", "author", AUTHOR, "", "", AUTHOR),
    ("003", 10, "2024年全球人工智能相关事故飙升至233起,同比激增56.4%", "document", STANFORD,
     "《2025年人工智能指数报告》", "", STANFORD),
    ("003", 10, "全球四分之一", "document", "国际劳工组织", None, "", "国际劳工组织"),
    ("003", 2, "人工智能可以是", "indirect", "习近平", "", "can_be", "习近平"),
    ("003", 7, "承认技术具有", "indirect", "经济合作与发展组织", "", "", "经济合作与发展组织"),
    ("003", 7, "该契约还特别强调增加发展中国家的", "document", "", "《全球数字契约》", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("document", "paragraph", "passage", "voice", "speaker", "via", "strength", "proposer"), SEEDS)
def test_the_seed_documents(
    document: str,
    paragraph: int,
    passage: str,
    voice: str,
    speaker: str,
    via: str | None,
    strength: str,
    proposer: str,
) -> None:
    text = paragraphs_of(seed(document))[paragraph - 1][1]
    start = text.index(passage)
    found = propose(text, start, start + len(passage), [AUTHOR] if document == "000" else [])
    assert (found.voice, found.speaker) == (voice, speaker)
    assert found.reported_via == via if via is not None else found.reported_via
    assert (found.modality, found.proposer) == (strength, proposer)


SENTENCES = [
    # text with the passage in braces, voice, speaker, via
    ("有专家认为,{风险正在上升}。", "collective_unnamed", "", ""),
    ("研究表明,{风险正在上升}。", "collective_unnamed", "", ""),
    ("報導稱,{中國將設立基金}。", "collective_unnamed", "", ""),
    ("笔者认为,{风险正在上升}。", "author", "某人", ""),
    ("他说,{要共建}。", "indirect", "", ""),
    ("某某委员会主席张三丰表示:“我们将投资。{这是承诺}。”", "direct_quote", "张三丰", ""),
    ("某某部发言人李四4月5日表示,{中方支持}。", "indirect", "李四", ""),
    ("某某组织發佈的白皮書指出,{風險上升}。", "document", "某某组织", "白皮書"),
    ("《某某宣言》第三条规定,{各国应合作}。", "document", "", "《某某宣言》"),
    ("某某大会通过了一项决议,{各国应合作}。", "author", "某人", ""),
    ("所谓“安全红线”,{指的是“不可逾越”的界限}。", "author", "某人", ""),
    ("各国就{国际倡议}达成一致。", "author", "某人", ""),
    ("某某公司呼吁{暂停训练}。", "indirect", "某某公司", ""),
    ("它还在上升:{建议暂停训练}。", "author", "某人", ""),
    ("甲公司称为乙,{丙上升}。", "author", "某人", ""),
    ("According to the International Labour Organization, {one job in four is exposed}.", "indirect",
     "International Labour Organization", ""),
    ("{One job in four is exposed}, according to the ILO.", "indirect", "ILO", ""),
    ("Premier Li Qiang said that {China would set up the body}.", "indirect", "Li Qiang", ""),
    ("“{AI is a public good},” said Antonio Guterres.", "direct_quote", "Antonio Guterres", ""),
    ("The AI Index Report 2025 shows that {233 incidents were reported}.", "document", "", "AI Index Report 2025"),
    ("Stanford's AI Index Report 2025 found that {incidents rose}.", "document", "Stanford", "AI Index Report 2025"),
    ("Some experts warned that {control may be lost}.", "collective_unnamed", "", ""),
    ("{The UN urges all states to join}.", "indirect", "UN", ""),
    ("It is a “{race to the bottom of safety}”, nothing else.", "collective_unnamed", "", ""),
    ("{Governments should share tests}.", "author", "某人", ""),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "voice", "speaker", "via"), SENTENCES)
def test_sentences(marked: str, voice: str, speaker: str, via: str) -> None:
    start, end = marked.index("{"), marked.index("}") - 1
    found = propose(marked.replace("{", "").replace("}", ""), start, end, ["某人", "另一人"])
    assert (found.voice, found.speaker, found.reported_via) == (voice, speaker, via)


@pytest.mark.parametrize(
    "words", ["提出中方愿意设立一个基金", "提出中国政府建议设立一个基金", "宣布我国政府建议设立一个基金"]
)
def test_the_verb_before_a_name_is_no_part_of_it(words: str) -> None:
    paragraph = f"5月1日,部长王明在北京出席会议,{words}。"
    found = propose(paragraph, paragraph.index(words), len(paragraph) - 1)
    assert (found.voice, found.speaker) == ("indirect", "王明")
    assert not found.proposer.startswith(("提出", "宣布"))


def test_a_passage_may_end_in_a_later_sentence() -> None:
    text = "张三表示,情况好转。其他人沉默。"
    found = propose(text, text.index("情况"), len(text))
    assert (found.voice, found.speaker) == ("indirect", "张三")


def test_without_author_and_without_text() -> None:
    assert propose("情况好转。", 0, 4) == Attribution()
    assert propose("", 0, 0) == Attribution()
    assert propose("。", 1, 1) == Attribution()


NAMES = [
    ("國務院總理李強在上海出席大會", Speaker("indirect", "李強")),
    ("某国外交部前副部长张三丰曾", Speaker("indirect", "张三丰")),
    ("张三丰主席在主持会议时", Speaker("indirect", "张三丰")),
    ("以及“某某之父”弗里茨.某某", Speaker("indirect", "弗里茨.某某")),
    ("由某人领衔的某某大学研究所发布的《年度报告》", Speaker("document", "某某大学研究所", "《年度报告》")),
    ("总部位于某地的某某论坛发布的《风险报告》", Speaker("document", "某某论坛", "《风险报告》")),
    ("某某大会所通过的专项决议《促进发展》", Speaker("document", "某某大会", "《促进发展》")),
    ("《全球数字契约》", Speaker("document", "", "《全球数字契约》")),
    ("该报告", Speaker("document", "", "该报告")),
    ("业内人士", Speaker("collective_unnamed")),
    ("数据", Speaker("collective_unnamed")),
    ("我们", Speaker("author")),
    ("其影响", None),
    ("", None),
    ("的" * 400, None),
]


@pytest.mark.parametrize(("words", "speaker"), NAMES)
def test_who_the_words_before_a_verb_name(words: str, speaker: Speaker | None) -> None:
    assert identify(words) == speaker


def test_a_pointing_word_finds_its_title() -> None:
    earlier = "2024年,《全球数字契约》和《某某报告》提出"
    assert identify("該契約還", earlier) == Speaker("document", "", "《全球数字契约》")


STRENGTHS = [
    ("必须建立机制", "must", "proposal"),
    ("必須建立機制", "must", "proposal"),
    ("要广泛开展合作", "must", "proposal"),
    ("因此,要广泛开展合作", "must", "proposal"),
    ("坚持自立自强", "must", "proposal"),
    ("主要问题是需求", "", "claim"),
    ("应承担责任", "should", "proposal"),
    ("不應是專利", "should", "proposal"),
    ("需要协同监管", "should", "proposal"),
    ("满足人们的需要", "", "claim"),
    ("人工智能应用广泛,反应和响应体系", "", "claim"),
    ("建議建立標準", "recommend", "proposal"),
    ("呼吁各方参与", "recommend", "proposal"),
    ("提出成立组织", "recommend", "proposal"),
    ("我国发布《全球人工智能治理倡议》", "", "claim"),
    ("将推动转型", "will", "claim"),
    ("中国将设立基金", "will", "proposal"),
    ("将关键技术掌握在手中", "", "claim"),
    ("可以通过设立机制", "may", "proposal"),
    ("可能受到影响", "may", "claim"),
    ("可以是公共产品", "can_be", "claim"),
    ("能够满足需求", "can_be", "claim"),
    ("第二,支持多边机制", "ongoing", "proposal"),
    ("事故飙升至233起", "", "claim"),
    ("States must register models", "must", "proposal"),
    ("Providers shall report", "must", "proposal"),
    ("They ought to share", "should", "proposal"),
    ("The panel recommends a pause", "recommend", "proposal"),
    ("We call on states to act", "recommend", "proposal"),
    ("We will invest", "will", "proposal"),
    ("Incidents will rise", "will", "claim"),
    ("It can be a public good", "can_be", "claim"),
    ("Jobs may be lost", "may", "claim"),
    ("", "", "claim"),
]


@pytest.mark.parametrize(("text", "code", "kind"), STRENGTHS)
def test_cues_of_strength(text: str, code: str, kind: str) -> None:
    assert modality.strength(text) == code
    assert modality.kind(text, code) == kind


@pytest.mark.parametrize(
    ("text", "before", "code"),
    [("构建安全框架", "组织也应推动", "should"), ("构建安全框架", "也应合作;", "ongoing"), ("情况如此", "他提出", "")],
)
def test_the_clause_before_lends_its_strength(text: str, before: str, code: str) -> None:
    assert modality.strength(text, before) == code


def test_every_answer_is_a_code_of_the_vocabularies() -> None:
    codes = {code for code, _ in modality.CUES} | {"ongoing"}
    assert codes == set(MODALITIES.codes)
    assert {voice for _, voice, *_ in SENTENCES} | {row[3] for row in SEEDS} <= set(VOICES.codes)
    assert {kind for *_, kind in STRENGTHS} == set(KINDS.codes)


def test_quotations_are_the_outermost_pairs() -> None:
    text = '“甲「乙」丙”丁"戊"己”“庚'
    assert [text[start:end] for start, end in quotations(text)] == ["“甲「乙」丙”", '"戊"']


MODULES = (english_speech, modality, signature, speakers, speech, variants, wording_rules)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_expressions_over_folded_text_hold_only_folded_characters(module: object) -> None:
    found: list[re.Pattern[str]] = [value for value in vars(module).values() if isinstance(value, re.Pattern)]
    for value in vars(module).values():
        for row in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ():
            found += [part for part in (row if isinstance(row, tuple) else (row,)) if isinstance(part, re.Pattern)]
    assert found
    for pattern in found:
        if pattern in (signature.LIST_BREAK, speakers.SUCH_AS):
            continue  # these two read the text as written
        han = "".join(char for char in re.sub("[㐀-䶿]-[一-鿿]", "", pattern.pattern) if "一" <= char <= "鿿")
        assert fold_text(han) == han, pattern.pattern


@pytest.mark.parametrize("unit", ["“", "据某某的", "表示,", "Some Report of The ", "《", "建议", "说" * 50 + ","])
def test_hostile_paragraphs_take_no_time(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    start = time.perf_counter()
    propose(text, len(text) - 10, len(text))
    propose(text, 0, 10)
    assert time.perf_counter() - start < 2
