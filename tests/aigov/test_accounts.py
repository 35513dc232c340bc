"""Signing in: limits, closed sign-up, second factors kept encrypted and demanded of staff."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from aigov.accounts import MfaAdapter

PASSWORD = "a long enough password"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    """Limits of one test are not those of the next."""
    cache.clear()


@pytest.fixture
def person() -> AbstractUser:
    """Somebody with a password."""
    user: AbstractUser = get_user_model().objects.create_user("lin", "lin@example.org", PASSWORD)
    return user


def sign_in(client: Client, login: str, password: str = PASSWORD) -> int:
    """The status of a try."""
    return client.post("/accounts/login/", {"login": login, "password": password}).status_code


@pytest.mark.parametrize("login", ["lin", "lin@example.org"])
def test_by_name_or_address(client: Client, person: AbstractUser, login: str) -> None:
    assert sign_in(client, login) == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_session_key_changes_at_sign_in(client: Client, person: AbstractUser) -> None:
    client.get("/accounts/login/")
    session = client.session
    session["seen"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert sign_in(client, "lin") == 302
    assert client.session.session_key != session.session_key


def test_guessing_is_stopped_for_this_name_only(client: Client, person: AbstractUser) -> None:
    get_user_model().objects.create_user("wei", "wei@example.org", PASSWORD)
    for _ in range(5):
        assert sign_in(client, "lin", "wrong") == 200
    assert sign_in(client, "lin") == 200  # the right password no longer helps
    assert "_auth_user_id" not in client.session
    assert sign_in(client, "wei") == 302


def test_strangers_cannot_sign_up(client: Client) -> None:
    fields = {"username": "x", "email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", fields)
    assert not get_user_model().objects.exists()


def test_sign_up_can_be_opened(client: Client, settings: Settings) -> None:
    settings.AIGOV_OPEN_SIGNUP = True
    fields = {"username": "x", "email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/accounts/signup/", fields).status_code == 302
    assert get_user_model().objects.get().username == "x"


def test_a_redirect_stays_on_the_site(client: Client, person: AbstractUser) -> None:
    response = client.post("/accounts/login/?next=https://evil.example/", {"login": "lin", "password": PASSWORD})
    assert response.status_code == 302 and response.headers["Location"] == "/"


def test_second_factors_are_encrypted_and_outlive_a_new_key(settings: Settings) -> None:
    token = MfaAdapter().encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in token and MfaAdapter().decrypt(token) == "JBSWY3DPEHPK3PXP"
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key " * 5, [settings.SECRET_KEY]
    assert MfaAdapter().decrypt(token) == "JBSWY3DPEHPK3PXP"


def test_staff_need_a_second_factor_on_a_public_site(client: Client, person: AbstractUser, settings: Settings) -> None:
    person.is_staff = True
    person.save()
    client.force_login(person)
    assert client.get("/healthz").status_code == 200 and client.get("/").status_code == 200
    settings.HTTPS = True
    assert client.get("/").headers["Location"] == "/accounts/2fa/"
    problem = client.get("/api/schema/")
    assert problem.status_code == 403 and problem.json()["code"] == "needs_mfa"
    assert client.get("/healthz").status_code == 200


def test_others_do_not(client: Client, person: AbstractUser, settings: Settings) -> None:
    settings.HTTPS = True
    client.force_login(person)
    assert client.get("/accounts/email/").status_code == 200
    assert client.get("/no-such-page").status_code == 404


def test_a_read_writes_nothing(client: Client, person: AbstractUser, django_assert_num_queries: object) -> None:
    client.force_login(person)
    before = client.session.get_expiry_date()
    client.get("/healthz")
    assert abs((client.session.get_expiry_date() - before).total_seconds()) < 5
    assert "sessionid" not in client.get("/healthz").cookies
