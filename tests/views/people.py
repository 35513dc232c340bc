"""Clients of the people of a corpus, and what a test asks of a page."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

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
