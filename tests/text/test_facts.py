"""Facts proposed for damaged and undamaged documents: title, author, source, language, dates."""

from __future__ import annotations

import time

import pytest

from annotations.text import blocks, cleaning, dates, language, signature
from annotations.text.facts import Facts, FileFacts, propose
from tests.text.seeds import seed


def paragraphs_of(raw: str) -> list[tuple[str, str]]:
    raw = cleaning.normalise(raw)
    cleaned = cleaning.clean(raw)
    found = blocks.mark_repeats(raw, blocks.from_plain(raw))
    spans = [(block.role, cleaned.map.raw_to_clean(block.start, block.end)) for block in found if not block.shift]
    return [(role, cleaned.text[slice(*span)]) for role, span in spans]


def body(*texts: str) -> list[tuple[str, str]]:
    return [("paragraph", text) for text in texts]


def test_the_first_seed_document() -> None:
    facts = propose(paragraphs_of(seed("000")))
    assert facts == Facts(
        title="2025年7月26日國務院總理李強在上海出席…",
        language="zh-Hant",
        authors=("魯俊群",),
        author_note="清華大學人工智能國際治理研究院秘書長",
        affiliation="清華大學人工智能國際治理研究院",
        source_note="世界人工智能大會",
        not_before="2025-07-26",
        reference_year=2025,
    )
    assert set(facts.proposed) == {
        "title", "language", "authors", "author_note", "affiliation", "source_note", "not_before", "reference_year",
    }  # fmt: skip


def test_the_second_seed_document() -> None:
    assert propose(paragraphs_of(seed("003"))) == Facts(
        title="人工智能助力人类福祉的国际公共产品",
        language="zh-Hans",
        affiliation="西北工业大学马克思主义学院",
        not_before="2025-05-20",
        reference_year=2025,
    )


SIGNED = [
    # line, authors, author's role, affiliation, source, date line
    ("作者:张三", ["张三"], "", "", "", ""),
    ("作者：張三、李四", ["張三", "李四"], "", "", "", ""),
    ("作者:张三,清华大学教授", ["张三"], "清华大学教授", "清华大学", "", ""),
    ("文/張三", ["張三"], "", "", "", ""),
    ("文｜李四 王五", ["李四", "王五"], "", "", "", ""),
    ("(作者单位:某某大学法学院;作者:李四)", ["李四"], "", "某某大学法学院", "", ""),
    ("(作者系某某大学法学院副教授)", [], "某某大学法学院副教授", "某某大学法学院", "", ""),
    ("作者:张三 来源:某某日报 发布时间:2025-07-30 10:22", ["张三"], "", "", "某某日报", "2025-07-30 10:22"),
    ("作者:弗朗西斯·某某", ["弗朗西斯·某某"], "", "", "", ""),
    ("新华社记者 张三 李四", ["张三", "李四"], "新华社记者", "新华社", "", ""),
    ("本报记者 张三", ["张三"], "", "", "", ""),
    ("某某大学治理研究院院长 张三", ["张三"], "某某大学治理研究院院长", "某某大学治理研究院", "", ""),
    ("張三 某某大學治理研究院院長", ["張三"], "某某大學治理研究院院長", "某某大學治理研究院", "", ""),
    ("某某大学治理研究院 张三", ["张三"], "", "某某大学治理研究院", "", ""),
    ("(来源:某某网)", [], "", "", "某某网", ""),
    ("來源：《某某日報》（2025年07月30日）", [], "", "", "《某某日報》（2025年07月30日）", ""),
    ("Source: Example News", [], "", "", "Example News", ""),
    ("By Jane Doe", ["Jane Doe"], "", "", "", ""),
    ("By Jane Doe and John A. Smith", ["Jane Doe", "John A. Smith"], "", "", "", ""),
    ("Author: Jane Doe, Institute of Examples", ["Jane Doe"], "", "Institute of Examples", "", ""),
    ("2025年7月30日 10:22", [], "", "", "", "2025年7月30日 10:22"),
    ("责任编辑:王五", [], "", "", "", ""),
    ("人工智能发展 未来可期", [], "", "", "", ""),
    ("这一组织由多国部长 共同设立。", [], "", "", "", ""),
    ("By all means, this is a sentence of the text and no byline at all.", [], "", "", "", ""),
    ("", [], "", "", "", ""),
]


@pytest.mark.parametrize(("line", "authors", "note", "affiliation", "source", "date"), SIGNED)
def test_lines_that_sign_a_text_and_lines_that_do_not(
    line: str, authors: list[str], note: str, affiliation: str, source: str, date: str
) -> None:
    found = signature.read(body("这是正文的第一段。", line))
    assert found == signature.Signature(tuple(authors), note, affiliation, source, date)


def test_only_the_edges_of_a_text_are_read() -> None:
    middle = [f"第{number}段。" for number in range(20)]
    assert signature.read(body(*middle[:10], "作者:张三", *middle[10:])).authors == ()
    assert signature.read(body(*middle, "作者:张三")).authors == ("张三",)
    assert signature.read(body("作者:张三", *middle, "作者:李四")).authors == ("张三",)


DATES = [
    # text, date of a line, lower bound read in 2025, reference year
    ("2025年7月26日", "2025-07-26", "2025-07-26", 2025),
    ("2025 年 7 月 26 日", "2025-07-26", "2025-07-26", 2025),
    ("２０２５年７月２６号", "2025-07-26", "2025-07-26", 2025),
    ("二〇二四年十月三十日", "2024-10-30", "2024-10-30", 2024),
    ("2025-07-26 10:22", "2025-07-26", "2025-07-26", 2025),
    ("2025/7/6", "2025-07-06", "2025-07-06", 2025),
    ("July 26, 2025", "2025-07-26", "2025-07-26", 2025),
    ("on 3 Sept. 2024 the", "2024-09-03", "2024-09-03", 2024),
    ("今年5月20日", "", "2025-05-20", None),
    ("去年5月20日", "", "2024-05-20", None),
    ("(4月25日", "", "2025-04-25", None),
    ("同年5月3日", "", "", None),
    ("2025年2月30日", "", "", 2025),
    ("2025.13.01", "", "", None),
    ("截至2025年6月30日", "2025-06-30", "2025-06-30", 2025),
    ("将于2026年1月1日起施行", "2026-01-01", "", None),
    ("將於2026年1月1日舉行", "2026-01-01", "", None),
    ("自2026年1月1日起施行", "2026-01-01", "", None),
    ("到2030年实现目标,2030年可持续发展议程", "", "", None),
    ("2023年的报告与2024年的报告", "", "", 2024),
    ("今年与2023年相比增长。2024年另有统计。", "", "", 2023),
    ("by 2030, as in 2024, the goals", "", "", 2024),
    ("a share of 2025.5 and 2024%", "", "", None),
    ("共有2025个项目", "", "", None),
    ("", "", "", None),
]


@pytest.mark.parametrize(("text", "line", "bound", "year"), DATES)
def test_dates_and_the_year_a_text_speaks_from(text: str, line: str, bound: str, year: int | None) -> None:
    assert dates.in_line(text) == line
    assert dates.not_before(text, 2025) == bound
    assert dates.reference_year(text) == year


def test_nothing_lies_after_today() -> None:
    text = "2027年3月1日,2024年5月6日"
    assert dates.not_before(text, None, today="2025-11-21") == "2024-05-06"
    assert dates.reference_year(text, today="2025-11-21") == 2024
    assert dates.in_line("2027-03-01", today="2025-11-21") == ""


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://example.org/2025-07/26/content_1.html", "2025-07-26"),
        ("https://example.org/n1/2025/0726/c1.html", "2025-07-26"),
        ("https://example.org/a/20250726/1.html", "2025-07-26"),
        ("https://example.org/id/20259999/", ""),
        ("https://example.org/1234520250726", ""),
    ],
)
def test_dates_in_addresses(url: str, date: str) -> None:
    assert dates.in_address(url) == date


LANGUAGES = [
    ("人工智能可以是造福人类的国际公共产品", "zh-Hans"),
    ("人工智能可以是造福人類的國際公共產品", "zh-Hant"),
    ("人工智能可以是造福人類的國際公共產品,于是并发", "zh-Hant"),
    ("全球治理框架由OpenAI与Anthropic等 companies and labs 讨论", "zh-Hans"),
    ("The report says that the number of incidents is rising and that rules are needed.", "en"),
    ("Le rapport indique que le nombre des incidents augmente et que des normes sont nécessaires.", "und"),
    ("これは人工知能についての文章です", "und"),
    ("人工智能", "und"),
    ("12345 !!!", "und"),
    ("", "und"),
]


@pytest.mark.parametrize(("text", "code"), LANGUAGES)
def test_the_language_is_told_by_the_characters(text: str, code: str) -> None:
    assert language.detect(text) == code


@pytest.mark.parametrize(
    ("tag", "code"),
    [("zh-CN", "zh-Hans"), ("zh_TW", "zh-Hant"), ("zh-Hant-HK", "zh-Hant"), ("en-GB", "en"), ("zh", ""), ("fr", ""),
     (None, "")],
)  # fmt: skip
def test_language_tags_of_files(tag: str | None, code: str) -> None:
    assert language.standard(tag) == code


def test_the_text_tells_its_language_better_than_the_file() -> None:
    assert propose(body("人類的國際公共產品"), FileFacts(language="zh-CN")).language == "zh-Hant"
    assert propose(body("人工智能"), FileFacts(language="zh-TW")).language == "zh-Hant"


TITLES = [
    ([("title", " 一个  标题 "), ("paragraph", "正文。")], None, "一个 标题"),
    ([("heading", "开头的小标题"), ("paragraph", "正文。")], "别的", "开头的小标题"),
    ([("paragraph", "正文。")], "文件里的标题", "文件里的标题"),
    ([("paragraph", "正文。")], "Microsoft Word - 稿件.doc", "正文。"),
    ([("paragraph", "正文。")], "000_e834074ab85ee63e", "正文。"),
    ([("paragraph", "正文。")], "report-final.pdf", "正文。"),
    ([("paragraph", "一" * 24)], None, "一" * 24),
    ([("paragraph", "一" * 25)], None, "一" * 24 + "…"),
    ([("paragraph", "一" * 22 + "2025世界")], None, "一" * 22 + "…"),
    ([("paragraph", "x" * 40)], None, "x" * 24 + "…"),
    ([], None, ""),
]


@pytest.mark.parametrize(("paragraphs", "stated", "title"), TITLES)
def test_the_title_is_never_a_file_name(paragraphs: list[tuple[str, str]], stated: str | None, title: str) -> None:
    assert propose(paragraphs, FileFacts(title=stated)).title == title


PUBLISHED = [
    (body("正文。", "发布时间:2025-07-30"), FileFacts(), "2025-07-30"),
    (body("正文。", "(来源:《某某日报》2025年7月30日)"), FileFacts(), "2025-07-30"),
    (body("正文。"), FileFacts(published_date="2025-07-30T08:00:00+08:00"), "2025-07-30"),
    (body("正文。"), FileFacts(url="https://example.org/20250730/1.html"), "2025-07-30"),
    (body("会议于2025年7月26日举行,与会者就此发表了看法。"), FileFacts(), ""),
]


@pytest.mark.parametrize(("paragraphs", "stated", "date"), PUBLISHED)
def test_publication_comes_from_file_byline_or_address_only(
    paragraphs: list[tuple[str, str]], stated: FileFacts, date: str
) -> None:
    facts = propose(paragraphs, stated)
    assert facts.published_date == date
    assert facts.not_before == ("" if date else "2025-07-26")
    assert facts.reference_year == 2025


def test_what_nobody_knows_is_not_proposed() -> None:
    assert propose([]).proposed == ()
    fields = propose(body("作者:张三")).as_fields()
    assert fields["authors"] == ["张三"] and fields["proposed"] == ["title", "language", "authors"]


def test_a_long_text_takes_no_longer_than_its_sample() -> None:
    text = body(*["今年1月,2025年的报告显示,3月4日和2024年5月6日。" * 40] * 2000)
    start = time.perf_counter()
    assert propose(text).reference_year == 2025
    assert time.perf_counter() - start < 2
