"""The page that the reader's browser tests open: our own text with damage to repair, as blocks with offsets."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
JS = HERE.parents[2] / "annotations" / "static" / "annotations" / "js"
STYLES = (
    "tokens",
    "base",
    "layout",
    "components",
    "overlays",
    "forms",
    "tables",
    "states",
    "reader",
    "marks",
    "reader-parts",
)
TITLE = "共同测试的第一步"
AUTHOR = "示例作者"
# «务|(wù)» = the clean character, and what the converter put after it in the raw text.
PARAGRAPHS: list[tuple[str, str]] = [
    ("title", TITLE),
    (
        "paragraph",
        "各国专家在春季会议上提出,应«当|(dāng)»建立一个共同的测试平台,让任何国家都能检查先进系统的风险。会议没有投票,但主席说:“没有人反对这个方向。”",
    ),
    ("heading", "一、为什么要共同测试"),
    (
        "paragraph",
        "过去两年里,报告的事故从一百二十起增加到二百三十三起,其中近一半与自动«决|(jué)»策有关。增长是否来自更好的记录,还没有人说得清楚。",
    ),
    (
        "paragraph",
        "我们建议建立全球统一的安全评测标准,并公开评测方法;建议设立一个联络处,负责在二十四小时内通报严重事故;建议每年发表一份人人可读的报告。第一份报告应在明年三月之前完成。",
    ),
    ("heading", "二、谁来出钱"),
    (
        "paragraph",
        "少数国家拥有全球八成的算力,多数国家没有自己的评测设备。如果不分享设备,共同标准只会写在纸上。古籍里有一个字写作𠮷,输入法至今常常认不出它,可见小事也要有人负责。",
    ),
    ("list-item", "发达国家承担设备费用,按年公布账目。"),
    ("list-item", "发展中国家提供语料和场景,并参加命题。"),
    ("quote", "“测试不是考试,而是体检。”一位参会者这样说,其他人点头。"),
    ("paragraph", "秘书处承诺在六个月内提出章程草案。建立一个共同的测试平台并不难,难的是让它一直公平。"),
    (
        "paragraph",
        "The chair closed the session early. “We will meet again in June,” she said; nobody objected to 3.5 %.",
    ),
]
REPEATED = (1, 3)  # blocks that the file holds a second time, folded in the clean view


@dataclass(frozen=True)
class Block:
    """One block: its clean text, raw text, and where both begin (code points)."""

    i: int
    role: str
    clean: str
    raw: str
    marked: str
    clean_start: int
    raw_start: int
    copy_of: int | None = None


def split_damage(text: str) -> tuple[str, str, str]:
    """Clean text, raw text, and HTML with the repairs shown, of one paragraph."""
    clean, raw, marked = "", "", ""
    for number, part in enumerate(text.replace("»", "«").split("«")):
        if number % 2 == 0:
            clean, raw, marked = clean + part, raw + part, marked + html.escape(part)
            continue
        good, damage = part.split("|")
        clean, raw = clean + good, raw + good + damage
        marked += f'<span class="repair">{good}<span data-skip class="gloss">{html.escape(damage)}</span></span>'
    return clean, raw, marked


def make_blocks(paragraphs: list[tuple[str, str]], repeated: tuple[int, ...] = ()) -> list[Block]:
    """Blocks with offsets, one line end between two, the repeated ones once more at the end."""
    blocks: list[Block] = []
    clean_at = raw_at = 0
    for i, (role, text, copy) in enumerate(
        [(role, text, None) for role, text in paragraphs] + [(*paragraphs[of], of) for of in repeated]
    ):
        clean, raw, marked = split_damage(text)
        blocks.append(Block(i, role, clean, raw, marked, clean_at, raw_at, copy))
        clean_at += len(clean) + 1
        raw_at += len(raw) + 1
    return blocks


TAGS = {"heading": "h2", "title": "h2", "list-item": "p", "quote": "blockquote"}


def block_html(block: Block, view: str) -> str:
    """One block as the server prints it."""
    tag = TAGS.get(block.role, "p")
    raw = view == "raw"
    start = block.raw_start if raw else block.clean_start
    text = block.raw if raw else block.clean
    inner = block.marked if view == "repairs" else html.escape(text)
    return (
        f'<{tag} class="block b-{block.role}" id="b{block.i}" data-i="{block.i}" data-n="{block.i + 1}" '
        f'data-s="{start}" data-e="{start + len(text)}">{inner}</{tag}>'
    )


def text_html(blocks: list[Block], view: str, copies: bool) -> str:
    """All blocks; the repeated ones as one row until they are asked for."""
    own = [block_html(block, view) for block in blocks if block.copy_of is None]
    repeats = [block for block in blocks if block.copy_of is not None]
    if repeats and not (copies or view == "raw"):
        own.append(
            f'<div class="fold">{len(repeats)} paragraphs repeated here · <button class="link" type="button" '
            f'data-exchange="?view={view}&amp;copies=shown">show</button></div>'
        )
        repeats = []
    return "\n".join(own + [block_html(block, view) for block in repeats])


def modules(name: str = "main-reader.js") -> list[str]:
    """A script and all it imports, as paths below js/: what a page preloads, so that they come together."""
    found: list[Path] = []
    waiting = [JS / name]
    while waiting:
        path = waiting.pop(0)
        if path not in found:
            found.append(path)
            imported = re.findall(r'^(?:import|export)[^"]*"(\.[^"]+)"', path.read_text(encoding="utf-8"), re.M)
            waiting += [(path.parent / one).resolve() for one in imported]
    return [path.relative_to(JS).as_posix() for path in found]


def page(blocks: list[Block], boot: dict[str, object], query: dict[str, str]) -> str:
    """The whole page."""
    view = query.get("view", "clean")
    values = {
        "lang": query.get("lang", "en"),
        "theme": query.get("theme", "light"),
        "title": TITLE,
        "author": AUTHOR,
        "view": view,
        "space": "raw" if view == "raw" else "clean",
        "blocks": text_html(blocks, view, "copies" in query),
        "place": f' data-state="reading" data-paragraph="{query["paragraph"]}"' if "paragraph" in query else "",
        "marks": ' data-marks="elements"' if "marks" in query else "",
        "styles": "\n".join(f'  <link rel="stylesheet" href="/static/annotations/css/{name}.css">' for name in STYLES),
        "preload": "\n".join(
            f'  <link rel="modulepreload" href="/static/annotations/js/{name}">' for name in modules()
        ),
        "boot": json.dumps(boot, ensure_ascii=False).replace("<", "\\u003c"),
    } | {name: ' aria-current="true"' if name == view else "" for name in ("clean", "repairs", "raw")}
    text = (HERE / "page.html").read_text()
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text
