"""The application over real sockets, and readers of its events."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from annotations.models import User
from tests.live.ear import Ear
from tests.serving import serving


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with serving() as address:
        yield address


class Ears:
    """Opens streams of people signed in, and closes them."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.open: list[Ear] = []

    def cookie(self, user: User) -> str:
        client = Client()
        client.force_login(user)
        return f"sessionid={client.cookies['sessionid'].value}"

    def of(self, user: User | None, corpus: int, query: str = "", **headers: str) -> Ear:
        if user is not None:
            headers["Cookie"] = self.cookie(user)
        ear = Ear(self.site, f"/api/corpora/{corpus}/events/{query}", headers)
        self.open.append(ear)
        return ear


@pytest.fixture
def ears(site: str, transactional_db: None) -> Iterator[Ears]:
    found = Ears(site)
    yield found
    for ear in found.open:
        ear.close()
