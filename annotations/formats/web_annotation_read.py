"""Reading annotations of other programs: W3C Web Annotation in all its packings, and the export of Hypothesis.

Nothing is lost silently: every item gives a ForeignAnnotation or a Rejected, and parts that have no place here are
named in ForeignAnnotation.left. (Of several selectors for one passage only those that can be used are kept.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from annotations.formats import foreign_parts as parts
from annotations.formats.foreign import UTF16, ForeignAnnotation, Rejected
from annotations.formats.packings import items
from annotations.rules.errors import Invalid, Problem, noop

Result = ForeignAnnotation | Rejected


def read(data: bytes) -> list[Result]:
    """Every annotation in the file: one object, an array, a page, a collection with embedded pages, JSON Lines, or the
    {"rows": [...]} of the Hypothesis API. Raises Unreadable only when the file holds no JSON at all."""
    return [result for number, item in enumerate(items(data), 1) for result in _take(item, number)]


def _take(item: object, number: int) -> Iterator[Result]:
    if isinstance(item, Problem):
        yield Rejected(number, "", item)
    elif not isinstance(item, dict) or not ("target" in item or "uri" in item):
        message = noop("It is not an annotation, because it has no target: %(value)s")
        yield Rejected(number, _id(item), Invalid("not-an-annotation", message, value=str(item)[:80]))
    else:
        yield from _per_target(item, number, _hypothesis(item) if "uri" in item else _w3c(item))


def _id(item: object) -> str:
    return parts.text(item.get("id", item.get("@id"))) if isinstance(item, dict) else parts.text(item)


def _per_target(item: Mapping[str, object], number: int, common: ForeignAnnotation) -> Iterator[Result]:
    """One result per target; a second target gets "#2" behind the id."""
    for count, target in enumerate(list(parts.unpacked(item.get("target"))) or [None], 1):
        name = _id(item) if count == 1 else f"{_id(item)}#{count}"
        try:
            yield _passage(name, target, item, common)
        except Problem as problem:
            yield Rejected(number, name, problem)


def _passage(name: str, target: object, item: Mapping[str, object], common: ForeignAnnotation) -> ForeignAnnotation:
    described = target if isinstance(target, dict) else {"source": target}
    source = described.get("source", described.get("id", item.get("uri")))
    title = parts.text(source.get("label")) if isinstance(source, dict) else ""
    address, by_fragment = parts.fragment_of(_id(source))
    selectors = parts.selectors(described.get("selector")) or by_fragment
    if not selectors:
        raise _no_passage(item, described)
    state = next((each for each in parts.listed(described.get("state")) if isinstance(each, dict)), {})
    place = replace(common, id=name, source=address, selectors=tuple(selectors))
    return replace(place, version=parts.text(state.get("cached")), title=common.title or title)


def _no_passage(item: Mapping[str, object], target: Mapping[str, object]) -> Problem:
    if item.get("references") or "replying" in parts.names(item.get("motivation")):
        return Invalid("a-reply", noop("It is a reply to another annotation and marks no passage of its own."))
    if kinds := parts.kinds(target.get("selector")):
        message = noop("It names its passage only by %(kinds)s; a position or a quote is needed.")
        return Invalid("no-passage", message, kinds=kinds)
    return Invalid("whole-document", noop("It is about the whole document and marks no passage."))


def _w3c(item: Mapping[str, object]) -> ForeignAnnotation:
    """What all targets of one W3C annotation have in common."""
    bodies, motivations = parts.Bodies(), parts.names(item.get("motivation"))
    motivation = motivations[0] if len(motivations) == 1 else ""
    for body in parts.unpacked(item.get("body", item.get("bodyValue"))):
        bodies.add(body, motivation)
    return ForeignAnnotation(
        tags=tuple(dict.fromkeys(bodies.tags)),
        note="\n\n".join(bodies.paragraphs),
        creator=parts.agent(item.get("creator")),
        created=parts.moment(item.get("created")),
        modified=parts.moment(item.get("modified")),
        left=tuple(bodies.left),
    )


def _hypothesis(item: Mapping[str, object]) -> ForeignAnnotation:
    """https://h.readthedocs.io/en/latest/api-reference/ (annotation): positions count UTF-16 units."""
    document, permissions, info = (_object(item, key) for key in ("document", "permissions", "user_info"))
    readers = parts.names(permissions.get("read"))
    private = bool(readers) and not any(reader.startswith("group:") for reader in readers)
    account = parts.text(item.get("user")).removeprefix("acct:")
    return ForeignAnnotation(
        tags=tuple(dict.fromkeys(parts.names(item.get("tags")))),
        note=parts.text(item.get("text")),
        creator=parts.text(info.get("display_name")) or account.partition("@")[0],
        created=parts.moment(item.get("created")),
        modified=parts.moment(item.get("updated")),
        units=UTF16,
        title=parts.text(document.get("title")),
        left=("permissions: only me",) if private else (),
    )


def _object(item: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = item.get(key)
    return value if isinstance(value, dict) else {}
