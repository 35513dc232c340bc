"""Examined rows as plain JSON and back, so that a preview can be looked at, and imported, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from annotations.formats.spreadsheet_plan import PlannedRow
from annotations.rules.errors import Invalid, Msgid, Problem
from annotations.services.imports import Place
from annotations.services.imports_table import RowItem

ROW_TUPLES = ("types", "tags", "sources")


def dump(items: Sequence[RowItem]) -> list[dict[str, Any]]:
    return [_plain(item) for item in items]


def _plain(item: RowItem) -> dict[str, Any]:
    return {
        "number": item.number, "state": item.state, "quote": item.quote, "title": item.title,
        "place": asdict(item.place) if item.place else None, "places": [asdict(place) for place in item.places],
        "problems": [_problem(problem) for problem in item.problems], "uid": str(item.row_uid or ""),
        "row": asdict(replace(item.row, problems=())),
    }  # fmt: skip


def _problem(problem: Problem) -> dict[str, Any]:
    params = {name: _param(value) for name, value in problem.params.items()}
    return {"code": problem.code, "template": problem.template, "field": problem.field, "params": params}


def _param(value: object) -> object:
    """A msgid stays one, so that a page in another language still translates it."""
    if isinstance(value, Msgid):
        return {"msgid": str(value)}
    if isinstance(value, (list, tuple)):
        return [_param(one) for one in value]
    return value if isinstance(value, (str, int, float)) or value is None else str(value)


def load(plain: Sequence[Mapping[str, Any]]) -> list[RowItem]:
    """What `dump` gave."""
    return [_item(one) for one in plain]


def _item(plain: Mapping[str, Any]) -> RowItem:
    row = {**plain["row"], **{name: tuple(plain["row"][name]) for name in ROW_TUPLES}, "problems": ()}
    return RowItem(
        plain["number"], plain["state"], quote=plain["quote"], title=plain["title"],
        place=Place(**plain["place"]) if plain["place"] else None,
        places=tuple(Place(**place) for place in plain["places"]),
        problems=[_problem_of(problem) for problem in plain["problems"]], row=PlannedRow(**row),
        row_uid=UUID(plain["uid"]) if plain["uid"] else None,
    )  # fmt: skip


def _problem_of(plain: Mapping[str, Any]) -> Problem:
    params = {name: _param_of(value) for name, value in plain["params"].items()}
    return Invalid(plain["code"], plain["template"], field=plain["field"], **params)


def _param_of(value: object) -> object:
    if isinstance(value, dict):
        return Msgid(value["msgid"])
    return tuple(_param_of(one) for one in value) if isinstance(value, list) else value
