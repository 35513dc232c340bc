"""The account pages: ours, translated, without inline code, each with one heading and labelled fields."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from annotations.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.look.urls")]

OUTSIDE = (
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_inactive",
)
INSIDE = (
    "account_change_password", "account_email", "account_logout", "account_reauthenticate", "mfa_index",
    "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn",
)  # fmt: skip


@pytest.fixture
def person() -> User:
    """Somebody with a password."""
    return User.objects.create_user("chen", "chen@example.org", "a long enough password", full_name="陈")


@pytest.fixture
def inside(client: Client, person: User) -> Client:
    """Logged in, and asked for the password once more, so that nothing asks again."""
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": "a long enough password"})
    return client


def check(page: str) -> None:
    """What every page of ours has, and what the content policy forbids."""
    assert page.count("<h1") == 1
    assert 'id="main"' in page and 'class="skip"' in page
    assert " style=" not in page
    assert not re.search(r"\son[a-z]+=", page)
    for script in re.findall(r"<script([^>]*)>", page):
        assert "src=" in script or 'type="application/json"' in script
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
    for field in re.findall(r'<input[^>]* id="([^"]+)"[^>]*>', page):
        hidden = re.search(
            rf'<input[^>]*type="hidden"[^>]*id="{field}"|<input[^>]*id="{field}"[^>]*type="hidden"', page
        )
        assert hidden or field in labelled or re.search(rf'<label[^>]*>\s*<input[^>]*id="{field}"', page), field


@pytest.mark.parametrize("name", OUTSIDE)
def test_pages_outside(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 200
    check(response.content.decode())


@pytest.mark.parametrize("name", INSIDE)
def test_pages_inside(inside: Client, name: str) -> None:
    response = inside.get(reverse(name))
    assert response.status_code == 200, response.headers.get("Location")
    check(response.content.decode())


@pytest.mark.parametrize("name", ["mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"])
def test_pages_with_a_second_factor(inside: Client, person: User, name: str) -> None:
    TOTP.activate(person, generate_totp_secret())
    if name == "mfa_view_recovery_codes":
        RecoveryCodes.activate(person)
    response = inside.get(reverse(name))
    assert response.status_code == 200, response.headers.get("Location")
    check(response.content.decode())


def test_a_wrong_password_is_told_at_the_form(client: Client, person: User) -> None:
    page = client.post(reverse("account_login"), {"login": "chen", "password": "wrong"}).content.decode()
    assert 'role="alert"' in page
    check(page)


def test_the_second_step_of_logging_in(client: Client, person: User) -> None:
    TOTP.activate(person, generate_totp_secret())
    answer = client.post(reverse("account_login"), {"login": "chen", "password": "a long enough password"})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    check(client.get(reverse("mfa_authenticate")).content.decode())


def test_logging_in_says_nothing(client: Client, person: User) -> None:
    page = client.post(
        reverse("account_login"), {"login": "chen", "password": "a long enough password"}, follow=True
    ).content.decode()
    assert "Successfully" not in page


def test_a_form_that_lost_its_token_says_what_to_do(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("account_login"), {"login": "chen", "password": "x"})
    assert answer.status_code == 403
    assert "Please send it again" in answer.content.decode()


def test_nothing_at_an_address(client: Client) -> None:
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    check(answer.content.decode())


def test_single_keys_are_kept_at_the_account(inside: Client, person: User) -> None:
    assert inside.post(reverse("preferences"), {"single_keys": ""}).status_code == 204
    person.refresh_from_db()
    assert person.single_keys is False
    assert 'data-keys="off"' in inside.get(reverse("account_email")).content.decode()
    assert inside.get(reverse("preferences")).status_code == 405
    inside.post(reverse("preferences"), {"single_keys": "on"})
    person.refresh_from_db()
    assert person.single_keys is True


def test_preferences_of_nobody(client: Client) -> None:
    assert client.post(reverse("preferences"), {"single_keys": "on"}).status_code == 302


def test_our_own_fault_is_told_without_a_context(client: Client) -> None:
    with translation.override("zh-hans"):
        page = get_template("500.html").render()
    assert '<html lang="zh-Hans">' in page and "出错了" in page


def test_labels_that_a_package_left_in_english(inside: Client) -> None:
    page = inside.get(reverse("mfa_add_webauthn"), headers={"accept-language": "zh-hant"}).content.decode()
    assert '<label for="id_name">名稱' in page
