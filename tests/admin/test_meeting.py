"""Two operators at one account: what only one of them changed is kept, where both changed the same it is said first."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from annotations.models import User
from tests.factories import make_user
from tests.views.people import fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def operators() -> tuple[Client, Client]:
    translation.activate("en")
    found = []
    for name in ("first", "second"):
        user = make_user(name)
        User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
        client = Client()
        client.force_login(User.objects.get(pk=user.pk))
        found.append(client)
    return found[0], found[1]


def test_two_operators_at_one_account(operators: tuple[Client, Client]) -> None:
    first, second = operators
    user = make_user("somebody")
    path = reverse("admin:annotations_user_change", args=[user.pk])
    seen = fields(first.get(path).content.decode(), "full_name")
    assert second.post(path, seen | {"full_name": "Theirs", "email": "theirs@example.org"}).status_code == 302
    assert first.post(path, seen | {"is_staff": "on"}).status_code == 302
    user.refresh_from_db()
    assert (user.full_name, user.email, user.is_staff) == ("Theirs", "theirs@example.org", True)
    page = first.post(path, seen | {"full_name": "Mine"})
    assert page.status_code == 200
    assert "somebody changed this meanwhile, it says “Theirs” now. Save again to keep yours." in words(page)
    user.refresh_from_db()
    assert user.full_name == "Theirs"
    assert first.post(path, fields(page.content.decode(), "full_name")).status_code == 302
    user.refresh_from_db()
    assert (user.full_name, user.email, user.is_staff) == ("Mine", "theirs@example.org", True)
