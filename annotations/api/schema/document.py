"""From the table of endpoints to the OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import get_resolver

from annotations.api.schema import table_corpus, table_desk, table_rounds, table_text, table_watches
from annotations.api.schema.components import COMPONENTS, page_of
from annotations.api.schema.endpoint import Endpoint
from annotations.api.schema.notation import ref
from annotations.http import fields
from annotations.http.problems import TITLES

TABLE: tuple[Endpoint, ...] = (
    *table_corpus.TABLE,
    *table_text.TABLE,
    *table_desk.TABLE,
    *table_rounds.TABLE,
    *table_watches.TABLE,
)
PAGING = {
    "page": {"type": "integer", "minimum": 1}, "page_size": {"type": "integer", "minimum": 1, "maximum": 500},
}  # fmt: skip
ABOUT = """Annotate a corpus, verify its claims, track its proposals, export the result.

Programs send `Authorization: Bearer <token>`; browsers use their session and send `X-CSRFToken` with each change.
Errors are RFC 9457 problem+json. A list is a page: `count`, `next`, `previous`, `results`. PATCH, DELETE and steps of
the workflow need `If-Match` with the ETag that was read: 428 without it, 412 with the present state when it is stale.
A write under an `Idempotency-Key` happens once: the same request again is answered 200 with the present state, another
request under that key 422. Offsets are code points, half-open. Whoever does not belong to a corpus finds nothing
there: 404."""


def paths() -> dict[str, str]:
    """Name of an address -> its path as OpenAPI writes it: /api/documents/{id}/."""
    found = {}
    for name in {endpoint.name for endpoint in TABLE}:
        (template, names), *_ = get_resolver().reverse_dict.getlist(name)[0][0]
        found[name] = "/" + template % {key: "{" + spoken(key) + "}" for key in names}
    return found


def spoken(name: str) -> str:
    """The parameter of a path as programs see it."""
    return "id" if name == "pk" else name


def build() -> dict[str, Any]:
    """The whole document."""
    addresses = paths()
    found: dict[str, dict[str, Any]] = {}
    for endpoint in TABLE:
        here = addresses[endpoint.name]
        item = found.setdefault(here, {"parameters": list(path_parameters(here))})
        item[endpoint.method.lower()] = operation(endpoint, here)
    return {
        "openapi": "3.1.0",
        "info": {"title": "aigov", "version": "1.0.0", "description": ABOUT},
        "servers": [{"url": settings.BASE_URL}],
        "security": [{"token": []}, {"session": []}],
        "tags": [{"name": name} for name in dict.fromkeys(tag_of(addresses[e.name]) for e in TABLE)],
        "paths": found,
        "components": {"schemas": COMPONENTS, "securitySchemes": SCHEMES, "responses": RESPONSES},
    }


SCHEMES = {
    "token": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
}
RESPONSES = {
    str(status): {
        "description": TITLES[status],
        "content": {"application/problem+json": {"schema": ref("Problem")}},
    }
    for status in (400, 401, 403, 404, 409, 412, 413, 422, 428)
}


def path_parameters(path: str) -> Iterable[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", path):
        kind = "string" if name == "name" else "integer"
        yield {"name": name, "in": "path", "required": True, "schema": {"type": kind}}


def tag_of(path: str) -> str:
    """What an address is about: the last word of its path that is not a parameter or a verb."""
    words = [part for part in path.strip("/").split("/")[1:] if "{" not in part]
    return words[1] if words[0] == "corpora" and len(words) > 1 else words[0]


def operation(endpoint: Endpoint, here: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": f"{endpoint.method.lower()}_{endpoint.name.removeprefix('api_')}",
        "summary": endpoint.summary,
        "tags": [tag_of(here)],
        "parameters": [*query_parameters(endpoint), *header_parameters(endpoint)],
        "responses": dict(responses(endpoint)),
    }
    if endpoint.body is not None:
        found["requestBody"] = request_body(endpoint)
    return found


def query_parameters(endpoint: Endpoint) -> Iterable[dict[str, Any]]:
    paged = PAGING if endpoint.many or endpoint.name == "api_search" else {}
    for name, schema in {**endpoint.query, **paged}.items():
        yield {"name": name, "in": "query", "schema": dict(schema)}


def header_parameters(endpoint: Endpoint) -> Iterable[dict[str, Any]]:
    if endpoint.match:
        yield {"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"}}
    if endpoint.writes and endpoint.keyed:
        schema = {"type": "string", "maxLength": 64}
        yield {"name": "Idempotency-Key", "in": "header", "schema": schema}


def request_body(endpoint: Endpoint) -> dict[str, Any]:
    schema = fields.schema_of(endpoint.body or {})
    content: dict[str, Any] = {"application/json": {"schema": schema}}
    if endpoint.example is not None:
        content["application/json"]["example"] = dict(endpoint.example)
    if endpoint.upload:
        file = {
            "type": "object",
            "required": ["file"],
            "properties": {"file": {}, "again": {"enum": ["1"]}, "ask": {"enum": ["1"]}},
        }

        content["multipart/form-data"] = {"schema": file}
    return {"content": content, "required": bool(schema.get("required"))}


def responses(endpoint: Endpoint) -> Iterable[tuple[str, Any]]:
    """What comes back, and which problems may: each with its reason in words."""
    yield str(endpoint.success), success(endpoint)
    if endpoint.writes and endpoint.keyed and endpoint.success == 201:
        yield "200", {**success(endpoint), "description": "The same Idempotency-Key again: what it made, as it is now"}
    for status in problems(endpoint):
        yield str(status), {"$ref": f"#/components/responses/{status}"}


def success(endpoint: Endpoint) -> dict[str, Any]:
    found: dict[str, Any] = {"description": endpoint.summary}
    if endpoint.media != "application/json":
        found["content"] = {endpoint.media: {}}
    elif endpoint.answer == "any":
        found["content"] = {endpoint.media: {"schema": {"type": "object"}}}
    elif endpoint.answer:
        name = page_of(endpoint.answer) if endpoint.many else endpoint.answer
        found["content"] = {endpoint.media: {"schema": ref(name)}}
    return found


def problems(endpoint: Endpoint) -> list[int]:
    """401 everywhere; 403 and 404 wherever a corpus is; what writes may meet besides."""
    found = {400, 401} if endpoint.name != "api_schema" else set()
    if endpoint.name not in ("api_schema", "api_me", "api_corpora", "api_tokens"):
        found |= {403, 404}
    if endpoint.writes:
        found |= {403, 409, 413, *({412, 428} if endpoint.match else ()), *({422} if endpoint.keyed else ())}
    return sorted(found)
