"""Log lines, password hashes, JSON answers, static names, system checks: one test or two for each small part."""

import json
import logging
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher
from django.utils.translation import gettext_lazy
from pytest_django import Settings

from aigov import checks
from aigov.hashers import Argon2Hasher
from aigov.logs import JsonLine
from aigov.rest import OrjsonRenderer
from annotations.management.commands.start import is_loopback, refuse_demo_in_public


def test_a_forged_log_line_stays_one_line() -> None:
    record = logging.LogRecord(
        "django", logging.WARNING, "x.py", 1, "Not Found: %s", ('/\n\x1b[2J\u2028{"level"',), None
    )
    line = JsonLine().format(record)
    assert line.isprintable() and line.isascii()
    assert json.loads(line)["message"] == 'Not Found: /\n\x1b[2J\u2028{"level"'


def test_a_traceback_is_kept() -> None:
    try:
        raise ValueError("why")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "failed", None, sys.exc_info())
    assert "ValueError: why" in json.loads(JsonLine().format(record))["traceback"]


def test_argon2_takes_little_memory() -> None:
    encoded = Argon2Hasher().encode("correct horse battery", "somesalt" * 2)
    assert "m=19456,t=2,p=1" in encoded
    assert check_password("correct horse battery", encoded, preferred=identify_hasher(encoded))
    assert not Argon2Hasher().verify("wrong", encoded)


def test_json_answers() -> None:
    data = {"a": gettext_lazy("Yes"), "b": Decimal("1.5"), 3: ("x",), "汉": "字"}
    assert OrjsonRenderer().render(data) == '{"a":"Yes","b":"1.5","3":["x"],"汉":"字"}'.encode()
    assert OrjsonRenderer().render(None) == b""


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_which_sqlite_is_sound(version: tuple[int, int, int], sound: bool) -> None:
    assert checks.sound_sqlite(version) is sound


def test_the_sqlite_in_use_is_sound_and_another_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.check_sqlite(None) == []
    monkeypatch.setattr(checks.connection, "vendor", "sqlite")
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", (3, 40, 1))
    [error] = checks.check_sqlite(None)
    assert error.id == "aigov.E001" and "3.40.1" in error.msg and "pysqlite3" in str(error.hint)


def test_demo_accounts_and_https_do_not_go_together(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.HTTPS = True
    assert checks.check_demo(None) == []
    (tmp_path / checks.DEMO_LOGINS).touch()
    assert [error.id for error in checks.check_demo(None)] == ["aigov.E002"]
    settings.HTTPS = False
    assert checks.check_demo(None) == []


def test_demo_accounts_stay_on_this_machine(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    refuse_demo_in_public("0.0.0.0")
    (tmp_path / checks.DEMO_LOGINS).touch()
    refuse_demo_in_public("127.0.0.1")
    with pytest.raises(Exception, match="Demo accounts exist"):
        refuse_demo_in_public("0.0.0.0")


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False), ("box", False)],
)
def test_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
