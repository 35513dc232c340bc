"""One row for each sample file: what its text must and must not hold, the roles of blocks, the facts it states."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fixtures.samples import words

SAMPLES = Path(__file__).resolve().parents[2] / "fixtures" / "samples"


@dataclass(frozen=True)
class Vector:
    """One sample file. `roles` are (role, first words of a block); `facts` are fields of SourceText."""

    name: str
    reader: str
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    def data(self) -> bytes:
        return (SAMPLES / self.name).read_bytes()


ESSAY_ROLES = (("title", words.TITLE), ("byline", words.BYLINE), ("heading", words.HEADING), ("source-line", "（来源"))


def essay(name: str, charset: str) -> Vector:
    """The Chinese essay as plain text in some character set."""
    return Vector(
        name,
        "txt",
        includes=words.ESSAY,
        excludes=("\ufeff", "\r", "\0", "\ufffd"),
        roles=ESSAY_ROLES,
        facts={"charset": charset, "title": words.TITLE},
    )


VECTORS = (
    essay("utf8.txt", "utf-8"),
    essay("utf8-mark-crlf.txt", "utf-8"),
    essay("utf16-mark.txt", "utf-16-le"),
    essay("utf16-le-no-mark.txt", "utf-16-le"),
    essay("utf16-be-no-mark.txt", "utf-16-be"),
    essay("gb18030.txt", "gb18030"),
    Vector(
        "gb18030-damaged.txt",
        "txt",
        includes=(words.TITLE, words.PROPOSAL, words.CLAIM, "\ufffd"),
        facts={"charset": "gb18030"},
        notices=("lost-bytes",),
    ),
    Vector(
        "big5.txt",
        "txt",
        includes=words.ESSAY_HANT,
        roles=(("title", words.TITLE_HANT),),
        facts={"charset": "big5-hkscs", "title": words.TITLE_HANT},
    ),
    Vector(
        "windows-1252.txt",
        "txt",
        includes=words.ESSAY_EN,
        roles=(("title", "A naïve question"),),
        facts={"charset": "windows-1252"},
    ),
    Vector(
        "article.md",
        "md",
        includes=(words.OPENING, "大学和用户", "见试行报告，重点是方法与旧新规则。[^1]", "2025\t\t9", "块中的字"),
        excludes=("#", "*", "`", "~", "<", "](", "---", "title:", "|", "一张图", "picture"),
        roles=(
            ("title", words.TITLE),
            ("paragraph", words.OPENING),
            ("heading", words.HEADING),
            ("list-item", "独立机构"),
            ("quote", words.PROPOSAL),
            ("table-cell", "年份"),
            ("footnote", "[^1]: 核对"),
        ),
        facts={
            "title": words.TITLE,
            "authors": ("林溪",),
            "published_date": "2025-03-09",
            "language": "zh-Hans",
            "charset": "utf-8",
        },
    ),
    Vector(
        "page-gb2312.html",
        "html",
        includes=(words.OPENING, words.PROPOSAL + "\n短行。", words.CLAIM, words.BODY, "一个評測的例子", "2024\t37"),
        excludes=("首页", "国际新闻", "相关阅读", "联系我们", "píng", "cè", "(", "脚本", "color", "<"),
        roles=(
            ("title", words.TITLE),
            ("heading", words.HEADING),
            ("quote", words.CLAIM),
            ("list-item", "独立机构"),
            ("table-cell", "年份"),
        ),
        facts={
            "title": words.TITLE,
            "authors": ("林溪", "周原"),
            "publisher": "溪边评论网",
            "published_date": "2025-03-09",
            "language": "zh-Hans",
            "url": "https://news.example.org/2025/review.html",
            "charset": "gb18030",
        },
        notices=("page-furniture",),
    ),
    Vector(
        "report.pdf",
        "pdf",
        includes=("承诺就无法核对", "共测试了37个系统", "\f"),
        excludes=("\r", "\x02", "Microsoft"),
        roles=(
            ("page-head", "溪边评论 2025年第3期"),
            ("page-head", "— 3 —"),
            ("title", words.TITLE),
            ("paragraph", words.OPENING[:20]),
            ("paragraph", words.CLAIM[:20]),
        ),
        facts={"title": words.TITLE, "authors": ("林溪",), "rules": ("pdf-lines",)},
    ),
    Vector(
        "report.docx",
        "docx",
        includes=(words.OPENING + "[1]", "2024\t37", "保留"),
        excludes=("删去的字", "↑", "<"),
        roles=(
            ("title", words.TITLE),
            ("byline", words.BYLINE),
            ("heading", words.HEADING),
            ("list-item", "独立机构"),
            ("quote", words.PROPOSAL),
            ("table-cell", "年份"),
            ("footnote", "[1] 核对指由他人重复试验。"),
        ),
        facts={"title": words.TITLE, "authors": ("林溪",), "language": "zh-Hans"},
        notices=("deleted-text",),
    ),
    Vector(
        "letter.odt",
        "odt",
        includes=(words.OPENING + "[1]末尾。", "大学 和用户", "評測要先行。"),
        excludes=("删去的字", "píng", "旁注", "<"),
        roles=(
            ("title", words.TITLE),
            ("heading", words.HEADING),
            ("list-item", "独立机构"),
            ("quote", words.PROPOSAL),
            ("table-cell", "年份"),
            ("footnote", "[1] 核对指由他人重复试验。"),
        ),
        facts={"title": words.TITLE, "authors": ("林溪",), "language": "zh-Hant"},
        notices=("deleted-text",),
    ),
    Vector(
        "book.epub",
        "epub",
        includes=("\n".join(text for chapter in words.CHAPTERS for text in chapter),),
        excludes=("目录", "<"),
        roles=(("heading", "第一章 承诺"), ("paragraph", "承诺容易"), ("heading", "第二章 核对")),
        facts={
            "title": "核对与承诺",
            "authors": ("林溪", "周原"),
            "publisher": "溪边书社",
            "published_date": "2025-03",
            "language": "zh-Hans",
        },
    ),
)
