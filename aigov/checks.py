"""System checks of our own: what would lose data or let strangers in stops the start, in words."""

import sqlite3
from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import connection

from annotations.services import embedding

DEMO_LOGINS = "demo-logins.txt"


def sound_sqlite(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug: fixed in 3.51.3, back-ported to 3.50.7 and 3.44.6."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def check_sqlite(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Refuse a SQLite that can lose commits."""
    version = sqlite3.sqlite_version_info
    if connection.vendor != "sqlite" or sound_sqlite(version):
        return []
    return [
        Error(
            f"SQLite {'.'.join(map(str, version))} can lose saved work in WAL mode (fixed in 3.51.3).",
            hint="Install the package pysqlite3 (0.6.1 or newer) or set DATABASE_URL to a PostgreSQL database.",
            id="aigov.E001",
        )
    ]


def check_demo(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Refuse demo accounts on a public site."""
    if not settings.HTTPS or not (settings.DATA_DIR / DEMO_LOGINS).exists():
        return []
    return [Error(DEMO_PROBLEM, hint=DEMO_HINT, id="aigov.E002")]


DEMO_PROBLEM = "Demo accounts exist, so this site must not be reachable by others."
DEMO_HINT = f"Start with a fresh data folder (AIGOV_DATA), or remove the demo accounts and then the file {DEMO_LOGINS}."


def check_embedding(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """An embedding that is asked for and cannot be there is an error; none asked for is none."""
    return embedding_error(embedding.trouble())


def check_embedding_in_depth(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """One that is there is read: only by `check --deploy`, as it takes half a second and a lot of memory."""
    return embedding_error(None if embedding.trouble() else embedding.trouble_in_depth())


def embedding_error(found: embedding.Trouble | None) -> list[CheckMessage]:
    return [Error(found.what, hint=found.remedy, id="aigov.E003")] if found else []


def register_all() -> None:
    """Called once from AnnotationsConfig.ready()."""
    register(check_sqlite)
    register(check_demo)
    register(check_embedding)
    register(check_embedding_in_depth, deploy=True)
