"""The annotations inside a JSON file, whatever they are packed in: arrays, pages, collections, lines, API answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import orjson

from annotations.formats.foreign_parts import names, text
from annotations.rules.errors import Invalid, Problem, Unreadable, noop

_DEPTH = 20  # packings within packings; real files have three
_PACKINGS = frozenset(("AnnotationCollection", "AnnotationPage"))


def items(data: bytes) -> list[object]:
    """The items of UTF-8 JSON or JSON Lines, and a Problem in the place of each that is broken or not in the file.

    Raises Unreadable when no line of the file is JSON."""
    packings = _Packings()
    found = list(packings.items(_parsed(data.removeprefix(b"\xef\xbb\xbf")), 0))
    return [*found, *packings.missing()]


def _parsed(data: bytes) -> object:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        lines = [_line(line, number) for number, line in enumerate(data.split(b"\n"), 1) if line.strip()]
        if all(isinstance(line, Problem) for line in lines):
            message = noop("This is not JSON: line %(line)s, column %(column)s: %(reason)s.")
            raise Unreadable("json-broken", message, line=error.lineno, column=error.colno, reason=error.msg) from error
        return lines


def _line(line: bytes, number: int) -> object:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return Invalid("json-line", noop("Line %(line)s is not JSON."), line=number)


class _Packings:
    """Walks through packings and remembers which pages it has seen and which it has only read of."""

    def __init__(self) -> None:
        self.here: set[str] = set()
        self.named: dict[str, None] = {}
        self.short: list[Problem] = []

    def items(self, value: object, depth: int) -> Iterator[object]:
        if isinstance(value, (list, dict)) and depth > _DEPTH:
            yield Invalid("too-deep", noop("Collections stand more than %(depth)s deep in each other."), depth=_DEPTH)
        elif isinstance(value, list):
            for each in value:
                yield from self.items(each, depth + 1)
        elif isinstance(value, dict) and (held := _held(value)) is not None:
            self._count(value, held)
            yield from self.items(held, depth + 1)
            for further in self._further(value):
                yield from self.items(further, depth + 1)
        else:
            yield value

    def _further(self, packing: Mapping[str, object]) -> Iterator[object]:
        """Pages that a packing embeds; those it only names are noted."""
        self.here.add(text(packing.get("id")))
        for key in ("first", "next"):
            page = packing.get(key)
            if isinstance(page, dict):
                yield page
            elif page:
                self.named[text(page)] = None

    def _count(self, packing: Mapping[str, object], held: list[object]) -> None:
        """The Hypothesis API gives at most 200 rows at a time, and says how many there are."""
        total = packing.get("total")
        if "rows" in packing and isinstance(total, int) and total > len(held):
            message = noop("The file holds %(here)s of %(total)s annotations. Save the others as well and import them.")
            self.short.append(Invalid("rows-missing", message, here=len(held), total=total))

    def missing(self) -> Iterator[Problem]:
        yield from self.short
        message = noop("The page %(address)s is not in this file. Save it as well and import it too.")
        for address in self.named:
            if address not in self.here:
                yield Invalid("page-missing", message, address=address)


def _held(value: Mapping[str, object]) -> list[object] | None:
    """What a packing holds; None when this is no packing."""
    for key in ("rows", "items", "@graph"):
        if isinstance(found := value.get(key), list) and "target" not in value:
            return found
    return [] if _PACKINGS.intersection(names(value.get("type"))) else None
