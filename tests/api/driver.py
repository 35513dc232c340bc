"""Talking to the API in tests: JSON in and out, ETags and keys as a program would send them."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from annotations.models import User

JSON = "application/json"


class Api:
    """One signed-in person, or nobody."""

    def __init__(self, user: User | None = None, **headers: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = headers
        if user is not None:
            self.client.force_login(user)

    def send(
        self, method: str, path: str, body: object = None, *, etag: str = "", key: str = "", **more: str
    ) -> HttpResponse:
        """One request; `body` is sent as JSON (bytes as they are)."""
        headers = {**self.headers, **more}
        if etag:
            headers["If-Match"] = etag
        if key:
            headers["Idempotency-Key"] = key
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        found: Any = self.client.generic(method, path, data, content_type=JSON, headers=headers)
        return found

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.send("GET", path, **headers)

    def read(self, path: str) -> Any:
        """The JSON of a GET that must succeed."""
        return ok(self.get(path))

    def post(self, path: str, body: object = None, **more: str) -> HttpResponse:
        return self.send("POST", path, body if body is not None else {}, **more)

    def made(self, path: str, body: object = None, **more: str) -> Any:
        """The JSON of a POST that must make something."""
        return ok(self.post(path, body, **more), 201)

    def patch(self, path: str, body: object, **more: str) -> HttpResponse:
        """PATCH under the ETag that a GET gives now, unless one is given."""
        more.setdefault("etag", self.get(path)["ETag"])
        return self.send("PATCH", path, body, **more)

    def delete(self, path: str, body: object = None, **more: str) -> HttpResponse:
        more.setdefault("etag", self.get(path)["ETag"])
        return self.send("DELETE", path, body, **more)


def ok(response: HttpResponse, status: int = 200) -> Any:
    """The JSON of an answer with this status; the answer itself in the message otherwise."""
    assert response.status_code == status, (response.status_code, response.content[:2000])
    return json.loads(response.content) if response.content else None


def problem(response: HttpResponse, status: int, code: str = "") -> Any:
    """The problem+json of an answer with this status and code."""
    assert response.status_code == status, (response.status_code, response.content[:2000])
    assert response["Content-Type"] == "application/problem+json"
    found = json.loads(response.content)
    assert {"type", "title", "status", "detail", "code"} <= set(found) and found["status"] == status
    assert not code or found["code"] == code, found
    return found
