"""Environment variables: right values are read, nonsense is refused by a sentence that names the variable."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from aigov import env


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("yes", True), ("ON", True), ("0", False), ("", False), ("no", False)]
)
def test_flags(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("X", value)
    assert env.flag("X") is expected


def test_unset_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("X", raising=False)
    assert env.flag("X", True) is True
    assert env.number("X", 7) == 7
    assert env.words("X", "a, b  c") == ["a", "b", "c"]
    assert env.url("X", "", ("redis",)) == ""


def ask_flag() -> object:
    return env.flag("X")


def ask_number() -> object:
    return env.number("X", 1, 0, 100)


def ask_choice() -> object:
    return env.choice("X", "INFO", ("INFO", "ERROR"))


def ask_url() -> object:
    return env.url("X", "", ("redis", "postgres"))


@pytest.mark.parametrize(
    ("ask", "value"),
    [
        (ask_flag, "perhaps"),
        (ask_number, "-1"),
        (ask_number, "101"),
        (ask_number, "ten"),
        (ask_number, "٣"),
        (ask_number, "1e3"),
        (ask_choice, "LOUD"),
        (ask_url, "ftp://host/"),
        (ask_url, "redis://"),
        (ask_url, "redis://[::1"),
    ],
)
def test_nonsense_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, ask: Callable[[], object], value: str) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(ImproperlyConfigured, match=r"^X is"):
        ask()


def test_a_wrong_address_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "mysql://me:hunter2@host/")
    with pytest.raises(ImproperlyConfigured) as caught:
        ask_url()
    assert "hunter2" not in str(caught.value)


def test_numbers_by_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIGOV_LIMIT_NOTE", "5")
    monkeypatch.setenv("AIGOV_LIMIT_UPLOAD_BYTES", "1000")
    found = env.numbers("AIGOV_LIMIT_")
    assert (found["note"], found["upload_bytes"]) == (5, 1000)


def test_the_secret_key_is_made_once_and_kept_private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AIGOV_SECRET_KEY", raising=False)
    key = env.secret_key(tmp_path)
    assert len(key) >= 50 and env.secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert env.secret_key(env.private_folder(tmp_path / "other")) != key


@pytest.mark.parametrize("key", ["short", "a" * 60, "django-insecure-" + "abcdefgh" * 8])
def test_weak_keys_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str) -> None:
    monkeypatch.setenv("AIGOV_SECRET_KEY", key)
    with pytest.raises(ImproperlyConfigured, match="AIGOV_SECRET_KEY needs 50"):
        env.secret_key(tmp_path)


def test_the_data_folder_is_private(tmp_path: Path) -> None:
    folder = env.private_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_mail_servers() -> None:
    assert env.mail_server("smtp://me:p%40ss@mail.example:2525") == ("mail.example", 2525, "me", "p@ss", False)
    assert env.mail_server("smtps://mail.example") == ("mail.example", 465, "", "", True)
