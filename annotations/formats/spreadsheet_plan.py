"""Which column of an analyst's table means what, and what each row asks for.

Quotes are not looked for here: the services anchor them in the documents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotations.formats.column_names import COLUMN_NAMES, FIELDS, KIND_WORDS
from annotations.formats.table import Table
from annotations.rules.errors import Invalid, Problem, noop
from annotations.rules.vocabulary import CLAIM_TYPES, KINDS, MECHANISMS

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_NOT_WORD = re.compile(r"[\W_]+")
_LINES = re.compile(r"\s*[|\n]\s*")
_LOOSE = re.compile(r"\s*[;,\n\uff1b\uff0c\u3001]\s*")


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What one row of a table asks for; `problems` are sentences about what could not be understood in it."""

    line: int
    quote: str = ""
    document: str = ""
    kind: str = ""  # claim | proposal | "" = not said
    text: str = ""
    types: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    speaker: str = ""
    owner: str = ""
    sources: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def key(name: str) -> str:
    """A name as it is compared: width and case folded, without spaces, punctuation and what stands in brackets."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _NOT_WORD.sub("", _BRACKETS.sub("", folded)) or _NOT_WORD.sub("", folded)


def guess_mapping(columns: Sequence[str]) -> dict[str, str]:
    """field -> column, for the fields of FIELDS whose column can be told by its name; each column at most once."""
    by_key: dict[str, str] = {}
    for column in columns:
        by_key.setdefault(key(column), column)
    mapping: dict[str, str] = {}
    for field, names in COLUMN_NAMES.items():
        found = next((by_key[each] for each in map(key, names) if each in by_key), None)
        if found is not None:
            mapping[field] = found
    return mapping


def plan(table: Table, mapping: Mapping[str, str], words: Mapping[str, str] | None = None) -> list[PlannedRow]:
    """One PlannedRow per row. `mapping` is field -> column; `words` gives codes of kinds, types and mechanisms for
    labels in the language of the person who imports. Raises Invalid for a field or a column that is not there."""
    places = _places(table, mapping)
    known = {key(word): code for word, code in {**_labels(), **(words or {})}.items()}
    return [_row(line, row, places, known) for line, row in zip(table.lines, table.rows, strict=True)]


def _labels() -> dict[str, str]:
    """English labels and codes themselves."""
    terms = [term for vocabulary in (KINDS, CLAIM_TYPES, MECHANISMS) for term in vocabulary]
    return {**KIND_WORDS, **{term.label: term.code for term in terms}, **{term.code: term.code for term in terms}}


def _places(table: Table, mapping: Mapping[str, str]) -> dict[str, int]:
    for field, column in mapping.items():
        if field not in COLUMN_NAMES:
            raise Invalid("field-unknown", noop("There is no field “%(name)s”."), field=field, name=field)
        if column not in table.columns:
            raise Invalid("column-missing", noop("The table has no column “%(column)s”."), field=field, column=column)
    return {field: table.columns.index(column) for field, column in mapping.items()}


def _row(line: int, row: Sequence[str], places: Mapping[str, int], known: Mapping[str, str]) -> PlannedRow:
    cells = {field: row[places[field]].strip() if field in places else "" for field in FIELDS}
    problems: list[Problem] = []
    kind = _kind(cells["kind"], known, problems)
    types = tuple(_types(cells["type"], kind, known, problems))
    if not cells["quote"] and not cells["text"]:
        problems.append(Invalid("row-empty", noop("The row has neither a quote nor the text of a statement.")))
    return PlannedRow(
        line=line,
        quote=cells["quote"],
        document=cells["document"],
        kind=kind,
        text=cells["text"],
        types=types,
        tags=split_many(cells["tags"]),
        note=cells["note"],
        speaker=cells["speaker"],
        owner=cells["owner"],
        sources=tuple(filter(None, _LINES.split(cells["source"]))),
        problems=tuple(problems),
    )


def split_many(cell: str) -> tuple[str, ...]:
    """Several values in one cell: between bars or line breaks; where there is no bar, between commas and the like."""
    return tuple(dict.fromkeys(filter(None, (_LINES if "|" in cell else _LOOSE).split(cell.strip()))))


def _kind(cell: str, known: Mapping[str, str], problems: list[Problem]) -> str:
    code = known.get(key(cell), "")
    if cell and code not in KINDS:
        message = noop("“%(value)s” is neither a claim nor a proposal.")
        problems.append(Invalid("kind-unknown", message, field="kind", value=cell))
        return ""
    return code


def _types(cell: str, kind: str, known: Mapping[str, str], problems: list[Problem]) -> Iterator[str]:
    """Codes of claim types, or of mechanisms for a proposal; for a row without a kind, of either."""
    for value in split_many(cell):
        code = known.get(key(value), "")
        if (code in CLAIM_TYPES and kind != "proposal") or (code in MECHANISMS and kind != "claim"):
            yield code
        else:
            message = noop("“%(value)s” is not a known type; the row is taken without it.")
            problems.append(Invalid("type-unknown", message, field="type", value=value))
