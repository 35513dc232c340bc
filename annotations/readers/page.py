"""The text of a web page without its furniture (menus, link lists, footers), and the facts in its head. Loaded late.

trafilatura says which lines are the text; the structure is our own walk's, and so is the last word: whatever stands
between those lines or in the same box stays, and when prose would be lost, everything stays.
"""

import re

import trafilatura
from lxml import etree
from trafilatura.metadata import extract_metadata

from annotations.readers import facts
from annotations.readers.draft import Piece
from annotations.readers.facts import Facts

PROSE = 30  # code points without spaces: shorter lines are headings, captions, menu entries
KEPT = 0.6  # at least this share of the page's prose must survive, else nothing is left out
LINKED = 0.5  # a line that is link to more than this share is a menu entry or a teaser
WHOLE = 12  # a line this long counts as found inside a longer line, too
META = {
    "title": ("og:title", "citation_title", "dc.title"),
    "author": ("author", "article:author", "citation_author", "dc.creator", "byl"),
    "publisher": ("og:site_name", "citation_journal_title", "dc.publisher", "publisher", "application-name"),
    "date": (
        "article:published_time",
        "citation_publication_date",
        "datepublished",
        "pubdate",
        "publishdate",
        "dc.date",
    ),
    "language": ("content-language", "og:locale", "dc.language"),
}

_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+")


def main_pieces(pieces: list[Piece], elements: list[etree._Element], root: etree._Element) -> list[Piece]:
    """The pieces that are the text; all but the furniture where trafilatura finds no text or would lose prose.

    `elements` are those the pieces stand in, `root` is their tree, without ruby readings.
    """
    body = [piece for piece in pieces if not piece.furniture] or pieces
    kept = _chosen(pieces, elements, _extract(root))
    return kept if kept and _prose(kept) >= KEPT * _prose(body) else body


def _extract(root: etree._Element) -> str:
    """Fast: without jusText, which has no Chinese word list but costs 0.2 s; what is missed our own walk has."""
    try:
        return (
            trafilatura.extract(root, fast=True, include_comments=False, include_tables=True, favor_recall=True) or ""
        )
    except Exception:  # its opinion is welcome, but a page that makes it fail is still a page
        return ""


def head_facts(root: etree._Element) -> Facts:
    """What the page says about itself, read from its head; gaps filled by trafilatura's guesses."""
    meta = _meta(root)
    canonical = root.xpath("string(//link[@rel='canonical'][1]/@href)")
    stated = Facts(
        title=facts.title(_first(meta, "title")) or facts.title(_without_site(root.findtext("head/title"))),
        authors=facts.people(value for name in META["author"] for value in meta.get(name, ()) if "://" not in value),
        publisher=facts.words(_first(meta, "publisher")),
        published_date=facts.day(_first(meta, "date")),
        language=facts.language(root.get("lang")) or facts.language(_first(meta, "language")),
        url=facts.url(canonical) or facts.url(next(iter(meta.get("og:url", ())), None)),
    )
    return stated.or_else(_guessed_facts(root))


def _without_site(title: str | None) -> str | None:
    """The longest part of "Title - Section | Site"."""
    return max(_SITE.split(title), key=len) if title else None


def _guessed_facts(root: etree._Element) -> Facts:
    try:
        found = extract_metadata(root, date_config={"extensive_search": False, "original_date": True})
    except Exception:  # as in _extract
        return Facts()
    return Facts(
        authors=facts.people([found.author]),
        publisher=facts.words(found.sitename),
        published_date=facts.day(found.date),
        url=facts.url(found.url),
    )


def _meta(root: etree._Element) -> dict[str, list[str]]:
    """Contents of the meta elements by lower-case name, property, itemprop or http-equiv."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            name, content = element.get(attribute), element.get("content")
            if name and content and content.strip():
                found.setdefault(name.strip().lower(), []).append(content)
    return found


def _first(meta: dict[str, list[str]], fact: str) -> str | None:
    return next((meta[name][0] for name in META[fact] if name in meta), None)


def _chosen(pieces: list[Piece], elements: list[etree._Element], found: str) -> list[Piece]:
    """What `found` contains; what stands between and in the same box; the heading and byline above. No furniture."""
    hits = set(_hits(pieces, found))
    solid = [number for number in sorted(hits) if not _is_link(pieces[number])]
    if not solid:
        return []
    box = _box([elements[number] for number in solid])
    inside = {n for n, element in enumerate(elements) if box is not None and (element is box or box in _above(element))}
    heads = (n for n in range(solid[0]) if pieces[n].role == "heading" and pieces[n].level == 1)
    near = inside | set(range(next(heads, solid[0]), solid[-1] + 1))
    return [
        piece
        for number, piece in enumerate(pieces)
        if number in near and not piece.furniture and (number in hits or not _is_link(piece))
    ]


def _hits(pieces: list[Piece], found: str) -> list[int]:
    lines = {_key(line) for line in found.splitlines()}
    whole = "\n".join(lines)
    keys = ((number, _key(piece.text)) for number, piece in enumerate(pieces))
    found_keys = (number for number, key in keys if key in lines or (len(key) >= WHOLE and key in whole))
    return [number for number in found_keys if not pieces[number].furniture]


def _box(elements: list[etree._Element]) -> etree._Element | None:
    """The innermost element around all of these; None when that is the whole page."""
    boxes = [elements[0], *_above(elements[0])]
    for element in elements[1:]:
        around = {element, *_above(element)}
        boxes = [box for box in boxes if box in around]
    return boxes[0] if boxes and boxes[0].tag not in ("body", "html") else None


def _above(element: etree._Element) -> list[etree._Element]:
    return list(element.iterancestors())


def _prose(pieces: list[Piece]) -> int:
    lengths = [len(_key(piece.text)) for piece in pieces if not _is_link(piece)]
    return sum(length for length in lengths if length >= PROSE)


def _is_link(piece: Piece) -> bool:
    return piece.linked > LINKED * len(_key(piece.text))


def _key(text: str) -> str:
    return "".join(text.split())
