"""A short way to write JSON schemas of answers: `obj(id="int", due="day?", tags="[int]", author="Member")`.

A type is int, num, str, bool, time, day, uuid, any, or the name of a component; `[x]` is a list, `{x}` an object of x
by name, a trailing `?` says that it may be null. A name that ends with `_opt` is a property that may be absent.
"""

from __future__ import annotations

from typing import Any

from annotations.rules.vocabulary import Vocabulary

Schema = dict[str, Any]
PLAIN: dict[str, Schema] = {
    "int": {"type": "integer"},
    "num": {"type": "number"},
    "str": {"type": "string"},
    "bool": {"type": "boolean"},
    "time": {"type": "string", "format": "date-time"},
    "day": {"type": "string", "format": "date"},
    "uuid": {"type": "string", "format": "uuid"},
    "any": {},
}
OPTIONAL = "_opt"


def typed(word: str | Schema) -> Schema:
    """The schema of a type as written in the notation; a schema is taken as it is."""
    if not isinstance(word, str):
        return word
    if word.endswith("?"):
        return or_null(typed(word[:-1]))
    if word.startswith("["):
        return {"type": "array", "items": typed(word[1:-1])}
    if word.startswith("{"):
        return {"type": "object", "additionalProperties": typed(word[1:-1])}
    return dict(PLAIN[word]) if word in PLAIN else ref(word)


def or_null(schema: Schema) -> Schema:
    kind = schema.get("type")
    if not isinstance(kind, str):
        return {"anyOf": [schema, {"type": "null"}]}
    found = {**schema, "type": [kind, "null"]}
    return found | {"enum": [*schema["enum"], None]} if "enum" in schema else found


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def one_of(vocabulary: Vocabulary[Any], *, blank: bool = False) -> Schema:
    """A code of a vocabulary; "" too when `blank`."""
    return {"type": "string", "enum": [*vocabulary.codes, *([""] if blank else [])]}


def obj(about: str = "", /, **properties: str | Schema) -> Schema:
    """An object with exactly these properties."""
    found: Schema = {
        "type": "object", "additionalProperties": False,
        "properties": {name.removesuffix(OPTIONAL): typed(word) for name, word in properties.items()},
        "required": [name for name in properties if not name.endswith(OPTIONAL)],
    }  # fmt: skip
    return {**found, "description": about} if about else found


def page(name: str) -> Schema:
    """One page of a list of components."""
    return obj(count="int", next="str?", previous="str?", results=f"[{name}]")
