"""What was asked for, in words: the filters of an export by name, the format, the name of the file."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

from annotations import models as m
from annotations.formats import FORMATS
from annotations.formats.base import Format
from annotations.models import Member
from annotations.records import Export
from annotations.rules.errors import Invalid, Missing, noop

INCLUDES = ("unreviewed",)
#: Filters whose values are ids, and where the name behind an id stands.
NAMES: Mapping[str, tuple[Any, str]] = {
    "tag": (m.Tag, "label"), "document": (m.Document, "title"), "agent": (m.Agent, "name"),
    "assignee": (Member, "name"), "creator": (Member, "name"),
}  # fmt: skip


def format_named(name: str) -> Format:
    """The format; Missing, naming them all, when there is none of this name."""
    if name not in FORMATS:
        message = noop("There is no export format “%(name)s”. Formats: %(names)s.")
        raise Missing("format_unknown", message, field="format", name=name, names=tuple(FORMATS))
    return FORMATS[name]


def unreviewed(query: Mapping[str, str]) -> bool:
    """Whether ?include=unreviewed was asked for; Invalid for anything else."""
    wanted = [word for word in query.get("include", "").split(",") if word]
    for word in wanted:
        if word not in INCLUDES:
            message = noop("“include” knows only: %(names)s.")
            raise Invalid("include_unknown", message, field="include", names=INCLUDES)
    return bool(wanted)


def narrowing(query: Mapping[str, str], known: Container[str]) -> dict[str, list[str]]:
    """The filters of a query (`known`: their names) with their values."""
    return {
        name: [value] if name == "q" else value.split(",")
        for name, value in query.items()
        if name in known and value.strip()
    }


def named(member: Member, filters: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The same with the names of things in the place of their ids."""
    return {name: _names(member, name, values) for name, values in filters.items()}


def _names(member: Member, name: str, values: Sequence[str]) -> list[str]:
    if name not in NAMES:
        return list(values)
    model, field = NAMES[name]
    ids = [int(value) for value in values if value.isdecimal()]
    found = dict(model.objects.filter(corpus_id=member.corpus_id, pk__in=ids).values_list("pk", field))
    return [str(found.get(int(value), value)) if value.isdecimal() else value for value in values]


def words(filters: Mapping[str, Sequence[str]]) -> str:
    """`kind: claim; tag: Safety, Risk`; "" for no filter."""
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in filters.items())


def plain_words(member: Member, query: Mapping[str, str], known: Container[str]) -> str:
    return words(named(member, narrowing(query, known)))


def file_name(found: Export, format: Format) -> str:
    """`trial-2026-11-21.csv`; a filtered one says so."""
    part = "-selection" if found.filters else ""
    return f"{found.corpus.slug}{part}-{found.generated_at[:10]}.{format.extension}"
