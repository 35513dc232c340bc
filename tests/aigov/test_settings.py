"""The settings as a fresh process has them, under several environments."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOW = (
    "import json; from aigov import settings as s; print(json.dumps({n: getattr(s, n, None) for n in %r}, default=str))"
)


def read(names: list[str], data: Path, **environment: str) -> dict[str, object]:
    """Settings by name, in a process that sees only these variables."""
    found = subprocess.run(
        [sys.executable, "-c", SHOW % (names,)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "AIGOV_DATA": str(data), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert found.returncode == 0, found.stderr
    settings: dict[str, object] = json.loads(found.stdout)
    return settings


def test_safe_without_any_environment(tmp_path: Path) -> None:
    found = read(
        ["DEBUG", "HTTPS", "ALLOWED_HOSTS", "DATABASES", "SECURE_PROXY_SSL_HEADER", "EMAIL_BACKEND"], tmp_path / "new"
    )
    assert found["DEBUG"] is False and found["HTTPS"] is False and found["SECURE_PROXY_SSL_HEADER"] is None
    assert "*" not in str(found["ALLOWED_HOSTS"]) and "filebased" in str(found["EMAIL_BACKEND"])
    assert "'ENGINE': 'aigov.sqlite'" in str(found["DATABASES"])
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_https_turns_everything_on(tmp_path: Path) -> None:
    names = [
        "ALLOWED_HOSTS",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "CSRF_TRUSTED_ORIGINS",
    ]
    found = read(names, tmp_path, AIGOV_HTTPS="1", AIGOV_BASE_URL="https://read.example")
    assert found["SESSION_COOKIE_SECURE"] and found["CSRF_COOKIE_SECURE"] and found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] == 31536000 and found["CSRF_TRUSTED_ORIGINS"] == ["https://read.example"]
    assert "read.example" in str(found["ALLOWED_HOSTS"])


def test_proxies_are_trusted_only_when_named(tmp_path: Path) -> None:
    found = read(["SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT"], tmp_path, AIGOV_PROXIES="1")
    assert found == {"SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"], "ALLAUTH_TRUSTED_PROXY_COUNT": 1}


def test_postgresql_has_time_limits_and_a_pool(tmp_path: Path) -> None:
    found = read(
        ["DATABASES"],
        tmp_path,
        DATABASE_URL="postgres://me@127.0.0.1:5433/x?sslmode=require",
        AIGOV_STATEMENT_SECONDS="9",
    )
    text = str(found["DATABASES"])
    assert (
        "statement_timeout=9s" in text
        and "lock_timeout=5s" in text
        and "'max_size': 10" in text
        and "'sslmode': 'require'" in text
    )


def test_deploy_check_is_clean(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "AIGOV_DATA": str(tmp_path), "AIGOV_HTTPS": "1"}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert found.returncode == 0, found.stderr
