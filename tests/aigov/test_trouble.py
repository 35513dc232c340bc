"""A database that is locked, full or gone: 503 in words."""

import json
from collections.abc import Callable

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from aigov.trouble import BusyMiddleware


def raising(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware below that fails."""

    def answer(request: HttpRequest) -> HttpResponse:
        raise error

    return answer


@pytest.mark.parametrize("error", [OperationalError("database is locked"), InterfaceError("connection closed")])
def test_api(error: Exception) -> None:
    response = BusyMiddleware(raising(error))(RequestFactory().post("/api/x/"))
    problem = json.loads(response.content)
    assert response.status_code == problem["status"] == 503 and problem["code"] == "busy"
    assert response.headers["Content-Type"] == "application/problem+json" and int(response.headers["Retry-After"]) > 0
    assert "not saved" in problem["detail"] and "locked" not in problem["detail"]


def test_page(caplog: pytest.LogCaptureFixture) -> None:
    response = BusyMiddleware(raising(OperationalError("disk full")))(RequestFactory().get("/here"))
    assert response.status_code == 503 and b"try again" in response.content and b"disk" not in response.content
    assert "disk full" in caplog.text and "/here" in caplog.text  # who runs the server is told what was wrong


def test_a_view_that_fails() -> None:
    middleware = BusyMiddleware(raising(ValueError()))
    response = middleware.process_exception(RequestFactory().get("/"), OperationalError("gone"))
    assert response is not None and response.status_code == 503
    assert middleware.process_exception(RequestFactory().get("/"), IntegrityError("twice")) is None


def test_other_errors_are_not_hidden() -> None:
    with pytest.raises(ValueError, match="mine"):
        BusyMiddleware(raising(ValueError("mine")))(RequestFactory().get("/"))
