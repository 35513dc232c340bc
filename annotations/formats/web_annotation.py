"""W3C Web Annotation (JSON-LD): one collection with one embedded page that holds every passage.

Model: https://www.w3.org/TR/annotation-model/. Positions count Unicode code points of the raw text, as the model
demands. Each item carries its own @context, so that it stays valid when somebody takes it out of the file.
`annotation`, `collection` and `page` also serve the protocol's answers over HTTP.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import orjson

from annotations.formats import losses
from annotations.formats.base import Format, chunked
from annotations.formats.iris import Place, is_web
from annotations.records import Export, PassageRow
from annotations.rules.errors import noop

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MIME = f'application/ld+json; profile="{CONTEXT}"'
_TEXT_FRAGMENT = "http://tools.ietf.org/rfc/rfc5147"

Json: TypeAlias = dict[str, object]


def annotation(row: PassageRow, place: Place) -> Json:
    """One passage as an Annotation object."""
    bodies, motivations = _bodies(row, place)
    found: Json = {"@context": CONTEXT, "id": place.annotation(row.uid), "type": "Annotation"}
    found["motivation"] = motivations if len(motivations) > 1 else motivations[0]
    if place.base_url:
        found["canonical"] = f"urn:uuid:{row.uid}"
    if row.creator:
        found["creator"] = {"type": "Person", "name": row.creator}
    _put(found, created=row.created_at, modified=row.updated_at)
    if bodies:
        found["body"] = bodies
    found["target"] = _target(row, place)
    return found


def _put(found: Json, **values: str) -> None:
    found.update((name, value) for name, value in values.items() if value)


def _target(row: PassageRow, place: Place) -> Json:
    state: Json = {"type": "TimeState", "cached": place.version(row.document, row.version)}
    _put(state, sourceDate=row.version_created_at)
    target: Json = {"type": "SpecificResource", "source": place.document(row.document)}
    if is_web(row.document_url):
        target["scope"] = row.document_url
    return {**target, "state": state, "selector": _selectors(row)}


def _selectors(row: PassageRow) -> list[Json]:
    """Three ways to find the same passage; offsets are code points, half-open."""
    return [
        {"type": "TextPositionSelector", "start": row.start, "end": row.end},
        {"type": "TextQuoteSelector", "exact": row.exact, "prefix": row.prefix, "suffix": row.suffix},
        {"type": "FragmentSelector", "conformsTo": _TEXT_FRAGMENT, "value": f"char={row.start},{row.end}"},
    ]


def _bodies(row: PassageRow, place: Place) -> tuple[list[Json], list[str]]:
    """The bodies and the motivations that follow from them."""
    bodies = [_text(tag, "tagging") for tag in row.tags]
    if row.note:
        bodies.append(_text(row.note, "describing"))
    for statement in row.statements:
        bodies.extend(_statement(statement, place))
    purposes = dict.fromkeys(str(body["purpose"]) for body in bodies)
    return bodies, ["highlighting", *purposes]


def _text(value: str, purpose: str) -> Json:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _statement(statement: Mapping[str, object], place: Place) -> Iterator[Json]:
    """Which statement it is, what kind of statement, and the verdict when it is public."""
    label, kind = str(statement["id"]), str(statement["kind"])
    address = place.statement(str(statement["uid"]), label)
    yield _resource(address, f"{label}: {statement.get('text') or ''}", "identifying")
    type_ = statement.get("type")
    yield _resource(f"{address}#{kind}", f"{kind}/{type_}" if type_ else kind, "classifying")
    if statement.get("verdict") and statement.get("public", statement.get("status")) == "published":
        yield _text(f"{label}: {statement['verdict']}", "assessing")


def _resource(address: str, label: str, purpose: str) -> Json:
    source = {"id": address, "type": "Text", "label": label}
    return {"type": "SpecificResource", "purpose": purpose, "source": source}


def part_of(address: str, label: str, total: int, modified: str = "") -> Json:
    """A collection as its pages name it. An object, because the W3C suite refuses the bare address."""
    found: Json = {"id": address, "type": "AnnotationCollection", "label": label, "total": total}
    _put(found, modified=modified)
    return found


def collection(whole: Json, first: Json | str | None = None, last: str = "") -> Json:
    """A collection from its `part_of`; `first` is a page or its address, and must be given when the total is not 0."""
    found: Json = {"@context": CONTEXT, **whole}
    if first is not None:
        found["first"] = first
    _put(found, last=last)
    return found


def page(whole: Json, address: str, items: list[Json], start: int, before: str = "", after: str = "") -> Json:
    """One page of a collection; `start` is the index of its first item, `before` and `after` neighbours' addresses."""
    found: Json = {"@context": CONTEXT, "id": address, "type": "AnnotationPage", "partOf": whole, "startIndex": start}
    _put(found, prev=before, next=after)
    return {**found, "items": items}


def write(export: Export) -> Iterator[bytes]:
    """The collection in pieces of about 64 kB, one annotation a line; totals stand at the end, where they are known."""
    return chunked(_parts(export))


def _parts(export: Export) -> Iterator[bytes]:
    place = Place.of(export)
    total, modified = 0, ""
    for row in export.passages():
        yield b",\n" if total else _opening(place)
        yield orjson.dumps(annotation(row, place))
        total, modified = total + 1, max(modified, row.updated_at)
    whole = part_of(place.container, export.corpus.name, total, modified)
    yield _closing(whole, export, place)


def _opening(place: Place) -> bytes:
    head = {"@context": CONTEXT, "id": f"{place.container}#all", "type": "AnnotationPage", "startIndex": 0}
    return b'{"first":' + orjson.dumps(head)[:-1] + b',"items":[\n'


def _closing(whole: Json, export: Export, place: Place) -> bytes:
    generator: Json = {"type": "Software", "name": "aigov"}
    _put(generator, homepage=f"{place.base_url}/" if place.base_url else "")
    tail = collection(whole, last=f"{place.container}#all" if whole["total"] else "")
    tail.update(generated=export.generated_at, generator=generator)
    if not whole["total"]:
        return orjson.dumps(tail) + b"\n"
    return b'\n],"partOf":' + orjson.dumps(whole) + b"},\n" + orjson.dumps(tail)[1:] + b"\n"


FORMAT = Format(
    name="web-annotation",
    label=noop("W3C Web Annotation (JSON-LD)"),
    extension="jsonld",
    mime=MIME,
    write=write,
    losses=losses.reporter(losses.UNPUBLISHED, losses.WORDING, *losses.PASSAGES),
)
