"""Headers of every answer, refusals and missing pages included."""

import pytest
from django.test import Client

from aigov.headers import POLICY

ADDRESSES = ["/healthz", "/accounts/login/", "/no-such-page", "/admin/", "/api/schema/"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_policy_and_no_stored_copies(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY and "default-src 'none'" in POLICY and "frame-ancestors 'none'" in POLICY
    assert headers["Cache-Control"] == "no-store"
    assert "Cookie" in headers["Vary"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_foreign_host_gets_the_headers_too(client: Client) -> None:
    response = client.get("/healthz", headers={"Host": "evil.example"})
    assert response.status_code == 400 and response.headers["Content-Security-Policy"] == POLICY


@pytest.mark.django_db  # closing a file looks after the connection
def test_static_files_may_be_kept(client: Client) -> None:
    response = client.get("/static/admin/css/base.css")
    response.close()
    assert response.status_code == 200
    assert "no-store" not in response.headers.get("Cache-Control", "")
    assert response.headers["Content-Security-Policy"] == POLICY


def test_a_missing_static_file_is_not_kept(client: Client) -> None:
    response = client.get("/static/no-such-file.css")
    assert response.status_code == 404 and response.headers["Cache-Control"] == "no-store"
