"""W3C PROV-O as JSON-LD: the nodes of one graph from plain values. Pure; research/domain.md 4 gives the mapping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Node = dict[str, Any]
#: Terms of our own stand below `aigov:`; the rest is PROV-O, RDF Schema and XML Schema.
CONTEXT: Mapping[str, object] = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "aigov": "urn:aigov:terms:",
}


def document(nodes: Iterable[Node]) -> Node:
    """The whole graph."""
    return {"@context": dict(CONTEXT), "@graph": list(nodes)}


def entity(key: str, kind: str, **values: object) -> Node:
    """A thing: version of a document, passage, statement, source, check ..."""
    return _node(key, ["prov:Entity", f"aigov:{kind}"], values)


def activity(key: str, kind: str, at: str, **values: object) -> Node:
    """Something that was done at a moment."""
    return _node(
        key, ["prov:Activity", "aigov:Event"],
        {"aigov_kind": kind, "prov_startedAtTime": time(at), "prov_endedAtTime": time(at), **values},
    )  # fmt: skip


def agent(key: str, name: str, *, kind: str = "prov:Person", **values: object) -> Node:
    return _node(key, ["prov:Agent", kind], {"rdfs_label": name, **values})


def _node(key: str, types: list[str], values: Mapping[str, object]) -> Node:
    """Names are written with an underscore for the colon; what is empty is left out."""
    found: Node = {"@id": key, "@type": types}
    for name, value in values.items():
        if value not in (None, "", [], ()):
            found[name.replace("_", ":", 1)] = value
    return found


def ref(key: str) -> Node:
    """A link to another node."""
    return {"@id": key}


def refs(keys: Iterable[str]) -> list[Node]:
    return [ref(key) for key in keys]


def time(moment: str) -> Node | None:
    return {"@type": "xsd:dateTime", "@value": moment} if moment else None


def urn(uid: object) -> str:
    """The name of a row that leaves the house."""
    return f"urn:uuid:{uid}"
