"""The PostgreSQL side of backups: pg_dump and pg_restore, which must be installed. No password stands in argv."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from annotations.models import CorpusHead
from annotations.rules.errors import Problem, Refused, noop
from annotations.services.backups.manifest import Head

FILE = "database.dump"
LAST_WORDS = 600  # characters of what a program said when it failed


class Failed(Problem):
    """A program of PostgreSQL ended with an error."""

    status = 500


def program(name: str) -> str:
    """The path of pg_dump or pg_restore; Refused with the remedy when it is not installed."""
    found = shutil.which(name)
    if found is None:
        message = noop(
            "%(name)s is not installed. Install the PostgreSQL client programs of the server's version "
            "(Debian: apt-get install postgresql-client), then try again."
        )
        raise Refused("program_missing", message, name=name)
    return found


def environment(settings: Mapping[str, Any]) -> dict[str, str]:
    """How libpq programs reach the database of these settings."""
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
    found = {variable: str(settings[name]) for name, variable in names.items() if settings.get(name)}
    options = settings.get("OPTIONS", {})
    for name in ("sslmode", "sslrootcert", "sslcert", "sslkey", "service"):
        if name in options:
            found[f"PG{name.upper()}"] = str(options[name])
    return {**os.environ, **found}


def call(*words: str) -> None:
    done = subprocess.run(words, env=environment(connection.settings_dict), capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip()[-LAST_WORDS:]
        raise Failed("program_failed", noop("%(name)s failed: %(said)s"), name=Path(words[0]).name, said=said)


@contextmanager
def snapshot() -> Iterator[str]:
    """A transaction that sees one moment, and its name, so that pg_dump sees the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


def dump(target: Path, moment: str) -> None:
    """The whole database as it is in this snapshot, in the custom format of pg_dump."""
    call(program("pg_dump"), "--format=custom", "--no-owner", f"--snapshot={moment}", f"--file={target}")
    target.chmod(0o600)


def load(source: Path) -> None:
    """Replace the tables of the database by those of the dump; all of it or nothing."""
    call(
        program("pg_restore"), "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
        "--exit-on-error", f"--dbname={connection.settings_dict['NAME']}", str(source),
    )  # fmt: skip


def is_empty() -> bool:
    """Whether there is no corpus, or not even a table for them."""
    with connection.cursor() as cursor:
        if "annotations_corpus" not in connection.introspection.table_names(cursor):
            return True
        cursor.execute("SELECT NOT EXISTS (SELECT 1 FROM annotations_corpus)")
        return bool(cursor.fetchone()[0])


def counts() -> dict[str, int]:
    """Rows by table."""
    models = apps.get_app_config("annotations").get_models(include_auto_created=True)
    return {model._meta.db_table: model._default_manager.count() for model in models}


def migrations() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app")
        return dict(cursor.fetchall())


def heads() -> tuple[Head, ...]:
    rows = CorpusHead.objects.order_by("corpus__slug").values_list("corpus__slug", "seq", "hash")
    return tuple(Head(*row) for row in rows)
