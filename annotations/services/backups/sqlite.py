"""The SQLite side of backups: a copy while others write, what it holds, and a copy put in the place of the database."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db.models import Model

from annotations.models import Corpus, CorpusHead, Event, StoredFile, User
from annotations.rules.errors import Refused, noop
from annotations.services.backups.manifest import Head
from annotations.services.history import LINE, Broken, prove

FILE = "database.sqlite3"
BESIDE = ("-wal", "-shm", "-journal")


def copy(database: Path, target: Path) -> None:
    """A consistent copy in one file. Nobody waits: in WAL mode the one reader that makes it stops no writer."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as source:
        with closing(sqlite3.connect(target)) as made:
            source.backup(made, pages=-1)
            made.execute("PRAGMA journal_mode=DELETE")
    target.chmod(0o600)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A backup's database for reading; it is not changed, not even by a file beside it."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        yield connection


def is_whole(path: Path) -> bool:
    """Whether SQLite finds its structure in order."""
    try:
        with opened(path) as connection:
            return bool(connection.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def counts(path: Path) -> dict[str, int]:
    """Rows by table, those of the search index left out."""
    with opened(path) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'annotations\\_%' ESCAPE '\\' "
            "AND name NOT LIKE '%\\_fts%' ESCAPE '\\' ORDER BY name"
        ).fetchall()
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}


def migrations(path: Path) -> dict[str, str]:
    with opened(path) as connection:
        return dict(connection.execute("SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app"))


def heads(path: Path) -> dict[int, Head]:
    """The head of each corpus, by the id of the corpus."""
    sql = f"SELECT c.id, c.slug, h.seq, h.hash FROM {table(Corpus)} c JOIN {table(CorpusHead)} h ON h.corpus_id = c.id"
    with opened(path) as connection:
        return {pk: Head(slug, seq, last) for pk, slug, seq, last in connection.execute(f"{sql} ORDER BY c.slug")}


def upload_names(path: Path) -> frozenset[str]:
    """Hashes of the uploads that must be there; a row without size came with a dump, which carries no uploads."""
    with opened(path) as connection:
        sql = f"SELECT DISTINCT sha256 FROM {table(StoredFile)} WHERE size > 0"
        return frozenset(name for (name,) in connection.execute(sql))


def is_empty(database: Path) -> bool:
    """Whether there is no database yet, or one in which nobody has made a corpus or an account."""
    if not database.exists() or not database.stat().st_size:
        return True
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            for model in (Corpus, User):
                if connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table(model)})").fetchone()[0]:
                    return False
            return True
    except sqlite3.OperationalError as error:
        return "no such table" in str(error)
    except sqlite3.DatabaseError:
        return False  # something else lies there


def broken(path: Path) -> list[tuple[str, Broken]]:
    """The corpora whose history does not prove, with the first wrong line of each."""
    sql = f"SELECT {', '.join(LINE)} FROM {table(Event)} WHERE corpus_id = ? ORDER BY seq"
    found = []
    for pk, head in heads(path).items():
        with opened(path) as connection:
            wrong = prove(connection.execute(sql, [pk]), head.seq, head.hash)
        if wrong:
            found.append((head.corpus, wrong))
    return found


def table(model: type[Model]) -> str:
    return model._meta.db_table


def check_alone(database: Path) -> None:
    """Raise Refused while another process has the database open: it would go on writing into a file nobody reads.

    Leaving WAL mode is granted to the only connection, and moves everything into the one file.
    """
    try:
        with closing(sqlite3.connect(database, timeout=0)) as connection:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError:
        mode = "wal"
    except sqlite3.DatabaseError:
        return  # no database any more: nobody can be using it
    if mode == "wal":
        raise Refused(
            "database_in_use", noop("The database is in use. Stop the server and every command, then restore.")
        )


def put_in_place(copied: Path, database: Path) -> None:
    """Make a copy the database, in one step; it lies in the same folder."""
    for ending in BESIDE:
        database.with_name(database.name + ending).unlink(missing_ok=True)
    os.replace(copied, database)
