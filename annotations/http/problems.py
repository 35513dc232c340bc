"""Domain errors as RFC 9457 problem+json, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext

from annotations.rules.errors import Problem, noop

TITLES = {
    400: noop("Bad request"), 401: noop("Not signed in"), 403: noop("Forbidden"), 404: noop("Not found"),
    405: noop("Method not allowed"), 409: noop("Conflict"), 412: noop("Changed meanwhile"), 413: noop("Too large"),
    415: noop("Unsupported media type"), 422: noop("Cannot be processed"), 428: noop("Precondition required"),
    429: noop("Too many requests"), 500: noop("Server error"), 503: noop("Try again shortly"),
}  # fmt: skip


def sentence(problem: Problem) -> str:
    """The problem as one sentence in the active language."""
    return problem.sentence(gettext)


def body(problem: Problem) -> dict[str, object]:
    found: dict[str, object] = {
        "type": f"about:blank#{problem.code}", "title": gettext(TITLES.get(problem.status, TITLES[500])),
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
