"""The API document: it knows every address and method, it is valid, and what it says of bodies and answers is true."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import drf_spectacular
import pytest
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator, FormatChecker

from annotations.api.schema.components import COMPONENTS
from annotations.api.schema.document import TABLE, build
from annotations.api.schema.endpoint import Endpoint
from tests.api.driver import Api, ok, problem
from tests.api.routes import Route, api_routes
from tests.api.world import World, place

pytestmark = pytest.mark.django_db
ROUTES = {route.name: route for route in api_routes()}
GETS = [e for e in TABLE if e.method == "GET" and e.media == "application/json" and e.name != "api_schema"]
BODIES = [e for e in TABLE if e.body is not None]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(build()))
    return found


FORMATS = FormatChecker(formats=["uuid", "date"])


@FORMATS.checks("date-time", raises=ValueError)
def is_moment(value: object) -> bool:
    """A moment with its offset, as RFC 3339 writes it."""
    return not isinstance(value, str) or ("T" in value and datetime.fromisoformat(value).tzinfo is not None)


def named(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.name}"


def test_every_address_and_method_is_documented_and_nothing_else() -> None:
    real = {(method, route.name) for route in ROUTES.values() for method in route.methods}
    told = [(endpoint.method, endpoint.name) for endpoint in TABLE if endpoint.name != "api_schema"]
    assert len(told) == len(set(told))
    assert real - set(told) == set(), "describe these in annotations/api/schema/"
    assert set(told) - real == set()


def test_the_document_is_valid_openapi(document: dict[str, Any]) -> None:
    folder = Path(drf_spectacular.__file__).parent / "validation"
    rules = json.loads((folder / "openapi_3_1_schema.json").read_text())
    assert document["openapi"] == "3.1.0"
    assert [error.message for error in Draft202012Validator(rules).iter_errors(document)] == []


def test_components_are_schemas_and_every_reference_leads_to_one(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    text = json.dumps(document)
    wanted = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert wanted - set(document["components"]["schemas"]) == set()
    operations = [one for item in document["paths"].values() for key, one in item.items() if key != "parameters"]
    ids = [one["operationId"] for one in operations]
    assert len(ids) == len(set(ids)) == len(TABLE)


#: What an administrator may not: the check is the checker's.
CHECKERS = ("api_answers", "api_question", "api_verification_comments")


def check_answer(endpoint: Endpoint, answer: Any, document: dict[str, Any]) -> None:
    """Hold a real answer against what the document says of it."""
    item = document["paths"][path_of(ROUTES[endpoint.name])][endpoint.method.lower()]
    schema = item["responses"][str(endpoint.success)]["content"]["application/json"]["schema"]
    whole = {**schema, "components": {"schemas": document["components"]["schemas"]}}
    found = Draft202012Validator(whole, format_checker=FORMATS).iter_errors(answer)
    errors = [f"{'/'.join(map(str, error.path))}: {error.message}" for error in found]
    assert errors == []


def path_of(route: Route) -> str:
    """/api/documents/{id}/ of api/documents/<int:pk>/."""
    parts = [part.split(":")[-1].rstrip(">") if part.startswith("<") else "" for part in route.path.split("/")]
    words = route.path.split("/")
    found = [f"{{{'id' if name == 'pk' else name}}}" if name else words[i] for i, name in enumerate(parts)]
    return "/" + "/".join(found)


def address(world: World, endpoint: Endpoint) -> str:
    route = ROUTES[endpoint.name]
    return reverse(endpoint.name, kwargs=place(world, endpoint.name, route.names))


@pytest.mark.parametrize("endpoint", GETS, ids=named)
def test_answers_are_as_documented(endpoint: Endpoint, world: World, document: dict[str, Any]) -> None:
    passage = f"?annotation={world.annotation.pk}"
    query = {"api_search": "?q=incidents", "api_same": passage, "api_alike": passage}.get(endpoint.name, "")
    for role in ("checker", "admin"):
        response = Api(world.cast.user(role)).get(address(world, endpoint) + query)
        if role == "admin" and endpoint.name not in CHECKERS or response.status_code not in (403, 404):
            check_answer(endpoint, ok(response), document)


@pytest.mark.parametrize("endpoint", [e for e in TABLE if e.example is not None], ids=named)
def test_documented_examples_work(endpoint: Endpoint, world: World, document: dict[str, Any]) -> None:
    role = "checker" if endpoint.name in CHECKERS else "admin"
    response = Api(world.cast.user(role)).send(endpoint.method, address(world, endpoint), endpoint.example)
    check_answer(endpoint, ok(response, endpoint.success), document)


@pytest.mark.parametrize("endpoint", BODIES, ids=named)
def test_what_is_required_and_what_is_unknown_is_refused_by_name(endpoint: Endpoint, world: World) -> None:
    role = "checker" if endpoint.name in CHECKERS else "admin"
    api, here = Api(world.cast.user(role)), address(world, endpoint)
    body = endpoint.body or {}
    required = [name for name, field in body.items() if field.required]
    if required and endpoint.name not in LENIENT:
        missing = problem(api.send(endpoint.method, here, {}, etag="*"), 400)
        assert missing["errors"][0]["field"] in required
    if endpoint.name not in LENIENT:
        given = problem(api.send(endpoint.method, here, {"nonsense": 1}, etag="*"), 400, "field_unknown")
        assert given["errors"][0]["field"] == "nonsense"


#: Bulk actions take what the action needs; cells and views are read by hand.
LENIENT = {"api_import", "api_codebook_import", "api_bulk", "api_cells", "api_views", "api_view"}


def test_no_component_is_left_over(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    assert [name for name in COMPONENTS if f'"#/components/schemas/{name}"' not in text] == []


def test_the_documentation_page_obeys_the_content_policy() -> None:
    page = Client().get("/api/docs/")
    text = page.content.decode()
    assert page.status_code == 200 and "script-src 'self'" in page["Content-Security-Policy"]
    assert "<style" not in text and " style=" not in text and "onload" not in text
    assert all("src=" in tag for tag in text.split("<script")[1:])
    script = Client().get("/api/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript") and b"/api/schema/" in script.content
    schema = Client().get("/api/schema/")
    assert schema["Content-Type"] == "application/json" and json.loads(schema.content)["openapi"] == "3.1.0"
