"""Parts of annotations that other programs write: names, times, selectors, bodies; each read with patience."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

_CHARS = re.compile(r"#?char=([0-9]{1,15}),([0-9]{1,15})")
_PACKS = frozenset(("Choice", "Composite", "List", "Independents"))
_TAGGING = frozenset(("tagging", "classifying"))
# Of one annotation: more selectors, or deeper refinement, than any program writes.
_MOST, _DEPTH = 50, 5
_OUR_KINDS = ("#claim", "#proposal")

Selector = Mapping[str, object]


def listed(value: object) -> list[object]:
    """The value as a list: JSON-LD writes one as itself, several as a list, none as nothing."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def names(value: object) -> list[str]:
    """Those of the listed values that are text."""
    return [each for each in listed(value) if isinstance(each, str)]


def text(value: object) -> str:
    """The first text among the listed values, "" when there is none."""
    return next(iter(names(value)), "")


def agent(value: object) -> str:
    """The names of the listed agents, joined by a comma: name, else nickname, else address."""
    return ", ".join(filter(None, (_agent(each) for each in listed(value))))


def _agent(value: object) -> str:
    if not isinstance(value, dict):
        return text(value)
    return next((found for key in ("name", "nickname", "id", "@id") if (found := text(value.get(key)))), "")


def moment(value: object) -> str:
    """An ISO 8601 time in UTC with Z; a time without a zone is taken as UTC; "" when it is none."""
    try:
        found = datetime.fromisoformat(text(value))
        found = found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return found.isoformat().replace("+00:00", "Z")


def unpacked(value: object) -> Iterator[object]:
    """The listed values, with the members of a Choice, List ... in place of it (two levels are enough for any file)."""
    for each in listed(value):
        if isinstance(each, dict) and _PACKS.intersection(names(each.get("type"))):
            yield from listed(each.get("items"))
        else:
            yield each


def selectors(value: object, depth: int = 0) -> list[Selector]:
    """The usable ones of some selectors: position and quote, each once. What is refined stands for its refinement."""
    found: list[Selector] = []
    for each in listed(value)[:_MOST]:
        if isinstance(each, dict):
            for selector in _refined(each, depth) if each.get("refinedBy") else _plain(each):
                if selector not in found:
                    found.append(selector)
    return found


def _plain(selector: Mapping[str, object]) -> Iterator[Selector]:
    kind = text(selector.get("type"))
    if kind == "TextPositionSelector":
        yield from _position(selector.get("start"), selector.get("end"))
    elif kind == "TextQuoteSelector" and text(selector.get("exact")):
        given = {key: text(selector.get(key)) for key in ("exact", "prefix", "suffix")}
        yield {"type": kind, **given}
    elif kind == "FragmentSelector" and (match := _CHARS.match(text(selector.get("value")))):
        yield from _position(int(match[1]), int(match[2]))
    elif kind == "RangeSelector":
        yield from _position(*(_start(selector.get(key)) for key in ("startSelector", "endSelector")))


def _start(selector: object) -> object:
    """Where an end of a range is; the model ends a range where its endSelector starts."""
    if isinstance(selector, dict) and text(selector.get("type")) == "TextPositionSelector":
        return selector.get("start")
    return None


def _position(start: object, end: object) -> Iterator[Selector]:
    if type(start) is int and type(end) is int and 0 <= start < end:
        yield {"type": "TextPositionSelector", "start": start, "end": end}


def _refined(selector: Mapping[str, object], depth: int) -> Iterator[Selector]:
    """Positions inside another selection count from its start, so they are usable only inside a position."""
    if depth >= _DEPTH:
        return
    start = next(_plain(selector), {}).get("start")
    for inner in selectors(selector["refinedBy"], depth + 1):
        if "exact" in inner:
            yield inner
        elif isinstance(start, int):
            yield {**inner, "start": start + int(str(inner["start"])), "end": start + int(str(inner["end"]))}


def fragment_of(address: str) -> tuple[str, list[Selector]]:
    """An address without its text fragment (RFC 5147), and the position that the fragment names."""
    base, _, fragment = address.partition("#")
    match = _CHARS.match(fragment)
    return (base, list(_position(int(match[1]), int(match[2])))) if match else (address, [])


def kinds(value: object) -> str:
    """The types of some selectors in words, for a message; "" when there are none."""
    found = (text(each.get("type")) if isinstance(each, dict) else text(each) for each in listed(value))
    return ", ".join(dict.fromkeys(filter(None, found)))


@dataclass
class Bodies:
    """What the bodies of one annotation say: tags, paragraphs of the note, and parts without a place here."""

    tags: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def add(self, body: object, motivation: str) -> None:
        """Sort one body in; a text body without a purpose takes the motivation of its annotation."""
        if not isinstance(body, dict):
            self.paragraphs.extend(names(body))
            return
        purpose = text(body.get("purpose")) or motivation
        value = text(body.get("value", body.get("chars")))
        if value and purpose == "assessing":
            self.left.append(f"{purpose}: {value}")
        elif value:
            (self.tags if purpose in _TAGGING else self.paragraphs).append(value)
        elif "value" not in body:
            self._resource(body.get("source", body), purpose)

    def _resource(self, source: object, purpose: str) -> None:
        """Something that is named by its address: a tag of a scheme, a link, a statement of this program."""
        address = text(source.get("id")) if isinstance(source, dict) else text(source)
        label = text(source.get("label")) if isinstance(source, dict) else ""
        if purpose == "identifying" or address.endswith(_OUR_KINDS):
            self.left.append(f"{purpose}: {label or address}")
        elif purpose in _TAGGING:
            self.tags.append(label or address)
        else:
            self.paragraphs.append(" ".join(filter(None, (label, address))) or "?")
