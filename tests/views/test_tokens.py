"""The page of one's own tokens: the secret is shown once, works, and stops working when it is revoked."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from annotations.models import ApiToken
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/accounts/tokens/"


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(make_user("chen"))
    return client


def asks(secret: str, method: str = "GET") -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return int(Client().generic(method, "/api/me/", headers=headers).status_code)


def make(client: Client, **more: str) -> str:
    page = client.post(PAGE, {"name": "nightly", "days": "30", **more}).content.decode()
    found = re.search(r'value="(aigov_[\w-]+)"', page)
    assert found
    return found[1]


def test_a_token_is_shown_once_and_works_until_it_is_revoked(client: Client) -> None:
    secret = make(client)
    again = client.get(PAGE).content.decode()
    assert secret not in again and "nightly" in again and "<h1" in again
    assert asks(secret) == 200
    token = ApiToken.objects.get()
    assert not token.write and token.expires_at is not None and secret not in token.digest
    assert client.post(f"{PAGE}{token.pk}/revoke/").status_code == 302
    assert asks(secret) == 401
    assert "revoked" in client.get(PAGE).content.decode()


def test_nobody_revokes_anothers_token(client: Client) -> None:
    secret = make(client, write="on")
    stranger = Client()
    stranger.force_login(make_user("wang"))
    assert stranger.post(f"{PAGE}{ApiToken.objects.get().pk}/revoke/").status_code == 404
    assert secret and asks(secret) == 200
    assert "nightly" not in stranger.get(PAGE).content.decode()


def test_a_form_that_makes_no_sense_makes_nothing(client: Client) -> None:
    assert client.post(PAGE, {"name": "", "days": "30"}).status_code == 200
    assert client.post(PAGE, {"name": "x", "days": "99999"}).status_code == 200
    assert not ApiToken.objects.exists()


def test_one_logs_in_first() -> None:
    assert Client().get(PAGE)["Location"].startswith("/accounts/login/")
    assert Client().post(f"{PAGE}1/revoke/").status_code == 302
