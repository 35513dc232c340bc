"""Domain errors as RFC 9457 problem+json, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext

from annotations.rules.errors import Problem

TITLES = {
    400: "Bad request", 403: "Forbidden", 404: "Not found", 405: "Method not allowed", 409: "Conflict",
    412: "Changed meanwhile", 413: "Too large", 415: "Unsupported media type", 422: "Cannot be processed",
    428: "Precondition required", 429: "Too many requests", 503: "Try again shortly",
}  # fmt: skip


def sentence(problem: Problem) -> str:
    """The problem as one sentence in the active language."""
    return problem.sentence(gettext)


def body(problem: Problem) -> dict[str, object]:
    found: dict[str, object] = {
        "type": f"about:blank#{problem.code}", "title": TITLES.get(problem.status, "Error"),
        "status": problem.status, "detail": sentence(problem), "code": problem.code,
    }  # fmt: skip
    if isinstance(problem.params.get("id"), int):
        found["id"] = problem.params["id"]  # of what stands in the way, for a link to it
    reasons = getattr(problem, "reasons", ())
    if reasons:
        found["errors"] = [{"field": r.field, "detail": sentence(r), "code": r.code} for r in reasons]
    elif problem.field:
        found["errors"] = [{"field": problem.field, "detail": found["detail"], "code": problem.code}]
    return found


def problem_response(problem: Problem, current: Mapping[str, object] | None = None) -> HttpResponse:
    """The answer for a domain error; `current` is the present state of a stale object."""
    found = body(problem)
    if current is not None:
        found["current"] = current
    return HttpResponse(
        orjson.dumps(found, default=str), status=problem.status, content_type="application/problem+json"
    )
