"""The SQLite backend with real threads and processes on a real file: fair, durable, never "database is locked"."""

import multiprocessing
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import Atomic
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from aigov.sqlite.checkpoints import PAGES, PAGES_MOST, Checkpoints
from aigov.sqlite.connection import may_write
from aigov.sqlite.lock import _LOCKS

SETTINGS: dict[str, object] = {"ENGINE": "aigov.sqlite", "OPTIONS": {"timeout": 10}}


def open_database(path: Path | str) -> BaseDatabaseWrapper:
    """A connection of its own, as one thread of the app has it."""
    return ConnectionHandler({"default": SETTINGS | {"NAME": str(path)}})["default"]


@pytest.fixture
def path(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """A database file of the test's own, with one table; the project's database is not touched."""
    file = tmp_path / "db.sqlite3"
    with django_db_blocker.unblock():
        database = open_database(file)
        with database.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE note (id INTEGER PRIMARY KEY AUTOINCREMENT, who TEXT NOT NULL, text TEXT UNIQUE)"
            )
        database.close()
        yield file
        database.close_for_good()


class Block:
    """atomic() for a connection that is not in django.db.connections."""

    def __init__(self, database: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch) -> None:
        self.atomic = Atomic(using="default", savepoint=True, durable=False)
        monkeypatch.setattr("django.db.transaction.get_connection", lambda using=None: database)


def add(database: BaseDatabaseWrapper, who: str, text: str | None = None) -> None:
    """One writing statement, inside or outside a transaction."""
    with database.cursor() as cursor:
        cursor.execute("INSERT INTO note (who, text) VALUES (%s, %s)", [who, text])


def count(database: BaseDatabaseWrapper) -> int:
    """All rows."""
    with database.cursor() as cursor:
        return int(cursor.execute("SELECT count(*) FROM note").fetchone()[0])


def pragma(database: BaseDatabaseWrapper, name: str) -> object:
    """The value of a setting."""
    with database.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def is_free(path: Path) -> bool:
    """Whether somebody else could write at once."""
    database = open_database(path)
    database.ensure_connection()
    lock = database.connection.write_lock
    taken = lock.acquire(database.connection, 0.02)
    if taken:
        lock.release(database.connection)
    database.close()
    return bool(taken)


def test_durable_settings(path: Path) -> None:
    database = open_database(path)
    found = {name: pragma(database, name) for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")}
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}
    assert pragma(database, "journal_size_limit") == 67108864
    assert database.transaction_mode == "IMMEDIATE"


@pytest.mark.parametrize(
    ("sql", "writes"),
    [
        ("SELECT 1", False),
        ("  select 1", False),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
        ("WITH a AS (SELECT 1) INSERT INTO note SELECT * FROM a", True),
        ("EXPLAIN QUERY PLAN DELETE FROM note", False),
        ("PRAGMA foreign_keys", False),
        ("PRAGMA wal_checkpoint(TRUNCATE)", True),
        ("BEGIN", False),
        ("BEGIN DEFERRED", False),
        ("BEGIN IMMEDIATE", True),
        ("BEGIN EXCLUSIVE", True),
        ("SAVEPOINT a", False),
        ("COMMIT", False),
        ("INSERT INTO note (who) VALUES (1)", True),
        ("/* why */ UPDATE note SET who = 1", True),
        ("DROP TABLE note", True),
        ("VACUUM", True),
        ("REINDEX", True),
    ],
)
def test_which_statements_stand_in_line(sql: str, writes: bool) -> None:
    assert may_write(sql) is writes


def test_a_write_outside_transactions_gives_the_lock_back(path: Path) -> None:
    database = open_database(path)
    add(database, "a")
    assert is_free(path)


def test_returning_outside_transactions_is_committed_when_execute_returns(path: Path) -> None:
    database, other = open_database(path), open_database(path)
    with database.cursor() as cursor:
        cursor.execute("INSERT INTO note (who) VALUES ('a'), ('b'), ('c') RETURNING id, who")
        assert is_free(path) and count(other) == 3
        assert cursor.fetchone() == (1, "a")
        assert cursor.fetchmany(1) == [(2, "b")]
        assert list(cursor) == [(3, "c")]
        assert cursor.fetchone() is None and cursor.fetchall() == []


def test_a_transaction_holds_the_lock_to_its_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(path)
    with Block(database, monkeypatch).atomic:
        assert not is_free(path)
        with Block(database, monkeypatch).atomic:  # a savepoint
            add(database, "a")
        assert not is_free(path)
    assert is_free(path) and count(database) == 1


def test_an_error_gives_the_lock_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(path)
    with pytest.raises(ZeroDivisionError), Block(database, monkeypatch).atomic:
        add(database, "a")
        raise ZeroDivisionError
    assert is_free(path) and count(database) == 0


def test_a_failed_savepoint_keeps_the_outer_transaction(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(path)
    add(database, "a", "once")
    with Block(database, monkeypatch).atomic:
        add(database, "b")
        with pytest.raises(IntegrityError), Block(database, monkeypatch).atomic:
            add(database, "c", "once")
        assert not is_free(path)
    assert is_free(path) and count(database) == 2


def test_a_failed_statement_outside_transactions_gives_the_lock_back(path: Path) -> None:
    database = open_database(path)
    for sql in ("INSERT INTO note (who) VALUES (NULL)", "INSERT INTO nowhere VALUES (1)", "nonsense"):
        with pytest.raises(DatabaseError), database.cursor() as cursor:
            cursor.execute(sql)
        assert is_free(path)


def test_closing_in_the_middle_gives_the_lock_back(path: Path) -> None:
    database = open_database(path)
    with database.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("INSERT INTO note (who) VALUES ('a')")
    assert not is_free(path)
    database.close()
    assert is_free(path) and count(open_database(path)) == 0


def test_a_commit_that_fails_keeps_the_lock_until_the_rollback(path: Path) -> None:
    database = open_database(path)
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE child (note INTEGER REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)")
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("INSERT INTO child VALUES (99)")
    with pytest.raises(sqlite3.IntegrityError):
        database.connection.commit()
    assert not is_free(path)
    database.connection.rollback()
    assert is_free(path)


def test_reading_needs_no_turn(path: Path) -> None:
    writer, reader = open_database(path), open_database(path)
    with writer.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        assert count(reader) == 0
        fresh = open_database(path)  # opening a connection does not wait for the writer either
        assert count(fresh) == 0
        cursor.execute("ROLLBACK")
    assert is_free(path)


def test_a_deferred_transaction_takes_the_lock_at_its_first_write(path: Path) -> None:
    database = open_database(path)
    with database.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT count(*) FROM note")
        assert is_free(path)
        cursor.execute("INSERT INTO note (who) VALUES ('a')")
        assert not is_free(path)
        cursor.execute("COMMIT")
    assert is_free(path)


def test_the_wait_has_an_end_and_says_so(path: Path) -> None:
    holder, other = open_database(path), open_database(path)
    other.ensure_connection()
    other.connection.wait_seconds = 0.1
    with holder.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="database is locked: others have been writing"):
        add(other, "b")
    holder.close()
    add(other, "b")


def in_threads(number: int, work: Callable[[int], None]) -> list[BaseException]:
    """Run work(0..number-1) at once; what they raised."""
    errors: list[BaseException] = []
    start = threading.Barrier(number)

    def run(index: int) -> None:
        try:
            start.wait(10)
            work(index)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return errors


def write_some(path: Path, who: str, times: int) -> None:
    """Transactions that read, then write, and writes outside transactions, by turns."""
    database = open_database(path)
    for index in range(times):
        if index % 2:
            add(database, who)
            continue
        with database.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            seen = cursor.execute("SELECT count(*) FROM note").fetchone()[0]
            cursor.execute("INSERT INTO note (who, text) VALUES (%s, %s)", [who, f"seen {seen}"])
            cursor.execute("COMMIT")
    database.close()


def test_eight_threads_lose_nothing_and_wait_fairly(path: Path) -> None:
    assert in_threads(8, lambda index: write_some(path, f"t{index}", 60)) == []
    database = open_database(path)
    assert count(database) == 480
    with database.cursor() as cursor:  # "seen n" is unique: nobody wrote between a read and the write after it
        rows = cursor.execute("SELECT who FROM note ORDER BY id").fetchall()
    middle = [row[0] for row in rows[160:320]]
    assert len(set(middle)) == 8  # while all were writing, nobody was left out


def test_two_processes_and_their_threads(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=write_some, args=(path, f"p{index}", 30)) for index in range(2)]
    for other in others:
        other.start()
    assert in_threads(2, lambda index: write_some(path, f"t{index}", 30)) == []
    for other in others:
        other.join(60)
        assert other.exitcode == 0
    assert count(open_database(path)) == 120


def hold_and_die(path: Path, ready: object) -> None:
    """Open a transaction and be killed in it."""
    database = open_database(path)
    with database.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("INSERT INTO note (who) VALUES ('lost')")
    ready.set()  # type: ignore[attr-defined]
    time.sleep(60)


def test_a_killed_process_blocks_nobody(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    other = context.Process(target=hold_and_die, args=(path, ready))
    other.start()
    assert ready.wait(30)
    assert not is_free(path)
    other.kill()
    other.join(10)
    database = open_database(path)
    add(database, "after")
    assert count(database) == 1


def test_a_forked_child_is_refused_and_harms_nothing(path: Path) -> None:
    database = open_database(path)
    with database.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("INSERT INTO note (who) VALUES ('parent')")
    child = os.fork()
    if child == 0:
        code = 1
        try:
            count(open_database(path))
        except OperationalError as error:
            code = 0 if "forked" in str(error) else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert not is_free(path)
    database.connection.commit()
    add(database, "parent again")
    assert is_free(path) and count(database) == 2 and pragma(database, "integrity_check") == "ok"


def test_the_wal_outlives_the_last_request(path: Path) -> None:
    database = open_database(path)
    add(database, "a")
    database.close()
    wal = path.with_name(path.name + "-wal")
    assert wal.exists() and wal.stat().st_size > 0  # an anchor is open: no checkpoint at each close
    database.close_for_good()
    assert not wal.exists() and str(path) not in _LOCKS


@pytest.mark.usefixtures("path")
def test_in_memory_databases_have_the_line_and_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(tmp_path.iterdir())
    monkeypatch.chdir(tmp_path)
    database = open_database("file:frame?mode=memory&cache=shared")
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, who TEXT, text TEXT)")
    add(database, "a")
    assert count(database) == 1 and not database.connection.holding
    assert sorted(tmp_path.iterdir()) == before


def test_the_log_is_carried_over_by_its_own_thread(path: Path, django_db_blocker: DjangoDbBlocker) -> None:
    thread = Checkpoints(os.path.realpath(path))
    thread.start()
    with django_db_blocker.unblock():
        database = open_database(path)
        with database.cursor() as cursor:
            cursor.execute("PRAGMA wal_autocheckpoint")
            assert cursor.fetchone() == (PAGES_MOST,)
        before = path.stat().st_size
        for number in range(300):
            add(database, "ann", f"{number} " + "x" * 4000)
        until = time.monotonic() + 20
        while path.stat().st_size == before and time.monotonic() < until:
            time.sleep(0.05)
        assert path.stat().st_size > before  # in the file itself, while the log was far from its end
        database.close()
        assert thread.stop(10)
        after = open_database(path)
        with after.cursor() as cursor:
            cursor.execute("PRAGMA wal_autocheckpoint")
            assert cursor.fetchone() == (PAGES,)  # nobody else does it now
        assert count(after) == 300
        after.close()
