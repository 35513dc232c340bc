"""The operator's own service: asked in our network on any port, elsewhere by https only, never by a redirection."""

from __future__ import annotations

import json

import pytest

from annotations.services.fetching import FetchProblem, own
from tests.web import PUBLIC, Handler, Web


def asked(url: str, key: str = "") -> object:
    return own.post(url, {"question": "为什么"}, key=key, seconds=5, limit=1_000)


def code(url: str) -> str:
    with pytest.raises(FetchProblem) as caught:
        asked(url)
    assert str(caught.value)
    return caught.value.code


def echo(handler: Handler) -> None:
    handler.give(handler.content, mime="application/json")


def test_inside_our_network_it_may_be_plain(web: Web) -> None:
    web.names["model"] = ["10.0.0.7"]
    web.ports[11434] = web.ports[80]
    web.pages["/v1/ask"] = echo
    assert asked("http://model:11434/v1/ask", key="sesame") == {"question": "为什么"}
    [(host, _, headers)] = web.asked
    assert host == "model:11434" and headers["Authorization"] == "Bearer sesame"
    assert "Cookie" not in headers and "Referer" not in headers


def test_elsewhere_only_by_https(web: Web) -> None:
    web.pages["/ask"] = echo
    assert code("http://site.test/ask") == "fetch_in_the_clear" and web.asked == []
    assert asked("https://site.test/ask") == {"question": "为什么"}
    web.names["both.test"] = ["10.0.0.7", PUBLIC]
    assert code("http://both.test/ask") == "fetch_in_the_clear"


def test_it_leads_nowhere_else(web: Web) -> None:
    web.names["model"] = ["127.0.0.1"]
    web.pages["/moved"] = lambda handler: handler.give(b"", status=307, Location="https://site.test/ask")
    web.pages["/ask"] = echo
    assert code("http://model/moved") == "fetch_status"
    assert [path for _, path, _ in web.asked] == ["/moved"]


def test_answers_that_are_none(web: Web) -> None:
    web.names["model"] = ["127.0.0.1"]
    web.pages["/html"] = lambda handler: handler.give(b"{}")
    web.pages["/torn"] = lambda handler: handler.give(b'{"a": ', mime="application/json")
    web.pages["/deep"] = lambda handler: handler.give(b"[" * 900, mime="application/json")
    web.pages["/long"] = lambda handler: handler.give(json.dumps("a" * 2_000).encode(), mime="application/json")
    web.pages["/busy"] = lambda handler: handler.give(b"", status=503)
    assert [code(f"http://model/{path}") for path in ("html", "torn", "deep")] == ["fetch_no_json"] * 3
    assert code("http://model/long") == "fetch_too_large"
    with pytest.raises(FetchProblem) as caught:
        asked("http://model/busy")
    assert caught.value.again and caught.value.http == 503
