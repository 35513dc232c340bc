"""From plain JSON values to frozen records, strictly: each field has exactly the type that its record declares.

`decoder(Record)` builds the reading function once per type. It raises Misfit with the path of what does not fit, and
counts the fields that the record does not have ("anchor.colour") in the Counter it is given.
"""

from __future__ import annotations

import types
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from annotations.rules.errors import noop

Decode = Callable[[object, Counter[str]], Any]  # Any: a decoder gives whatever its type says

# bool is an int and 1 may stand for 1.0, hence exact types instead of isinstance.
_PLAIN: dict[object, tuple[tuple[type, ...], str]] = {
    str: ((str,), noop("text")),
    int: ((int,), noop("a whole number")),
    bool: ((bool,), noop("true or false")),
    object: ((str, int, float, bool, list, dict, type(None)), noop("a value")),
}


class Misfit(Exception):
    """A value that is not of the declared type: what was expected (msgid), what came, where in the record it stands."""

    def __init__(self, expected: str, found: object, path: str = "") -> None:
        super().__init__(expected, path)
        self.expected = expected
        self.found = found
        self.path = path

    def under(self, step: str) -> Misfit:
        """The same, seen from one level further out."""
        joint = "." if self.path and not self.path.startswith("[") else ""
        return Misfit(self.expected, self.found, f"{step}{joint}{self.path}")


@cache
def decoder(declared: object) -> Decode:
    """The reading function for str, int, float, bool, object, X | None, tuple[X, ...], Mapping[str, X] or a record."""
    if declared is float:
        return _number
    if declared in _PLAIN:
        return _plain(*_PLAIN[declared])
    if isinstance(declared, type) and is_dataclass(declared):
        return _record(declared)
    origin, arguments = get_origin(declared), get_args(declared)
    if origin in (Union, types.UnionType) and len(arguments) == 2 and arguments[1] is type(None):
        return _optional(decoder(arguments[0]))
    if origin is tuple:
        return _many(decoder(arguments[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(decoder(arguments[1]))
    raise TypeError(f"no reading function for {declared!r}")


def _plain(kinds: tuple[type, ...], expected: str) -> Decode:
    def decode(value: object, unknown: Counter[str]) -> object:
        if type(value) not in kinds:
            raise Misfit(expected, value)
        return value

    return decode


def _number(value: object, unknown: Counter[str]) -> float:
    if type(value) is float or type(value) is int:
        return float(value)
    raise Misfit(noop("a number"), value)


def _optional(inner: Decode) -> Decode:
    return lambda value, unknown: None if value is None else inner(value, unknown)


def _many(inner: Decode) -> Decode:
    def decode(value: object, unknown: Counter[str]) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise Misfit(noop("a list"), value)
        items = []
        try:
            for item in value:
                items.append(inner(item, unknown))
        except Misfit as misfit:
            raise misfit.under(f"[{len(items)}]") from None
        return tuple(items)

    return decode


def _mapping(inner: Decode) -> Decode:
    def decode(value: object, unknown: Counter[str]) -> dict[str, object]:
        if not isinstance(value, dict):
            raise Misfit(noop("an object"), value)
        found = {}
        for key, item in value.items():
            try:
                found[key] = inner(item, unknown)
            except Misfit as misfit:
                raise misfit.under(key) from None
        return found

    return decode


def _record(kind: type[Any]) -> Decode:
    """A record from an object: a field that is missing takes its default, one without a default is a misfit."""
    hints = get_type_hints(kind)
    inner = [(each.name, decoder(hints[each.name]), _is_required(each)) for each in fields(kind)]
    names = frozenset(hints)
    label = kind.__name__.removesuffix("Record").lower()

    def decode(value: object, unknown: Counter[str]) -> object:
        if not isinstance(value, dict):
            raise Misfit(noop("an object"), value)
        if not names.issuperset(value):
            unknown.update(f"{label}.{name}" for name in value.keys() - names)
        return kind(
            **{name: _field(value, name, read, unknown) for name, read, needed in inner if needed or name in value}
        )

    return decode


def _field(value: Mapping[str, object], name: str, read: Decode, unknown: Counter[str]) -> object:
    if name not in value:
        raise Misfit(noop("there"), MISSING, name)
    try:
        return read(value[name], unknown)
    except Misfit as misfit:
        raise misfit.under(name) from None


def _is_required(field: Any) -> bool:  # Any: dataclasses.Field is generic in the type of the field
    return field.default is MISSING and field.default_factory is MISSING
