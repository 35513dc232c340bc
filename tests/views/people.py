"""Clients of the people of a corpus, and what a test asks of a page."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories import Cast

NOBODY, STRANGER = "", "stranger"


@dataclass
class People:
    """`get` and `post` by role: a role of the corpus, "stranger" (an account without membership) or "" (nobody)."""

    cast: Cast
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        if role not in self.clients:
            client = self.clients[role] = Client()
            if role == STRANGER:
                client.force_login(self.cast.stranger)
            elif role:
                client.force_login(self.cast.user(role))
        return self.clients[role]

    def url(self, name: str, *args: object) -> str:
        """The address of a page of this corpus."""
        return reverse(name, args=[self.cast.corpus.slug, *args])

    def ask(self, role: str, name: str, *args: object, query: str = "") -> HttpResponse:
        return self.client(role).get(self.url(name, *args) + query)

    def get(self, role: str, name: str, *args: object, query: str = "", status: int = 200) -> str:
        """The page, which must answer with this status."""
        response = self.ask(role, name, *args, query=query)
        assert response.status_code == status, (response.status_code, response.content[-600:])
        return response.content.decode()

    def post(self, role: str, name: str, /, *args: object, **data: Any) -> HttpResponse:
        return self.client(role).post(self.url(name, *args), data)

    def done(self, role: str, name: str, /, *args: object, **data: Any) -> str:
        """Send a form that is taken; gives the page one comes to."""
        response = self.post(role, name, *args, **data)
        assert response.status_code == 302, words(response)
        page = self.client(role).get(response.headers["Location"])
        assert page.status_code == 200
        return page.content.decode()

    def kept(self, role: str, name: str, /, *args: object, **data: Any) -> str:
        """Send a form that is not taken; gives the page that comes back, with what was typed."""
        response = self.post(role, name, *args, **data)
        assert response.status_code == 200, response.headers
        return response.content.decode()

    def late(self, role: str, name: str, /, *args: object, **data: Any) -> str:
        """Send a form after somebody else was quicker; gives the page that comes back, with what was typed."""
        response = self.post(role, name, *args, **data)
        assert response.status_code == 409, (response.status_code, words(response))
        return response.content.decode()


def words(page: HttpResponse | str) -> str:
    """What a page says, without its tags."""
    text = page if isinstance(page, str) else page.content.decode()
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def field_value(page: str, name: str) -> str:
    """What stands in the field of this name: an input's value or a textarea's text."""
    area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', page, re.S)
    if area:
        return html.unescape(area[1]).lstrip("\n")
    for tag in re.findall(r"<input[^>]*>", page):
        if f'name="{name}"' in tag:
            found = re.search(r'value="([^"]*)"', tag)
            return html.unescape(found[1]) if found else ""
    raise AssertionError(f"no field {name}")


def fields(page: str, mark: str, nth: int = 0) -> dict[str, Any]:
    """Everything that a browser would send with the form in which something is called `mark`, by name, value or id;
    lists where a name comes more than once."""
    forms = [
        one
        for one in lxml.html.fromstring(page).forms
        if one.xpath("descendant-or-self::*[@name=$m or @value=$m or @id=$m]", m=mark)
    ]
    sent: dict[str, list[str]] = {}
    for one in forms[nth].xpath(".//input[@name and not(@type='submit')] | .//select[@name] | .//textarea[@name]"):
        for value in _sent(one):
            sent.setdefault(one.get("name"), []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}


def _sent(control: Any) -> list[str]:
    """What a browser sends of one control."""
    if control.tag == "textarea":
        return [(control.text or "").removeprefix("\n").replace("\n", "\r\n")]
    if control.tag == "select":
        chosen = control.xpath(".//option[@selected]") or ([] if control.multiple else control.xpath(".//option")[:1])
        return [option.get("value", "") for option in chosen]
    if control.get("type") in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.get("checked") is not None else []
    return [control.get("value", "")]
