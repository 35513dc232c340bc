"""A codebook as .qdc (REFI-QDA, urn:QDA-XML:codebook:1.0), which NVivo, ATLAS.ti, MAXQDA and others read and write.

A tag set is a code that cannot be used itself, its tags are the codes inside. The format has a name, a colour and a
description: the other languages, keys and what was retired stay here; guidelines go into the description, each behind
its words, and are read back from there. XML of strangers is read without DTD, entities or network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree as ET

from defusedxml import ElementTree as Safe
from defusedxml.common import DefusedXmlException

from annotations.formats.codebook_rows import Content, problem, set_row, tag_row, uid_of
from annotations.formats.guard import strip_controls
from annotations.records import TagRecord, TagSetRecord
from annotations.rules.errors import noop

SPACE = "urn:QDA-XML:codebook:1.0"
COLOURS: Mapping[str, str] = {
    "red": "#D64545", "orange": "#DD7A2C", "amber": "#D9A520", "lime": "#8DB52B", "green": "#3F9E58",
    "teal": "#2A9D8F", "cyan": "#2BA3C7", "blue": "#3B78D8", "indigo": "#5A5BD0", "violet": "#8B55C9",
    "pink": "#CF5597", "brown": "#96683F",
}  # fmt: skip
GUIDES = {"use_when": "Use when: ", "not_when": "Not when: ", "examples": "Examples: "}
DEEPEST, MOST = 12, 5_000
LOOSE = "Codebook"


def write(content: Content, number: int) -> bytes:
    ET.register_namespace("", SPACE)
    root = ET.Element(_q("CodeBook"), {"origin": "aigov"})
    codes = ET.SubElement(root, _q("Codes"))
    for its in content["tag_sets"]:
        attributes = {"guid": its["uid"], "name": strip_controls(its["name"]), "isCodable": "false"}
        above = ET.SubElement(codes, _q("Code"), attributes)
        ET.SubElement(above, _q("Description")).text = f"scope: {its['scope']}"
        tags = [tag for tag in content["tags"] if tag["tag_set"] == its["uid"] and not tag["deprecated"]]
        _below(above, None, tags, {tag["uid"] for tag in tags})
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="utf-8") + b"\n"


def _below(element: ET.Element, parent: str | None, tags: list[Mapping[str, Any]], there: set[str]) -> None:
    """The tags whose parent this is; one whose parent was retired stands at the top."""
    for tag in tags:
        if (tag["parent"] if tag["parent"] in there else None) != parent:
            continue
        colour = COLOURS.get(tag["colour"], COLOURS["blue"])
        attributes = {"guid": tag["uid"], "name": strip_controls(tag["label"]), "isCodable": "true", "color": colour}
        code = ET.SubElement(element, _q("Code"), attributes)
        if words := _description(tag):
            ET.SubElement(code, _q("Description")).text = strip_controls(words)
        _below(code, tag["uid"], tags, there)


def _description(tag: Mapping[str, Any]) -> str:
    guides = [f"{words}{tag[name]}" for name, words in GUIDES.items() if tag.get(name)]
    return "\n".join(filter(None, [tag["definition"], *guides]))


def _q(name: str) -> str:
    return f"{{{SPACE}}}{name}"


def read(data: bytes, filename: str) -> Content:
    try:
        root = Safe.fromstring(data, forbid_dtd=True)
    except (ET.ParseError, DefusedXmlException, ValueError, RecursionError):
        raise problem(filename, noop("%(name)s is not XML that can be read safely.")) from None
    codes = next((one for one in root.iter() if _name(one) == "Codes"), None)
    if _name(root) not in ("CodeBook", "Project") or codes is None:
        raise problem(filename, noop("%(name)s is not a codebook of REFI-QDA."))
    sets: list[TagSetRecord] = []
    tags: list[TagRecord] = []
    for element in _inside(codes):
        holds = str(element.get("isCodable", "true")).lower() in ("false", "0") and _inside(element)
        its = _set(element, sets) if holds else _loose(sets)
        _walk(_inside(element) if holds else [element], its, None, tags, 1, filename)
    return {"tag_sets": [asdict(row) for row in sets], "tags": [asdict(row) for row in tags]}


def _walk(
    elements: list[ET.Element], its: TagSetRecord, parent: str | None, tags: list[TagRecord], deep: int, filename: str
) -> None:
    for element in elements:
        if deep > DEEPEST or len(tags) >= MOST:
            raise problem(filename, noop("%(name)s has too many codes, or too many inside each other."))
        name = " ".join(str(element.get("name", "")).split())
        if not name:
            raise problem(filename, noop("%(name)s has a code without a name."))
        uid = str(element.get("guid") or uid_of(f"code {its.uid} {parent} {name}")).lower()
        tags.append(tag_row(
            uid=uid, tag_set=its.uid, label=name[:80], parent=parent, order=len(tags) + 1,
            colour=nearest(str(element.get("color", ""))), **dict(_texts(element)),
        ))  # fmt: skip
        _walk(_inside(element), its, uid, tags, deep + 1, filename)


def _set(element: ET.Element, sets: list[TagSetRecord]) -> TagSetRecord:
    name = " ".join(str(element.get("name", "")).split())[:80] or LOOSE
    told = _said(element)
    scope = told.removeprefix("scope: ") if told.startswith("scope: ") else "annotation"
    uid = str(element.get("guid") or uid_of(f"set {name}")).lower()
    sets.append(set_row(uid=uid, name=name, scope=scope, order=len(sets) + 1))
    return sets[-1]


def _loose(sets: list[TagSetRecord]) -> TagSetRecord:
    """The set of codes that stand in none."""
    found = next((row for row in sets if row.name == LOOSE), None)
    if found is None:
        found = set_row(uid=uid_of(f"set {LOOSE}"), name=LOOSE, order=len(sets) + 1)
        sets.append(found)
    return found


def _texts(element: ET.Element) -> Iterator[tuple[str, str]]:
    """Definition and guidelines out of a description."""
    found: dict[str, list[str]] = {"definition": []}
    now = "definition"
    for line in _said(element).splitlines():
        begun = next((name for name, words in GUIDES.items() if line.startswith(words)), None)
        if begun:
            now, line = begun, line.removeprefix(GUIDES[begun])
        found.setdefault(now, []).append(line)
    yield from ((name, "\n".join(lines).strip()) for name, lines in found.items())


def _said(element: ET.Element) -> str:
    return next((one.text or "" for one in element if _name(one) == "Description"), "").strip()


def _inside(element: ET.Element) -> list[ET.Element]:
    return [one for one in element if _name(one) == "Code"]


def _name(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def nearest(colour: str) -> str:
    """The name of our colour that is most like this one; "" for what is no colour."""
    wanted = _rgb(colour)
    if wanted is None:
        return ""
    apart = {name: sum((a - b) ** 2 for a, b in zip(_rgb(own) or wanted, wanted, strict=True))
             for name, own in COLOURS.items()}  # fmt: skip
    return min(apart, key=lambda name: apart[name])


def _rgb(colour: str) -> tuple[int, int, int] | None:
    digits = colour.strip().removeprefix("#")
    if len(digits) != 6 or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
        return None
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
