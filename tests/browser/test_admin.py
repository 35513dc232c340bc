"""The operators' site in a real browser: an account is made, used and closed by hand, and the policy is kept."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from annotations.models import User
from tests.browser.server import Doors
from tests.factories import make_cast, make_user

PASSWORD = "a long enough password"


def test_an_account_is_made_and_closed(doors: Doors) -> None:
    """`doors` fails the test when a page does what the content policy forbids."""
    cast, operator = make_cast(), make_user("operator")
    User.objects.filter(pk=operator.pk).update(is_staff=True, is_superuser=True)
    page = doors.sign_in("operator", PASSWORD)
    page.goto(f"{doors.site}/admin/")
    for address in page.locator("#content th a").evaluate_all("links => links.map(link => link.href)"):
        page.goto(address)
        expect(page.locator("#content h1")).to_be_visible()
    page.goto(f"{doors.site}/admin/annotations/user/add/")
    for name, value in {"username": "chensi", "password1": PASSWORD, "password2": PASSWORD}.items():
        page.fill(f"#id_{name}", value)
    page.click("[name=_save]")
    expect(page).to_have_url(re.compile(r"/user/\d+/change/"))
    page.uncheck("#id_is_active")
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_be_visible()
    assert not User.objects.get(username="chensi").is_active
    page.goto(f"{doors.site}/admin/annotations/user/{cast.user('viewer').pk}/password/")
    expect(page.locator("#id_password1")).to_be_visible()
