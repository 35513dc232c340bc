"""The fields of a JSON body: one table a body says what is read, what is refused, what the API documentation shows.

A field reads a value or raises Invalid naming it; names that the table does not have are refused, so that a misspelt
one is never silently dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date as Date
from typing import Any

from annotations.rules import dates
from annotations.rules.errors import Invalid, noop
from annotations.rules.vocabulary import Vocabulary

LARGEST = 2**53  # what a number of JavaScript holds exactly
Schema = Mapping[str, Any]
Read = Callable[[object, str], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """How one field is read and how the documentation tells it."""

    read: Read
    schema: Schema
    required: bool = False


Body = Mapping[str, Field]


def read(given: Mapping[str, Any], body: Body) -> dict[str, Any]:
    """The values of a body; Invalid for the first name that is unknown, missing or wrong."""
    for name in given:
        if name not in body:
            raise Invalid("field_unknown", noop("“%(name)s” cannot be set here."), field=name, name=name)
    for name, field in body.items():
        if field.required and name not in given:
            raise Invalid("field_missing", noop("“%(name)s” is missing."), field=name, name=name)
    return {name: body[name].read(value, name) for name, value in given.items()}


def needed(field: Field) -> Field:
    """The same field, which must be there."""
    return replace(field, required=True)


def or_null(field: Field) -> Field:
    """The same field, which may also be null (None)."""

    def read(value: object, name: str) -> Any:
        return None if value is None else field.read(value, name)

    kind = field.schema.get("type")
    schema: dict[str, Any] = {"anyOf": [dict(field.schema), {"type": "null"}]}
    if isinstance(kind, str):
        schema = {**field.schema, "type": [kind, "null"]}
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return Field(read, schema, field.required)


def check_text(value: object, name: str, longest: int = 20_000) -> str:
    """A text of so many code points that both databases can keep."""
    if not isinstance(value, str):
        raise Invalid("not_text", noop("“%(name)s” must be text."), field=name, name=name)
    if len(value) > longest:
        raise Invalid(
            "too_long", noop("“%(name)s” is longer than %(limit)s characters."), field=name, name=name, limit=longest
        )
    if "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise Invalid(
            "bad_characters", noop("“%(name)s” holds characters that cannot be stored."), field=name, name=name
        )
    return value


def text(longest: int = 20_000, about: str = "") -> Field:
    return Field(lambda value, name: check_text(value, name, longest), _schema("string", about, maxLength=longest))


def code(vocabulary: Vocabulary[Any], *, blank: bool = False, about: str = "") -> Field:
    """A code of a vocabulary; "" too when `blank`."""

    def read(value: object, name: str) -> str:
        return vocabulary.check(value, name, blank=blank)

    codes = [*vocabulary.codes, *([""] if blank else [])]
    return Field(read, _schema("string", about or vocabulary.name, enum=codes))


def codes(vocabulary: Vocabulary[Any], about: str = "") -> Field:
    one = code(vocabulary)
    return many(one, 50, about)


def check_integer(value: object, name: str, low: int = 0, high: int = LARGEST) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Invalid(
            "not_a_number", noop("“%(name)s” must be a whole number from %(low)s to %(high)s."), field=name,
            name=name, low=low, high=high,
        )  # fmt: skip
    return value


def integer(low: int = 0, high: int = LARGEST, about: str = "") -> Field:
    return Field(
        lambda value, name: check_integer(value, name, low, high),
        _schema("integer", about, minimum=low, maximum=high),
    )


def boolean(about: str = "") -> Field:
    def read(value: object, name: str) -> bool:
        if not isinstance(value, bool):
            raise Invalid("not_true_or_false", noop("“%(name)s” must be true or false."), field=name, name=name)
        return value

    return Field(read, _schema("boolean", about))


def many(one: Field, most: int = 1000, about: str = "") -> Field:
    """A list of at most so many values of one kind."""

    def read(value: object, name: str) -> list[Any]:
        if not isinstance(value, list) or len(value) > most:
            raise Invalid(
                "not_a_list", noop("“%(name)s” must be a list of at most %(most)s values."), field=name, name=name,
                most=most,
            )  # fmt: skip
        return [one.read(item, name) for item in value]

    return Field(read, {**_schema("array", about, maxItems=most), "items": dict(one.schema)})


def span(about: str = "") -> Field:
    """A half-open range: [start, end]."""

    def read(value: object, name: str) -> tuple[int, int]:
        pair = value if isinstance(value, list) and len(value) == 2 else [None, None]
        start, end = (check_integer(one, name, 0, 10**9) for one in pair)
        return start, end

    number = {"type": "integer", "minimum": 0}
    return Field(read, {**_schema("array", about, minItems=2, maxItems=2), "items": number})


def ids(about: str = "") -> Field:
    return many(integer(), 1000, about)


def objects(body: Body, most: int = 100, about: str = "") -> Field:
    return many(inner(body), most, about)


def inner(body: Body) -> Field:
    """An object with fields of its own."""

    def read_one(value: object, name: str) -> dict[str, Any]:
        return read(check_object(value, name), body)

    return Field(read_one, schema_of(body))


def check_object(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Invalid("not_an_object_there", noop("“%(name)s” must be an object."), field=name, name=name)
    return value


def free(schema: Schema) -> Field:
    """An object or list whose shape somebody else checks; its text must be storable."""
    return Field(lambda value, name: value, schema)


def by_name(one: Field, names: tuple[str, ...], about: str = "") -> Field:
    """An object from some of these names to values of one kind."""

    def read(value: object, name: str) -> dict[str, Any]:
        found = check_object(value, name)
        for key in found:
            if key not in names:
                raise Invalid("field_unknown", noop("“%(name)s” cannot be set here."), field=f"{name}.{key}", name=key)
        return {key: one.read(item, f"{name}.{key}") for key, item in found.items()}

    properties = {key: dict(one.schema) for key in names}
    return Field(read, {**_schema("object", about), "properties": properties, "additionalProperties": False})


def date(about: str = "") -> Field:
    """A date of a day, a month or a year as text; "" is not known."""

    def read(value: object, name: str) -> str:
        return dates.check_date(check_text(value, name, 10), name)

    pattern = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"
    return Field(read, _schema("string", about or "2025-07-26, 2025-07, 2025 or nothing", pattern=pattern))


def check_day(value: object, name: str) -> Date:
    try:
        return Date.fromisoformat(check_text(value, name, 10))
    except ValueError:
        raise Invalid("not_a_day", noop("Write the date as YYYY-MM-DD."), field=name) from None


def day(about: str = "") -> Field:
    return Field(check_day, _schema("string", about, format="date"))


def _schema(kind: str, about: str, **more: object) -> dict[str, Any]:
    found: dict[str, Any] = {"type": kind, **more}
    return {**found, "description": about} if about else found


def schema_of(body: Body) -> dict[str, Any]:
    """The JSON schema of a body."""
    found: dict[str, Any] = {
        "type": "object", "additionalProperties": False,
        "properties": {name: dict(field.schema) for name, field in body.items()},
    }  # fmt: skip
    required = [name for name, field in body.items() if field.required]
    return {**found, "required": required} if required else found
